import type { Transaction } from '../transaction.ts'
import { decodeTransaction, ownText, sharedText, TRANSACTION_SIGN } from './transaction-codec.ts'

/**
 * What the journal holds. A record carries neither its id nor its time: both follow from its position
 * (docs/decisions/0002). Text of a record is JSON, an array whose first element names the kind.
 */
export type JournalRecord =
  | { readonly kind: 'transaction'; readonly transaction: Transaction }
  /** The transaction at `position` no longer counts; it is repeated whole, because the warehouse replaces whole rows. */
  | { readonly kind: 'void'; readonly position: string; readonly transaction: Transaction }
  /** A change of the registry, de-identified. `entity` is a {@link ProjectionKind}; `body` is the projection's row. */
  | { readonly kind: 'projection'; readonly entity: ProjectionKind; readonly body: Readonly<Record<string, unknown>> }
  /** Refusals of one minute, counted. */
  | { readonly kind: 'refusals'; readonly minute: number; readonly counts: readonly RefusalCount[] }

export const PROJECTION_KINDS = [
  'holder',
  'group-pass',
  'event',
  'organizer',
  'card-system',
  'programme',
  'distribution-key',
  'settlement-agreement',
  'municipality',
  'kiosk',
  'reward',
] as const
export type ProjectionKind = (typeof PROJECTION_KINDS)[number]

/** How often one reason came up, for one combination of circumstances; no person in it. */
export interface RefusalCount {
  /** Slug of the problem type, e.g. `maximum-reached`. */
  readonly reason: string
  readonly channel: string
  readonly organizer: string
  readonly venueNis: number
  readonly count: number
}

/** A record in two parts: what other records of its entry may share, empty where nothing is, and what it has for itself. */
export interface RecordText {
  readonly shared: string
  readonly own: string
}

export function recordText(record: JournalRecord): RecordText {
  switch (record.kind) {
    case 'transaction':
      return { shared: sharedText(record.transaction), own: ownText(record.transaction) }
    case 'void':
      return { shared: '', own: JSON.stringify(['v', record.position, encodeTransaction(record.transaction)]) }
    case 'projection':
      return { shared: '', own: JSON.stringify(['p', record.entity, record.body]) }
    case 'refusals':
      return { shared: '', own: JSON.stringify(['r', record.minute, record.counts]) }
  }
}

/** The text of a record in one piece. */
export function wholeText({ shared, own }: RecordText): string {
  return shared === '' ? own : `[${shared},${own}]`
}

export function encodeRecord(record: JournalRecord): string {
  return wholeText(recordText(record))
}

function encodeTransaction(transaction: Transaction): string {
  return wholeText({ shared: sharedText(transaction), own: ownText(transaction) })
}

/** @throws {SyntaxError} or {TypeError} when the text is not a record; the loader puts it in the dead letters. */
export function decodeRecord(text: string): JournalRecord {
  const parts: unknown = JSON.parse(text)
  if (!Array.isArray(parts)) throw new TypeError('A journal record is a JSON array')
  // `as` holds for what `encodeRecord` wrote; of anything else its rows cannot be made, and it ends in the dead letters as well.
  switch (parts[0]) {
    case TRANSACTION_SIGN:
      return { kind: 'transaction', transaction: decodeTransaction(parts) }
    case 'v':
      return { kind: 'void', position: String(parts[1]), transaction: decodeTransaction(JSON.parse(String(parts[2]))) }
    case 'p':
      return { kind: 'projection', entity: projectionKind(parts[1]), body: parts[2] as Record<string, unknown> }
    case 'r':
      return { kind: 'refusals', minute: Number(parts[1]), counts: parts[2] as RefusalCount[] }
    default:
      throw new TypeError(`Unknown kind of journal record: ${JSON.stringify(parts[0])}`)
  }
}

function projectionKind(value: unknown): ProjectionKind {
  const kind = PROJECTION_KINDS.find((known) => known === value)
  if (!kind) throw new TypeError(`Unknown projection: ${JSON.stringify(value)}`)
  return kind
}
