import type { Warehouse } from '../warehouse.ts'

export interface Balance {
  /** Dense number of the holder. */
  readonly holder: number
  readonly programme: string
  readonly points: number
}

/** A balance has no beginning, so this is the one read of the fact table without a filter on the day. */
const BALANCES_SQL = `SELECT holder, programme, sum(points) AS points
FROM transactions FINAL
GROUP BY holder, programme`

const BALANCE_SQL = `SELECT holder, programme, sum(points) AS points
FROM transactions FINAL
WHERE holder IN {holders:Array(UInt32)}
GROUP BY holder, programme`

/** Holders of one question. */
export const BALANCE_HOLDERS_MAX = 1_000

/** The balances, one for each programme, of every holder with a transaction that is not void, in portions and no order. */
export function balances(warehouse: Pick<Warehouse, 'stream'>): AsyncIterable<Balance[]> {
  return warehouse.stream<Balance>(BALANCES_SQL, {}, 'balances')
}

/** Balances of at most {@link BALANCE_HOLDERS_MAX} holders; holders without transactions are absent. */
export async function balancesOf(warehouse: Pick<Warehouse, 'query'>, holders: readonly number[]): Promise<readonly Balance[]> {
  if (holders.length > BALANCE_HOLDERS_MAX) throw new RangeError(`At most ${BALANCE_HOLDERS_MAX} holders, not ${holders.length}`)
  return await warehouse.query<Balance>(BALANCE_SQL, { holders }, 'balances of holders')
}
