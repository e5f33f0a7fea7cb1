import { parseDay } from '@zuil/core'

/** Fields of a form, or of an address. */
export type Typed = Pick<URLSearchParams, 'get'>

// Letters that end a line or steer a terminal or spreadsheet have no place in one line of text.
const NOT_TEXT = /\p{Cc}/u
const WHOLE_NUMBER = /^\d{1,7}$/

/** A field without the space around it; empty where there is none. */
export function fieldOf(form: Typed, name: string): string {
  return (form.get(name) ?? '').trim()
}

/** Whether it is a day that exists, as `yyyy-mm-dd`. */
export function isDay(text: string): boolean {
  return parseDay(text) !== undefined
}

/** One line of text in a single spelling; undefined where it is none. */
export function lineOf(form: Typed, name: string, lettersMax: number): string | undefined {
  const text = fieldOf(form, name).normalize('NFC')
  return text.length > lettersMax || NOT_TEXT.test(text) ? undefined : text
}

/** A whole number from 0; undefined where it is none or too large. */
export function countOf(form: Typed, name: string, most: number): number | undefined {
  const text = fieldOf(form, name)
  const number = Number(text)
  return WHOLE_NUMBER.test(text) && number <= most ? number : undefined
}
