import type { Warehouse } from '../warehouse.ts'

/** How far one lane's transactions reach in the warehouse. A lower bound: a range may hold registry changes only. */
export interface LastLoaded {
  readonly lane: number
  readonly range: number
  /** Epoch ms of the latest commit among the rows. */
  readonly versionedAt: number
}

const LAST_LOADED_SQL = `SELECT lane, max(range) AS range, max(toUnixTimestamp64Milli(versioned_at)) AS versionedAt
FROM transactions
WHERE occurred_on >= {since:Date}
GROUP BY lane
ORDER BY lane`

/** `since`: day in Brussels, `yyyy-mm-dd`; transactions that happened earlier are not looked at. */
export async function lastLoaded(warehouse: Pick<Warehouse, 'query'>, since: string): Promise<LastLoaded[]> {
  return await warehouse.query<LastLoaded>(LAST_LOADED_SQL, { since }, 'last loaded')
}
