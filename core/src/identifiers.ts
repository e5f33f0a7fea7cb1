/**
 * Identifiers of the real system and their syntax. They are compared in one canonical form and echoed as they were sent.
 * Sources: domain rules of UiTPAS (card numbers, chip numbers) and UiTdatabank (opaque ids).
 */

/** Older ids of UiTdatabank have 35 characters, UUIDs 36. */
export const ENTITY_ID_LENGTH_MAX = 36

const UITPAS_NUMBER = /^[0-9]{13}$/
const CHIP_NUMBER = /^[0-9A-Fa-f]{14}$/
const INSZ_NUMBER = /^[0-9]{11}$/
const ENTITY_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,35}$/

export interface UitpasNumberRules {
  /** Some numbers in the official examples have a wrong check digit, so the check can be switched off. */
  readonly checkDigit: boolean
}

/** 13 digits, of which the last is a Luhn check digit. Any first digit: some start with 1. */
export function isUitpasNumber(text: string, rules: UitpasNumberRules = { checkDigit: true }): boolean {
  return UITPAS_NUMBER.test(text) && (!rules.checkDigit || hasLuhnCheckDigit(text))
}

/** 14 hexadecimal digits (a 7-byte NFC id) in upper case; undefined when the text is not a chip number. */
export function chipNumber(text: string): string | undefined {
  return CHIP_NUMBER.test(text) ? text.toUpperCase() : undefined
}

/**
 * 11 digits, of which the last two are 97 minus the rest of the first nine modulo 97, with a 2 before them for who was born from
 * 2000 on. Undefined when the text is no number of the national register or the register of the social security.
 */
export function inszNumber(text: string): string | undefined {
  if (!INSZ_NUMBER.test(text)) return undefined
  const first = Number(text.slice(0, 9))
  const check = Number(text.slice(9))
  return check === 97 - (first % 97) || check === 97 - ((2_000_000_000 + first) % 97) ? text : undefined
}

/** Opaque id of an event, organizer, place …: at most {@link ENTITY_ID_LENGTH_MAX} letters, digits, `.`, `_` or `-`. */
export function isEntityId(text: string): boolean {
  return ENTITY_ID.test(text)
}

/** The form in which ids are looked up: the same id comes in upper and in lower case, depending on the client. */
export function entityId(id: string): string {
  return id.toLowerCase()
}

/** Whether two ids name the same event, organizer or place. */
export function isSameEntity(a: string, b: string): boolean {
  return a === b || (a.length === b.length && entityId(a) === entityId(b))
}

/** `digits`: nothing but digits. */
export function hasLuhnCheckDigit(digits: string): boolean {
  let sum = 0
  for (let i = digits.length - 1, isDoubled = false; i >= 0; i--, isDoubled = !isDoubled) {
    const digit = digits.charCodeAt(i) - 48
    const doubled = digit * 2
    sum += isDoubled ? (doubled > 9 ? doubled - 9 : doubled) : digit
  }
  return sum % 10 === 0
}
