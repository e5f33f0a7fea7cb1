/** Values of columns from how they stand in the text of a row; what is none of its kind gives a number below zero, or NaN. */

/** Days since 1970 of `yyyy-mm-dd`. */
export function dayOf(text: string): number {
  return text.length === DAY_CHARACTERS ? dayAt(text) : Number.NaN
}

/** Epoch ms of `yyyy-mm-dd hh:mm:ss.mmm`. */
export function instantOf(text: string): number {
  if (text.length !== INSTANT_CHARACTERS || text[SECOND_CHARACTERS] !== '.') return Number.NaN
  const ms = digitAt(text, 20) * 100 + pairAt(text, 21)
  return secondAt(text) * 1_000 + ms
}

/** Seconds since 1970 of `yyyy-mm-dd hh:mm:ss`. */
export function secondOf(text: string): number {
  return text.length === SECOND_CHARACTERS ? secondAt(text) : Number.NaN
}

/**
 * The characters of a UUID as two words of 64 bits: the digits of each stand from its highest byte to its lowest. False when it is
 * none.
 */
export function uuidBytes(characters: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let byte = 0; byte < 16; byte++) {
    const digit = UUID_DIGITS_AT[byte] ?? 0
    const value = (HEX[characters[digit] ?? 0] ?? -1) * 16 + (HEX[characters[digit + 1] ?? 0] ?? -1)
    if (value < 0) return false
    bytes[start + (byte ^ 7)] = value
  }
  return characters.length === UUID_CHARACTERS
}

/** Where the two digits of each byte stand. */
const UUID_DIGITS_AT = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const

/** Of small digits, by character; far below zero for what is none. */
const HEX = Int16Array.from({ length: 256 }, (_, code) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(code))
  return digit < 0 ? -1_000 : digit
})

function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - ZERO
  return digit >= 0 && digit <= 9 ? digit : Number.NaN
}

function pairAt(text: string, at: number): number {
  return digitAt(text, at) * 10 + digitAt(text, at + 1)
}

function dayAt(text: string): number {
  const year = pairAt(text, 0) * 100 + pairAt(text, 2)
  const [month, day] = [pairAt(text, 5), pairAt(text, 8)]
  if (text[4] !== '-' || text[7] !== '-' || !(year >= 1970 && month >= 1 && month <= 12 && day >= 1)) return Number.NaN
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (day > (month === 2 && isLeap ? 29 : (MONTH_DAYS[month - 1] ?? 0))) return Number.NaN
  // days of the years before, counted from March on, so that the day of a leap year comes last
  const shifted = month <= 2 ? year - 1 : year
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400)
  return shifted * 365 + leaps + Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1 - DAYS_TO_1970
}

function secondAt(text: string): number {
  return dayAt(text) * 86_400 + pairAt(text, 11) * 3_600 + pairAt(text, 14) * 60 + pairAt(text, 17)
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
/** From 1 March of the year 0. */
const DAYS_TO_1970 = 719_468
const DAY_CHARACTERS = 10
const SECOND_CHARACTERS = 19
const INSTANT_CHARACTERS = 23
const UUID_CHARACTERS = 36
const ZERO = 0x30
