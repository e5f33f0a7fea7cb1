import type { Language } from './language.ts'
import type { KeptRow } from './notebook-view.ts'
import type { Option } from './shell-view.ts'

export const SCHEDULES_PATH = '/gepland'

/** What a schedule can have made: the report of a place, or the exact settlement papers of a region. */
export const PAPER_KINDS = ['report', 'settlement'] as const
export type PaperKind = (typeof PAPER_KINDS)[number]

/** How often: of every period of this kind that is over. */
export const SCHEDULE_KINDS = ['MONTH', 'QUARTER', 'YEAR'] as const
export type ScheduleKind = (typeof SCHEDULE_KINDS)[number]

export const SCHEDULE_FIELDS = {
  subject: 'waarvan',
  every: 'elke',
  format: 'vorm',
  language: 'stuktaal',
  mail: 'bericht',
  id: 'nummer',
  fault: 'fout',
} as const

/** Why a schedule was not kept, or a paper not asked again. */
export const SCHEDULE_FAULTS = ['subject', 'every', 'format', 'full', 'mail', 'paper'] as const
export type ScheduleFault = (typeof SCHEDULE_FAULTS)[number]

/** How a paper stands. `GONE`: its file was removed when its time was over. */
export const PAPER_STATES = ['WAITING', 'STARTED', 'MADE', 'FAILED', 'GONE'] as const

/** Why a paper could not be made. */
export const PAPER_FAULTS = ['COMPILER_MISSING', 'BUSY', 'NOT_SET', 'TOO_LARGE', 'NOT_THERE', 'INTERRUPTED', 'OTHER'] as const
export type PaperFaultCode = (typeof PAPER_FAULTS)[number]

/** One paper of a schedule, in words. */
export interface PaperRow {
  readonly id: string
  readonly period: string
  /** How it stands, and what is known of that. */
  readonly state: string
  /** Where its file is; empty where there is none. */
  readonly href: string
  /** Of one that is being made: how far it is. */
  readonly progress?: { readonly done: number; readonly of: number }
  /** Whether somebody can have it made again now. */
  readonly mayAgain: boolean
}

/** The page "Gepland" in one language. */
export interface SchedulesView {
  readonly language: Language
  readonly title: string
  readonly intro: string
  readonly fault: string
  readonly form: {
    readonly title: string
    readonly note: string
    readonly subjects: readonly Option[]
    readonly every: readonly Option[]
    readonly formats: readonly Option[]
    readonly languages: readonly Option[]
    readonly labels: Readonly<Record<'subject' | 'every' | 'format' | 'language' | 'mail' | 'keep', string>>
    /** Whether this installation sends messages. */
    readonly mayMail: boolean
  }
  readonly list: {
    readonly title: string
    readonly none: string
    readonly remove: string
    readonly again: string
    readonly download: string
    readonly rows: readonly (KeptRow & {
      readonly label: string
      readonly note: string
      readonly papers: readonly PaperRow[]
      /** What it waits for, where there is no paper yet. */
      readonly waits: string
    })[]
  }
  /** Whether something is being made or waits for its turn: the page looks again then. */
  readonly isUnderWay: boolean
}
