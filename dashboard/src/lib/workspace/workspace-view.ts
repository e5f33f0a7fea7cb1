import type { KeyFigure } from '../key-figure.ts'
import type { Language } from '../language.ts'
import type { Link } from '../link.ts'
import type { KeptRow } from '../notebook-view.ts'
import type { Option } from '../shell-view.ts'
import type { TableView } from '../table-view.ts'

export const WORKSPACE_PATH = '/werkruimte'

/** Parts of the page, in their order; each is also a table of the data API. */
export const WORKSPACE_PARTS = ['agreements', 'members', 'onboarding', 'devices', 'cards'] as const
export type WorkspacePart = (typeof WORKSPACE_PARTS)[number]

/** Which side somebody writes for; shown beside what they did, in place of who they are. */
export const SIDES = ['publiq', 'region', 'municipality'] as const
export type Side = (typeof SIDES)[number]

/** Why something was not kept; each part uses some of them. */
export const WORKSPACE_FAULTS = [
  'place',
  'scenario',
  'agreement',
  'municipality',
  'day',
  'order',
  'overlap',
  'future',
  'number',
  'text',
  'full',
  'nothing',
] as const
export type WorkspaceFault = (typeof WORKSPACE_FAULTS)[number]

/** Names of fields, as they stand in forms and in the address. */
export const WORKSPACE_FIELDS = {
  /** The municipality of a region whose steps are shown. */
  municipality: 'gemeente',
  region: 'regio',
  member: 'lid',
  scenario: 'scenario',
  since: 'sinds',
  agreement: 'afspraak',
  day: 'dag',
  text: 'tekst',
  joined: 'toegetreden',
  left: 'vertrokken',
  venue: 'gebouw',
  readers: 'lezers',
  peak: 'piek',
  cards: 'kaarten',
  received: 'ontvangen',
  deliveryWeeks: 'levertijd',
  id: 'nummer',
  fault: 'fout',
} as const

/** Letters of a text of one line. */
export const WORKSPACE_TEXT_MAX = 140
/** Letters of the name of a building. */
export const VENUE_NAME_MAX = 80

export type EntryField =
  | { readonly kind: 'hidden'; readonly name: string; readonly value: string }
  | {
      readonly kind: 'choice'
      readonly name: string
      readonly label: string
      readonly value: string
      readonly options: readonly Option[]
    }
  | {
      readonly kind: 'day' | 'number' | 'text'
      readonly name: string
      readonly label: string
      readonly value: string
      readonly isRequired: boolean
      readonly lengthMax: number
    }

/** Fields that belong together; with a legend where a form has several such groups. */
export interface EntryGroup {
  readonly legend: string
  readonly note: string
  readonly fields: readonly EntryField[]
}

/** A form of the page, folded until somebody wants it or something was wrong with it. */
export interface EntryFormView {
  readonly action: string
  readonly title: string
  readonly keep: string
  readonly isOpen: boolean
  readonly groups: readonly EntryGroup[]
}

/** Stretches of time on one axis; places on it are per mille from its begin. */
export interface TimelineView {
  readonly label: string
  readonly ticks: readonly { readonly at: number; readonly label: string }[]
  readonly rows: readonly {
    readonly key: string
    readonly label: string
    /** In words what the stretch shows. */
    readonly note: string
    readonly from: number
    readonly to: number
    /** Nobody knows when it began. */
    readonly isSinceBefore: boolean
  }[]
  /** Where today is. */
  readonly today: number
}

export interface WorkspaceSection {
  readonly id: WorkspacePart | 'cost'
  readonly title: string
  readonly note: string
  /** Why the form was not kept, in words; empty when it was, or when there was none. */
  readonly fault: string
  readonly keyFigures: readonly KeyFigure[]
  readonly timeline?: TimelineView
  readonly tables: readonly TableView[]
  /** How the numbers come about: formulas in words and what is taken for granted. */
  readonly explained: { readonly title: string; readonly lines: readonly string[] }
  readonly forms: readonly EntryFormView[]
  /** What can be taken away again; absent where nothing can. */
  readonly kept?: {
    readonly action: string
    readonly title: string
    readonly rows: readonly (KeptRow & { readonly text: string })[]
  }
  readonly links: readonly Link[]
}

/** The page "Werkruimte" in one language. */
export interface WorkspaceView {
  readonly language: Language
  /** The place that the page is about, which its forms carry on. */
  readonly place: string
  readonly title: string
  readonly intro: string
  readonly remove: string
  readonly sections: readonly WorkspaceSection[]
}
