import { brusselsDay, type Event } from '@zuil/core'
import type { Secrets } from '../secrets.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
/** As on the real kiosks. */
const CODE_LETTERS = 7
/** Hexadecimal digits that make one letter; 65,536 values spread evenly enough over 26 letters. */
const DIGITS_PER_LETTER = 4

/** The code that a kiosk shows for an event: another one each day in Brussels, and not to be guessed. */
export function checkinCode(secrets: Pick<Secrets, 'requestHash'>, event: Pick<Event, 'id'>, now: number): string {
  const digits = secrets.requestHash('checkin-code', `${event.id}\0${brusselsDay(now)}`)
  let code = ''
  for (let i = 0; i < CODE_LETTERS; i++) {
    const value = Number.parseInt(digits.slice(i * DIGITS_PER_LETTER, (i + 1) * DIGITS_PER_LETTER), 16)
    code += LETTERS[value % LETTERS.length]
  }
  return code
}
