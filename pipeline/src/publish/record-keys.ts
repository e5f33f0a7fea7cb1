import { createHmac } from 'node:crypto'
import { INSERT_ROWS_MAX, type Warehouse } from '@zuil/warehouse'

/** Holders are numbered from 1; whoever is in a cell is in one of these tables. */
const LAST_HOLDER_SQL = `SELECT greatest(
    (SELECT max(holder) FROM holders),
    (SELECT max(holder) FROM holder_periods),
    (SELECT max(holder) FROM participations)
) AS holder`

/** Record key of a holder: 64 bits of HMAC-SHA256 under the key of the installation. */
export function recordKeyOf(secret: Buffer, holder: number): bigint {
  return createHmac('sha256', secret).update(`holder\0${holder}`).digest().readBigUInt64LE(0)
}

/** Carries out work while the table of record keys is filled; it is empty before and afterwards. */
export async function withRecordKeys<Result>(
  warehouse: Pick<Warehouse, 'query' | 'append' | 'change'>,
  secret: Buffer,
  work: () => Promise<Result>,
): Promise<Result> {
  const empty = async () => await warehouse.change('TRUNCATE TABLE record_keys', {}, 'publish: empty record keys')
  await empty()
  try {
    const [last] = await warehouse.query<{ holder: number }>(LAST_HOLDER_SQL, {}, 'publish: last holder')
    const holders = last?.holder ?? 0
    for (let first = 1; first <= holders; first += INSERT_ROWS_MAX) {
      const count = Math.min(INSERT_ROWS_MAX, holders - first + 1)
      await warehouse.append(
        'record_keys',
        Array.from({ length: count }, (_, index) => [first + index, recordKeyOf(secret, first + index)]),
      )
    }
    return await work()
  } finally {
    await empty()
  }
}
