import { brusselsDay, type Event } from '@zuil/core'
import type { Secrets } from '../secrets.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
/** As on the real kiosks. */
const CODE_LETTERS = 7
/** Hexadecimal digits that make one letter; 65,536 values spread evenly enough over 26 letters. */
const DIGITS_PER_LETTER = 4
/** Codes change at 03:05 in Brussels, as in the real system: an evening that runs past midnight keeps its code. */
export const CHANGE_AFTER_MIDNIGHT_MS = (3 * 60 + 5) * 60_000

/** Day (as `brusselsDay` counts) whose codes are shown at an instant in epoch ms. */
export function codeDay(now: number): number {
  return brusselsDay(now - CHANGE_AFTER_MIDNIGHT_MS)
}

/** The code of an event on a day of {@link codeDay}: another one each day, and not to be guessed. */
export function checkinCode(secrets: Pick<Secrets, 'requestHash'>, event: Pick<Event, 'id'>, day: number): string {
  const digits = secrets.requestHash('checkin-code', `${event.id}\0${day}`)
  let code = ''
  for (let i = 0; i < CODE_LETTERS; i++) {
    const value = Number.parseInt(digits.slice(i * DIGITS_PER_LETTER, (i + 1) * DIGITS_PER_LETTER), 16)
    code += LETTERS[value % LETTERS.length]
  }
  return code
}
