import {
  type CountedTransaction,
  countersOf,
  type Guard,
  type IdKey,
  type PeriodType,
  parsePosition,
  positionOfId,
  type TransactionKind,
  transactionId,
  voidCounter,
} from '@zuil/core'
import { decodeRecord } from '@zuil/core/contracts/journal'
import { transactionById, type Warehouse } from '@zuil/warehouse'
import type { DeadLetter, DeadLetters } from '../dead-letters/dead-letters.ts'
import { addCounter, type CounterHashes } from './expected-counters.ts'

/** Letters that are looked up in the warehouse one by one; more than that are a broken table, which a finding would not explain. */
export const LETTERS_MAX = 10_000

export interface DeadLetterSources {
  readonly deadLetters: DeadLetters
  readonly warehouse: Warehouse
  readonly idKey: IdKey
  readonly lanes: number
  /** Epoch ms. */
  readonly now: number
}

/** A version of a transaction that is kept aside. */
interface Waiting {
  readonly id: string
  readonly isVoid: boolean
  /** Day in Brussels, `yyyy-mm-dd`. */
  readonly day: string
  readonly counted: CountedTransaction
}

/**
 * Adds what waits in the dead letters to what the warehouse says: it was committed, so Redis counts it. Of a record that nobody can
 * read nothing is known. Gives how many letters were not looked at, because there are too many.
 */
export async function addDeadLetters(hashes: CounterHashes, sources: DeadLetterSources): Promise<number> {
  const latest = new Map<string, Waiting>()
  let count = 0
  for await (const { letter, lane } of lettersOf(sources.deadLetters)) {
    if (letter.replayed) continue
    count++
    const waiting = count <= LETTERS_MAX ? waitingOf(letter, lane, sources.idKey) : undefined
    if (waiting && (waiting.isVoid || !latest.has(waiting.id))) latest.set(waiting.id, waiting)
  }
  for (const waiting of latest.values()) {
    const { id, isVoid, day, counted } = waiting
    const stored = await transactionById(sources.warehouse, id, { from: day, to: day })
    if (stored && (stored.voided || !isVoid)) continue
    for (const guard of guardsOf(id, isVoid, counted, sources.idKey)) add(hashes, guard, sources)
    if (stored) for (const guard of countersOf(stored.transaction)) add(hashes, { ...guard, add: -guard.add }, sources)
  }
  return Math.max(0, count - LETTERS_MAX)
}

async function* lettersOf(deadLetters: DeadLetters): AsyncGenerator<{ readonly letter: DeadLetter; readonly lane: number }> {
  for (const lane of await deadLetters.lanes()) {
    for (const range of await deadLetters.ranges(lane)) {
      for (const letter of await deadLetters.of(lane, range)) yield { letter, lane }
    }
  }
}

function guardsOf(id: string, isVoid: boolean, counted: CountedTransaction, idKey: IdKey): readonly Guard[] {
  if (!isVoid) return countersOf(counted)
  const position = positionOfId(idKey, id)
  return position ? [voidCounter(position, counted.holder)] : []
}

/** Buckets that are over for good are nowhere any more. */
function add(hashes: CounterHashes, guard: Guard, { lanes, now }: DeadLetterSources): void {
  if ((guard.expiresAt ?? Number.POSITIVE_INFINITY) > now) addCounter(hashes, lanes, guard)
}

/** Undefined for what is no transaction, or cannot be read. */
function waitingOf({ table, text, position }: DeadLetter, lane: number, idKey: IdKey): Waiting | undefined {
  try {
    if (table === 'transactions') return waitingOfRow(JSON.parse(text))
    if (table !== '') return undefined
    const record = decodeRecord(text)
    if (record.kind !== 'transaction' && record.kind !== 'void') return undefined
    const place = parsePosition(lane, record.kind === 'void' ? record.position : position)
    if (!place) return undefined
    const { transaction } = record
    const id = transactionId(idKey, place)
    return { id, isVoid: record.kind === 'void', day: transaction.occurredOn, counted: transaction }
  } catch {
    return undefined
  }
}

/** A row as transactionRow writes it. */
interface TransactionRow {
  readonly id: string
  readonly voided: number
  readonly kind: TransactionKind
  readonly programme: string
  readonly occurred_at: string
  readonly occurred_on: string
  readonly holder: number
  readonly event_number: number
  readonly points: number
  readonly limit_period: PeriodType | ''
  readonly flags: CountedTransaction['flags']
  readonly reward_number: number
  readonly takes: NonNullable<CountedTransaction['exchange']>['takes']
}

function waitingOfRow(row: TransactionRow): Waiting {
  return {
    id: row.id,
    isVoid: row.voided === 1,
    day: row.occurred_on,
    counted: {
      kind: row.kind,
      programme: row.programme,
      occurredAt: Date.parse(`${row.occurred_at.replace(' ', 'T')}Z`),
      holder: row.holder,
      eventNumber: row.event_number,
      points: row.points,
      limitPeriod: row.limit_period,
      flags: row.flags,
      exchange: { rewardNumber: row.reward_number, takes: row.takes },
    },
  }
}
