import type { Position } from '../ledger.ts'

/**
 * The journal is a Redis stream whose entries hold several records each, because most of what an entry costs in time and room
 * does not depend on how many those are. An entry has one field `r`: the encoded records, a line each. The n-th record of an
 * entry (from 0) has the entry's milliseconds, and as its sequence that of the entry times {@link ENTRY_RECORDS_MAX} plus n.
 */

/** Records of one entry: 9 of the 16 bits that a transaction's id has for the sequence. */
export const ENTRY_RECORDS_MAX = 512
/** Characters of one entry, about: one that is full fits the allocator's size of 28 kB with nothing wasted. */
export const ENTRY_BYTES_MAX = 28_000
/** Entries of one millisecond; after them the next one begins early. Leaves room below the 128 that an id could tell apart. */
export const ENTRIES_PER_MS_MAX = 96

/** A record as it stands in the journal. `text` is undefined for an entry without the field. */
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
  const texts = fields[0] === 'r' && fields[1] !== undefined ? fields[1].split('\n') : [undefined]
  return texts.map((text, index) => ({ ms, sequence: first + index, text }))
}
