import type { Position } from '../ledger.ts'
import { wholeText } from './journal.ts'

/**
 * The journal is a Redis stream whose entries hold several records each, because most of what an entry costs in time and room
 * does not depend on how many those are. The n-th record of an entry (from 0) has the entry's milliseconds, and as its sequence that
 * of the entry times {@link ENTRY_RECORDS_MAX} plus n. Its field `r` has the records, a line each: a whole one, which begins with a
 * bracket, or `<n>,<own>`, of which the shared part is line n (from 0) of the field `s`. Not every line of `s` need be used. A line of
 * `s` is a shared part, which begins with a quotation mark, or {@link shortLine what differs} from the line before.
 */

/** Records of one entry: 9 of the 16 bits that a transaction's id has for the sequence. */
export const ENTRY_RECORDS_MAX = 512
/** Entries of one millisecond; after them the next one begins early. Leaves room below the 128 that an id could tell apart. */
export const ENTRIES_PER_MS_MAX = 96

/** A record as it stands in the journal, whole. `text` is undefined for an entry without the field. */
export interface JournalLine {
  readonly ms: number
  readonly sequence: number
  readonly text: string | undefined
}

/** Id of the entry that holds the record at a position. */
export function entryIdOf({ ms, sequence }: Pick<Position, 'ms' | 'sequence'>): string {
  return `${ms}-${Math.floor(sequence / ENTRY_RECORDS_MAX)}`
}

/** Which record of its entry it is, from 0. */
export function placeInEntry({ sequence }: Pick<Position, 'sequence'>): number {
  return sequence % ENTRY_RECORDS_MAX
}

/** The records of an entry, in their order. `id` and `fields` as Redis gives them. */
export function linesOfEntry(id: string, fields: readonly string[]): readonly JournalLine[] {
  const dash = id.indexOf('-')
  const ms = Number(id.slice(0, dash))
  const first = Number(id.slice(dash + 1)) * ENTRY_RECORDS_MAX
  const lines = fields[0] === 'r' && fields[1] !== undefined ? fields[1].split('\n') : [undefined]
  const shared = fields[2] === 's' && fields[3] !== undefined ? wholeLines(fields[3].split('\n')) : []
  return lines.map((line, index) => ({
    ms,
    sequence: first + index,
    text: line === undefined ? undefined : textOfLine(line, shared),
  }))
}

/** A line without what it shares stays as it is: whoever reads it finds that it is no record, and keeps it. */
function textOfLine(line: string, shared: readonly string[]): string {
  if (line.startsWith('[') || line === '') return line
  const comma = line.indexOf(',')
  const text = shared[Number(line.slice(0, comma))]
  return text === undefined ? line : wholeText({ shared: text, own: line.slice(comma + 1) })
}

/**
 * A line of the field `s`: the text, or `<first>,<last>,<rest>` where it begins and ends with so many characters (UTF-16) of the one
 * before; '' stands for none. What is offered at one moment is much alike: kind, day and client, often organizer and place.
 */
export function shortLine(text: string, before: string): string {
  const most = Math.min(text.length, before.length)
  let first = 0
  while (first < most && text.charCodeAt(first) === before.charCodeAt(first)) first++
  if (first > 0 && isHighSurrogate(text.charCodeAt(first - 1))) first--
  let last = 0
  while (last < most - first && text.charCodeAt(text.length - 1 - last) === before.charCodeAt(before.length - 1 - last)) last++
  if (last > 0 && isLowSurrogate(text.charCodeAt(text.length - last))) last--
  return first + last < SAME_MIN ? text : `${first},${last},${text.slice(first, text.length - last)}`
}

/** Fewer characters in common are not worth their counts. */
const SAME_MIN = 8

/** Two units that are one character stay together: a half of it would be lost in UTF-8. */
function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

/** The texts that {@link shortLine} made lines of. One that cannot be made stays as it is, as in textOfLine, and so do those that need it. */
function wholeLines(lines: readonly string[]): readonly string[] {
  let before: string | undefined = ''
  return lines.map((line) => {
    before = line.startsWith('"') ? line : wholeLine(line, before)
    return before ?? line
  })
}

function wholeLine(line: string, before: string | undefined): string | undefined {
  if (before === undefined) return undefined
  const comma = line.indexOf(',')
  const next = line.indexOf(',', comma + 1)
  const first = Number(line.slice(0, comma))
  const last = Number(line.slice(comma + 1, next))
  // Not a number, or more than there is: neither is at most.
  if (next < 0 || !(first + last <= before.length)) return undefined
  return before.slice(0, first) + line.slice(next + 1) + before.slice(before.length - last)
}
