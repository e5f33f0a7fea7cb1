import { parseDay, type ReportingPeriod, reportingPeriodOf } from '@zuil/core'
import { formatOf } from '../../lib/format.ts'
import { LANGUAGES, type Language } from '../../lib/language.ts'
import { periodName } from '../../lib/period-name.ts'
import { type PaperRow, SCHEDULE_FAULTS, SCHEDULE_FIELDS, SCHEDULE_KINDS, type SchedulesView } from '../../lib/schedules-view.ts'
import { capital } from '../figures/figure-writing.ts'
import { writablePlaces } from '../notebook/annotation.ts'
import { REPORT_FORMATS, type ReportFormat } from '../report/report-desk.ts'
import type { PlaceBook } from '../scope/place-book.ts'
import type { Principal } from '../scope/principal.ts'
import type { Regions } from '../scope/scope.ts'
import { TRY_AGAIN_AFTER_MS } from './due-papers.ts'
import { mayRead, type Schedule, subjectKey, subjectsOf } from './schedule.ts'
import { isEnded, PAPER_KEPT_MS, type ScheduleReading } from './schedule-desk.ts'
import { paperId, type ScheduledPaper } from './scheduled-paper.ts'
import { placeWithin, type SchedulesWords, schedulesWords } from './schedules-words.ts'

/** Schedules on one page, one's own first: who works for all places reads no more of them at once. */
const SHOWN_MAX = 200
/** Of each schedule the newest papers: a quarter of months, and some that are gone. */
const PAPERS_SHOWN_MAX = 6
const DAY_MS = 86_400_000
const KILOBYTE = 1_000

export interface SchedulesSources {
  readonly schedules: ScheduleReading
  readonly places: Pick<PlaceBook, 'namer' | 'regions'>
}

export interface SchedulesRequested {
  readonly principal: Principal
  readonly language: Language
  /** The address of the page: what came of a form. */
  readonly typed: Pick<URLSearchParams, 'get'>
}

/** Whether somebody takes away a schedule: who made it, who writes about its place, who settles the region. */
export function mayRemove(schedule: Schedule, principal: Principal, regions: Regions): boolean {
  if (!mayRead(schedule, principal)) return schedule.by === principal.account
  if (schedule.by === principal.account || schedule.paper === 'settlement') return true
  return writablePlaces(principal.roles, regions)(schedule.place)
}

/** The page "Gepland": what somebody can have made regularly, and what was made for the places that they read. */
export async function schedulesPage(
  { principal, language, typed }: SchedulesRequested,
  { schedules, places }: SchedulesSources,
): Promise<SchedulesView> {
  const words = schedulesWords(language)
  const [name, regions] = await Promise.all([places.namer(), places.regions()])
  const nameOf = placeWithin(language, name)
  const fault = SCHEDULE_FAULTS.find((each) => each === typed.get(SCHEDULE_FIELDS.fault))
  const isOwn = ({ by }: Schedule) => by === principal.account
  const readable = schedules.schedules.filter((one) => mayRead(one, principal) || isOwn(one))
  const shown = [...readable.filter(isOwn), ...readable.filter((one) => !isOwn(one))].slice(0, SHOWN_MAX)
  const writing: Writing = { words, language, nameOf, schedules, isOwn }
  const rows = shown.map((schedule) => ({
    ...rowOf(schedule, writing, mayRead(schedule, principal)),
    isFixed: !mayRemove(schedule, principal, regions),
  }))
  return {
    language,
    title: words.title,
    intro: words.intro,
    fault: fault === undefined ? '' : words.faults[fault],
    form: {
      title: words.form.title,
      note: words.form.note(PAPER_KEPT_MS / DAY_MS),
      labels: words.form.labels,
      subjects: subjectsOf(principal).map((subject) => ({
        value: subjectKey(subject),
        label: words.label({ paper: subject.paper, place: nameOf(subject.place) }),
      })),
      every: SCHEDULE_KINDS.toReversed().map((value) => ({ value, label: capital(words.kinds[value]) })),
      formats: FORMATS.map((value) => ({ value, label: words.formats[value] })),
      languages: LANGUAGES.map((value) => ({ value, label: capital(words.form.languages[value]) })),
      mayMail: schedules.mayTell,
    },
    list: { ...words.list, rows },
    isUnderWay: rows.some(({ isUnderWay }) => isUnderWay),
  }
}

// `as` holds: the keys of the table are its formats.
const FORMATS = Object.keys(REPORT_FORMATS) as readonly ReportFormat[]

interface Writing {
  readonly words: SchedulesWords
  readonly language: Language
  readonly nameOf: (place: string) => string
  readonly schedules: ScheduleReading
  /** Whether the reader made it. */
  readonly isOwn: (schedule: Schedule) => boolean
}

function rowOf(schedule: Schedule, writing: Writing, isReader: boolean) {
  const { words, language, nameOf, schedules } = writing
  const { id, paper, place, every, format, language: ofPaper, mail } = schedule
  const papers = isReader ? schedules.papersOf(id).slice(0, PAPERS_SHOWN_MAX) : []
  const period = periodName(nextPeriod(schedule, schedules).key, language)
  return {
    id,
    label: words.label({ paper, place: nameOf(place) }),
    note: words.note({
      kind: words.kinds[every],
      format: words.formats[format],
      language: words.form.languages[ofPaper],
      told: mail,
    }),
    papers: papers.map((one) => paperRow(one, schedule, writing)),
    waits: words.waits({ paper, period }),
    isUnderWay: papers.some(({ state }) => state === 'STARTED' || state === 'WAITING'),
  }
}

/** The first period of a schedule that nothing was made of. */
export function nextPeriod({ id, every, from }: Schedule, schedules: ScheduleReading): ReportingPeriod {
  let period = reportingPeriodOf(every, parseDay(from) ?? 0)
  while (schedules.paper(paperId(id, period.key))) period = reportingPeriodOf(every, period.lastDay + 1)
  return period
}

function paperRow(paper: ScheduledPaper, schedule: Schedule, { words, language, schedules, isOwn }: Writing): PaperRow {
  const { id, message, period, state, release, until, at, bytes, fault, tries } = paper
  const format = formatOf(language)
  const moment = format.moment(at)
  const { progress } = schedules
  const said = {
    WAITING: () => words.waiting,
    STARTED: () => words.started,
    MADE: () =>
      words.made({
        moment,
        release,
        until: format.date(until),
        kilobytes: format.count(Math.ceil(bytes / KILOBYTE)),
        paper: schedule.paper,
      }),
    GONE: () => words.gone(moment),
    FAILED: () =>
      words.failed({ moment, reason: words.reasons[fault || 'OTHER'], again: TRY_AGAIN_AFTER_MS[tries - 1] !== undefined }),
  }[state]()
  const isUntold = state === 'MADE' && isOwn(schedule) && (message === 'FAILED' || message === 'NO_ADDRESS')
  return {
    id,
    period: periodName(period, language),
    state: isUntold ? `${said}. ${words.untold[message]}` : said,
    href: state === 'MADE' ? `/api/v1/scheduled-papers/${id}` : '',
    ...(state === 'STARTED' && progress?.paper === id && { progress: { done: progress.done, of: progress.of } }),
    mayAgain: isEnded(paper),
  }
}
