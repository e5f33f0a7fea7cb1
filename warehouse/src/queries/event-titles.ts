import type { Warehouse } from '../warehouse.ts'

const TITLES_SQL = `SELECT event, title
FROM events_now
WHERE event IN {events:Array(String)}`

/** Events of one question. */
export const TITLE_EVENTS_MAX = 1_000

/** Titles that the events have now, by id; events that the warehouse does not know are absent. */
export async function eventTitles(
  warehouse: Pick<Warehouse, 'query'>,
  events: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (events.length > TITLE_EVENTS_MAX) throw new RangeError(`At most ${TITLE_EVENTS_MAX} events, not ${events.length}`)
  const rows = await warehouse.query<{ event: string; title: string }>(TITLES_SQL, { events }, 'event titles')
  return new Map(rows.map(({ event, title }) => [event, title]))
}
