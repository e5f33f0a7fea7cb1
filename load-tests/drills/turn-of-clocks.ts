import { brusselsDay, startOfDay } from '@zuil/core'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** From one autumn to the next there may be a year and a week. */
const DAYS_MAX = 380

/** Epoch ms at which the clocks of Brussels are next turned, back in autumn or forward in spring: at one in the night, UTC. */
export function turnOfClocks(season: 'autumn' | 'spring', after: number): number {
  const wanted = DAY_MS + (season === 'autumn' ? HOUR_MS : -HOUR_MS)
  const today = brusselsDay(after)
  for (let day = today; day < today + DAYS_MAX; day++) {
    const at = day * DAY_MS + HOUR_MS
    if (at > after && startOfDay(day + 1) - startOfDay(day) === wanted) return at
  }
  throw new RangeError(`The clocks of Brussels are not turned in ${season}`)
}
