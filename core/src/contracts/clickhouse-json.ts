import { DAY_MS, formatDay } from '../brussels.ts'

/**
 * JSON exactly as ClickHouse writes a row in the format JSONEachRow (with `output_format_json_escape_forward_slashes=0`
 * and `output_format_json_quote_64bit_integers=0`), so that what was archived and what was stored have one checksum.
 */
export interface Column {
  readonly name: string
  /** ClickHouse type. */
  readonly type: string
}

/** Numbers up to 53 bits, texts (dates and times are texts, see {@link formatDateTime}), and arrays of either. */
export type Cell = number | string | readonly number[] | readonly string[]

/** Quote, backslash, the control characters and two line ends of Unicode; built from text because of the control characters. */
const ESCAPED_CLASS = '"\\\\\\u0000-\\u001f\\u2028\\u2029'
const ESCAPED = new RegExp(`[${ESCAPED_CLASS}]`, 'g')
/** Also halves of surrogate pairs, which are not text. */
const NEEDS_CARE = new RegExp(`[${ESCAPED_CLASS}\\ud800-\\udfff]`)
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

/** A quoted string. Half a surrogate pair becomes U+FFFD, as it does when the text is stored. */
export function quoteText(text: string): string {
  if (!NEEDS_CARE.test(text)) return `"${text}"`
  return `"${text.toWellFormed().replace(ESCAPED, escapeCharacter)}"`
}

export function quoteTexts(texts: readonly string[]): string {
  return texts.length === 0 ? '[]' : `[${texts.map(quoteText).join()}]`
}

/** A `DateTime64(3, 'UTC')` of epoch ms: `yyyy-mm-dd hh:mm:ss.mmm`, without quotes. */
export function formatDateTime(instant: number): string {
  // A row has its instant twice, and so do its neighbours in the journal.
  if (instant === lastInstant) return lastDateTime
  const day = Math.floor(instant / DAY_MS)
  // Whole numbers of 32 bits: remainders of others take ten times as long.
  const ms = (instant - day * DAY_MS) | 0
  const seconds = (ms / 1_000) | 0
  const minutes = (seconds / 60) | 0
  lastDateTime = `${formatDay(day)} ${TWO_DIGITS[(minutes / 60) | 0]}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[seconds % 60]}.${threeDigits(ms % 1_000)}`
  lastInstant = instant
  return lastDateTime
}

let lastInstant = Number.NaN
let lastDateTime = ''

/** A `DateTime('UTC')` of epoch ms: `yyyy-mm-dd hh:mm:ss`, without quotes. */
export function formatSeconds(instant: number): string {
  return formatDateTime(instant).slice(0, 19)
}

/** One line (without line end) with the columns in their order. */
export function jsonLine(columns: readonly Column[], cells: readonly Cell[]): string {
  return `{${columns.map(({ name }, index) => `"${name}":${formatCell(cells[index] ?? '')}`).join()}}`
}

function formatCell(cell: Cell): string {
  if (typeof cell === 'number') return String(cell)
  if (typeof cell === 'string') return quoteText(cell)
  return `[${cell.map(formatCell).join()}]`
}

function escapeCharacter(character: string): string {
  return SHORT_ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))

function threeDigits(number: number): string {
  return number < 10 ? `00${number}` : number < 100 ? `0${number}` : String(number)
}
