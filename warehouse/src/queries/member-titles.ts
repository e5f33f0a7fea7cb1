import type { Warehouse } from '../warehouse.ts'

/** Members of dimensions whose names stand in the registry: events by their number, rewards by their id. */
export type TitledDimension = 'event' | 'reward'

/** Members of one question. */
export const TITLE_MEMBERS_MAX = 1_000

const TITLES_SQL: Readonly<Record<TitledDimension, string>> = {
  event: `SELECT toString(event_number) AS member, any(title) AS title
FROM events_now
WHERE event_number IN (SELECT toUInt32OrZero(arrayJoin({members:Array(String)})))
GROUP BY member`,
  reward: `SELECT reward AS member, title
FROM rewards_now
WHERE reward IN {members:Array(String)}`,
}

/** Titles that events or rewards have now; those that the warehouse does not know are absent. Titles are open data. */
export async function memberTitles(
  warehouse: Pick<Warehouse, 'query'>,
  dimension: TitledDimension,
  members: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const asked = members.slice(0, TITLE_MEMBERS_MAX)
  const parameters = { members: asked }
  const rows = await warehouse.query<{ member: string; title: string }>(
    TITLES_SQL[dimension],
    parameters,
    `titles of ${dimension}s`,
  )
  return new Map(rows.map(({ member, title }) => [member, title]))
}
