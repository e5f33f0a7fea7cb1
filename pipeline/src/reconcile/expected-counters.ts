import { countersOf, type Guard, type IdKey, parsePosition, pointsGuard, positionOfId, voidCounter } from '@zuil/core'
import { decodeRecord, type JournalRecord } from '@zuil/core/contracts/journal'
import { counterPlace } from '@zuil/core/contracts/redis-keys'
import { balances, limitCounts, voidedTransactions, type Warehouse } from '@zuil/warehouse'
import type { JournalEntry } from '../redis/lane-store.ts'

/** Counters as they should stand: key → field → value; see `counterPlace`. */
export type CounterHashes = Map<string, Map<string, number>>

/** What the warehouse says the counters are: balances, limits that still matter, and voids. */
export async function countersOfWarehouse(
  warehouse: Warehouse,
  options: { lanes: number; idKey: IdKey; now: number },
): Promise<CounterHashes> {
  const { lanes, idKey, now } = options
  const hashes: CounterHashes = new Map()
  for await (const portion of balances(warehouse)) {
    for (const balance of portion) addCounter(hashes, lanes, pointsGuard(balance))
  }
  for await (const portion of limitCounts(warehouse, now)) {
    for (const { owner, counter, bucket, count } of portion) {
      addCounter(hashes, lanes, { counter, owner, period: bucket, add: count })
    }
  }
  for await (const portion of voidedTransactions(warehouse)) {
    for (const { id, holder } of portion) {
      const position = positionOfId(idKey, id)
      if (position) addCounter(hashes, lanes, voidCounter(position, holder))
    }
  }
  return hashes
}

/** Adds what stands in the journal and is not in the warehouse yet. Records that nobody understands count for nothing. */
export function addJournal(
  hashes: CounterHashes,
  entries: readonly JournalEntry[],
  place: { lane: number; lanes: number },
): void {
  for (const { text } of entries) {
    for (const guard of guardsOf(text, place.lane)) addCounter(hashes, place.lanes, guard)
  }
}

function guardsOf(text: string | undefined, lane: number): Guard[] {
  let record: JournalRecord
  try {
    record = decodeRecord(text ?? '')
  } catch {
    return []
  }
  if (record.kind === 'transaction') return [...countersOf(record.transaction)]
  if (record.kind !== 'void') return []
  const position = parsePosition(lane, record.position)
  const returned = countersOf(record.transaction).map((guard) => ({ ...guard, add: -guard.add }))
  return position ? [...returned, voidCounter(position, record.transaction.holder)] : returned
}

/** Adds to the counter of a guard. */
export function addCounter(
  hashes: CounterHashes,
  lanes: number,
  guard: Pick<Guard, 'counter' | 'owner' | 'period' | 'add'>,
): void {
  const { key, field } = counterPlace(lanes, guard)
  addToCounter(hashes, { key, field, add: guard.add })
}

export function addToCounter(
  hashes: CounterHashes,
  { key, field, add }: { readonly key: string; readonly field: string; readonly add: number },
): void {
  const hash = hashes.get(key) ?? new Map<string, number>()
  hashes.set(key, hash)
  hash.set(field, (hash.get(field) ?? 0) + add)
}
