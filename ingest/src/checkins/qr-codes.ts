import { type CheckinWindows, type Event, formatDay, startOfDay } from '@zuil/core'
import type { Secrets } from '../secrets.ts'
import { CHANGE_AFTER_MIDNIGHT_MS, checkinCode, codeDay } from './checkin-code.ts'

/** Days of one document: a month of posters. An event that goes on longer gets its next ones later. */
const DAYS_MAX = 31

/** The code of an event on one day. */
export interface DatedCode {
  /** `yyyy-mm-dd` of {@link codeDay}; absent: the code is good for every day. */
  readonly day?: string
  readonly code: string
}

/** Codes for the coming days on which points can be saved for the event, at most 31; empty when it is over. */
export function comingCodes(event: Event, { windows, secrets, now, fixed }: CodeContext): readonly DatedCode[] {
  const codes: DatedCode[] = []
  let instant = now
  while (codes.length < DAYS_MAX) {
    const window = windows.at(event.calendar, instant)
    if (window.state === 'over') break
    if (fixed !== undefined) return [{ code: fixed }]
    const opens = window.state === 'open' ? instant : window.opensAt
    const change = startOfDay(codeDay(opens) + 1) + CHANGE_AFTER_MIDNIGHT_MS
    // Open all day begins at midnight; for the three hours until the codes change nobody needs a poster of the day before.
    const isNightOnly = change - opens <= CHANGE_AFTER_MIDNIGHT_MS && windows.at(event.calendar, change).state === 'open'
    const day = isNightOnly ? codeDay(change) : codeDay(opens)
    codes.push({ day: formatDay(day), code: checkinCode(secrets, event, day) })
    instant = startOfDay(day + 1) + CHANGE_AFTER_MIDNIGHT_MS
  }
  return codes
}

export interface CodeContext {
  readonly windows: CheckinWindows
  readonly secrets: Pick<Secrets, 'requestHash'>
  /** Epoch ms. */
  readonly now: number
  /** The code that the registry has for the event, if any. */
  readonly fixed: string | undefined
}
