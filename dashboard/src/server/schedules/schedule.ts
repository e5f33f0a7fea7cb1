import { brusselsDay, formatDay, previousPeriod, reportingPeriodOf } from '@zuil/core'
import { isLanguage, type Language } from '../../lib/language.ts'
import { mayOpen, pageEntry } from '../../lib/pages.ts'
import {
  PAPER_KINDS,
  type PaperKind,
  SCHEDULE_FIELDS,
  SCHEDULE_KINDS,
  type ScheduleFault,
  type ScheduleKind,
} from '../../lib/schedules-view.ts'
import { isReportFormat, REPORT_FORMATS, type ReportFormat } from '../report/report-desk.ts'
import type { Principal } from '../scope/principal.ts'

/** What is made of every period of a kind, from a period on. */
export interface Schedule {
  readonly id: string
  readonly paper: PaperKind
  /** `region:14`; of a settlement always a region. */
  readonly place: string
  readonly every: ScheduleKind
  readonly format: ReportFormat
  /** Of the paper. */
  readonly language: Language
  /** `yyyy-mm-dd`: of periods that begin earlier nothing is made. */
  readonly from: string
  /** Whether who made it gets a message when there is a paper. */
  readonly mail: boolean
  /** Id of the account that made it, and when (epoch ms). */
  readonly by: string
  readonly at: number
}

export type ScheduleDraft = Omit<Schedule, 'id' | 'by' | 'at'>

type Reading = Pick<Principal, 'scope' | 'settles'>

/** Whether somebody reads what a schedule makes, now. */
export function mayRead({ paper, place }: Pick<Schedule, 'paper' | 'place'>, { scope, settles }: Reading): boolean {
  if (paper === 'report') return scope.mayRead(place)
  const cardSystem = cardSystemOf(place)
  return cardSystem !== undefined && settles.mayRead(cardSystem)
}

/** What somebody may have made: reports of the places that they read, and papers of the regions that they settle. */
export function subjectsOf({ roles, places, settles }: Principal): readonly Pick<Schedule, 'paper' | 'place'>[] {
  const { places: words } = pageEntry('report')
  const ofReport = places.filter(({ place }) => words.some((word) => place.split(':')[0] === word))
  return [
    ...(mayOpen('report', roles) ? ofReport.map(({ place }) => ({ paper: 'report', place }) as const) : []),
    ...settles.cardSystems.map((cardSystem) => ({ paper: 'settlement', place: `region:${cardSystem}` }) as const),
  ]
}

/** `report region:14`: as a form has it. */
export function subjectKey({ paper, place }: Pick<Schedule, 'paper' | 'place'>): string {
  return `${paper} ${place}`
}

/** A schedule as a form has it, or what is wrong with it. It begins with the last period that is over, whose release may still come. */
export function scheduleOf(form: Pick<URLSearchParams, 'get'>, principal: Principal, now: number): ScheduleDraft | ScheduleFault {
  const field = (name: keyof typeof SCHEDULE_FIELDS) => form.get(SCHEDULE_FIELDS[name]) ?? ''
  const subject = subjectsOf(principal).find((one) => subjectKey(one) === field('subject'))
  const every = SCHEDULE_KINDS.find((kind) => kind === field('every'))
  const format = field('format')
  const language = field('language')
  if (!subject) return 'subject'
  if (!every) return 'every'
  if (!isReportFormat(format) || !isLanguage(language)) return 'format'
  const { firstDay } = previousPeriod(reportingPeriodOf(every, brusselsDay(now)))
  return { ...subject, every, format, language, from: formatDay(firstDay), mail: field('mail') !== '' }
}

/** A line of the file; undefined when it is none. */
export function readSchedule(value: unknown): Schedule | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { id, paper, place, every, format, language, from, mail, by, at }: Partial<Record<keyof Schedule, unknown>> = value
  const kinds = PAPER_KINDS.some((one) => one === paper) && SCHEDULE_KINDS.some((one) => one === every)
  const isWhole = [id, place, from, by].every((one) => typeof one === 'string') && typeof at === 'number'
  const isKnown = kinds && isLanguage(language) && Object.keys(REPORT_FORMATS).some((one) => one === format)
  // `as` holds: the lines before looked at each of them
  return isWhole && isKnown && typeof mail === 'boolean'
    ? ({ id, paper, place, every, format, language, from, mail, by, at } as Schedule)
    : undefined
}

/** Of `region:14`; undefined of another place. */
export function cardSystemOf(place: string): number | undefined {
  const [, cardSystem] = /^region:(\d+)$/.exec(place) ?? []
  return cardSystem === undefined ? undefined : Number(cardSystem)
}
