import { createHmac } from 'node:crypto'
import { type CompactRows, INSERT_ROWS_MAX, type Warehouse } from '@zuil/warehouse'

/** Holders are numbered from 1; whoever is in a cell is in one of these tables. */
const LAST_HOLDER_SQL = `SELECT greatest(
    (SELECT max(holder) FROM holders),
    (SELECT max(holder) FROM holder_periods),
    (SELECT max(holder) FROM participations)
) AS holder`

/** Record key of a holder: 64 bits of HMAC-SHA256 under the key of the installation. */
export function recordKeyOf(secret: Uint8Array, holder: number): bigint {
  return createHmac('sha256', secret).update(`holder\0${holder}`).digest().readBigUInt64LE(0)
}

export interface RecordKeys {
  /** Rows of the keys of so many holders. */
  readonly keysOf: (first: number, count: number) => Promise<CompactRows>
  readonly signal: AbortSignal
}

/** Carries out work while the table of record keys is filled; it is empty before and afterwards, also when it is cut short. */
export async function withRecordKeys<Result>(
  warehouse: Pick<Warehouse, 'query' | 'append' | 'change'>,
  { keysOf, signal }: RecordKeys,
  work: () => Promise<Result>,
): Promise<Result> {
  // not one of the statements that a stop ends
  const empty = async () => await warehouse.change('TRUNCATE TABLE record_keys', {}, 'record keys: empty')
  await empty()
  try {
    const [last] = await warehouse.query<{ holder: number }>(LAST_HOLDER_SQL, {}, 'publish: last holder')
    const holders = last?.holder ?? 0
    for (let first = 1; first <= holders; first += INSERT_ROWS_MAX) {
      signal.throwIfAborted()
      await warehouse.append('record_keys', await keysOf(first, Math.min(INSERT_ROWS_MAX, holders - first + 1)))
    }
    return await work()
  } finally {
    await empty()
  }
}
