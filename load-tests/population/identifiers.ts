import { draw } from './draw.ts'

/** Last digit of a number under the Luhn rule: from the right, every second digit doubled, starting with the last one given. */
export function luhnDigit(digits: string): number {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48
    const weighed = i % 2 === 0 ? digit * 2 : digit
    sum += weighed > 9 ? weighed - 9 : weighed
  }
  return (10 - (sum % 10)) % 10
}

/** Serials that fit the 8 digits behind the series. */
export const SERIAL_MAX = 99_999_999

/** A UiTPAS number: a series of three digits, a serial of eight, the flag of the social-tariff card, the check digit. */
export function uitpasNumber(series: string, serial: number, socialTariffCard: boolean): string {
  if (serial < 0 || serial > SERIAL_MAX) throw new RangeError(`Serial ${serial} does not fit a UiTPAS number`)
  const digits = `${series}${String(serial).padStart(8, '0')}${socialTariffCard ? 1 : 0}`
  return `${digits}${luhnDigit(digits)}`
}

/** A 7-byte chip number as 14 hexadecimal digits, different for each serial: manufacturer 04, four bytes, the tail 80. */
export function chipNumber(serial: number): string {
  // an odd factor permutes the 32-bit numbers, so that the chips do not come in the order of the cards
  const body = (Math.imul(serial, 0x9e3779b1) >>> 0).toString(16).toUpperCase().padStart(8, '0')
  return `04${body}6180`
}

/**
 * A national number for somebody born on `birthDay` (`yyyy-mm-dd`): the day, a serial that is odd for men, and the check
 * digits (97 minus the remainder; from 2000 on with a 2 in front).
 */
export function inszNumber(birthDay: string, serial: number): string {
  const first = `${birthDay.slice(2, 4)}${birthDay.slice(5, 7)}${birthDay.slice(8, 10)}${String(serial).padStart(3, '0')}`
  const base = Number(birthDay.slice(0, 4)) >= 2000 ? Number(`2${first}`) : Number(first)
  return `${first}${String(97 - (base % 97)).padStart(2, '0')}`
}

/** A UUID of version 4 that depends on its arguments only. */
export function uuid(seed: number, index: number, subject: number): string {
  const word = (part: number) =>
    draw(seed, index, subject * 8 + part)
      .toString(16)
      .padStart(8, '0')
  const hex = word(1) + word(2) + word(3) + word(4)
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}
