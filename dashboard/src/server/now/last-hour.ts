import type { NowFigures } from './now-source.ts'

const MINUTE_MS = 60_000
const HOUR_MINUTES = 60

/** One minute of the last hour, with or without check-ins. */
export interface FullMinute {
  /** 0 is an hour ago, 59 the minute that runs now. */
  readonly slot: number
  /** Epoch ms of the minute's start. */
  readonly minute: number
  readonly checkins: number
  /** Check-ins of this minute may still be on their way. */
  readonly provisional: boolean
}

/**
 * The sixty minutes up to and including the running one, in order; minutes without check-ins are 0.
 * @param completeUntil epoch ms up to which the figures are complete
 */
export function lastHour(figures: Pick<NowFigures, 'asOf' | 'minutes'>, completeUntil: number): FullMinute[] {
  const first = Math.floor(figures.asOf / MINUTE_MS) * MINUTE_MS - (HOUR_MINUTES - 1) * MINUTE_MS
  const counts = new Map(figures.minutes.map(({ minute, checkins }) => [minute, checkins]))
  return Array.from({ length: HOUR_MINUTES }, (_, slot) => {
    const minute = first + slot * MINUTE_MS
    return { slot, minute, checkins: counts.get(minute) ?? 0, provisional: minute + MINUTE_MS > completeUntil }
  })
}
