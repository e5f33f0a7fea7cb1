import { formatDay, type ReportingPeriod } from '@zuil/core'
import type { Schedule } from './schedule.ts'
import { paperId, type ScheduledPaper } from './scheduled-paper.ts'

/** A period that is closed: of a report by its release, of a settlement by its closing. */
export interface ClosedPeriod {
  readonly period: ReportingPeriod
  /** Number of the release or closing. */
  readonly release: number
}

export interface DuePaper extends ClosedPeriod {
  readonly id: string
  readonly schedule: Schedule
  /** How often it was begun for this release. */
  readonly tries: number
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** How long after a try the next one is made by itself; after the last of them only somebody who asks has it made. */
export const TRY_AGAIN_AFTER_MS: readonly number[] = [5 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS]

export interface DueOptions {
  readonly schedules: readonly Schedule[]
  /** What is closed for a schedule, oldest first. */
  readonly closed: (schedule: Schedule) => readonly ClosedPeriod[]
  readonly papers: ReadonlyMap<string, ScheduledPaper>
  readonly now: number
}

/** What has to be made by now, the oldest schedule first: never made, made of an earlier release, or to be tried again. */
export function duePapers({ schedules, closed, papers, now }: DueOptions): readonly DuePaper[] {
  return schedules.flatMap((schedule) =>
    closed(schedule).flatMap((one): readonly DuePaper[] => {
      const { period, release } = one
      if (period.kind !== schedule.every || formatDay(period.firstDay) < schedule.from) return []
      const id = paperId(schedule.id, period.key)
      const paper = papers.get(id)
      const isNews = !paper || paper.release < release
      if (!isNews && !isDueAgain(paper, now)) return []
      return [{ ...one, id, schedule, tries: isNews ? 0 : paper.tries }]
    }),
  )
}

function isDueAgain({ state, tries, at }: ScheduledPaper, now: number): boolean {
  if (state === 'WAITING') return true
  const after = TRY_AGAIN_AFTER_MS[tries - 1]
  return state === 'FAILED' && after !== undefined && at + after <= now
}
