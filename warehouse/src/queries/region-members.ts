import type { Warehouse } from '../warehouse.ts'

/** A stretch of time in which a card system named a municipality, as far as the registry tells. Days are `yyyy-mm-dd` in Brussels. */
export interface RegionMember {
  readonly cardSystem: number
  /** A municipality that was merged counts where it is now. */
  readonly nis: number
  /** First day on which it was named. */
  readonly firstDay: string
  /** The registry knew the card system before that day without it: it joined on that day. Else it was there already. */
  readonly hasJoined: boolean
  /** First day on which it was named no more; empty while it is. */
  readonly leftDay: string
}

/** States of card systems that are looked at: forty that change once a month for twenty years. */
const STATES_MAX = 10_000

const STATES_SQL = `SELECT card_system AS cardSystem, toString(toDate(recorded_at, 'Europe/Brussels')) AS day,
    arraySort(groupUniqArrayIf(if(merged.into = 0, city, merged.into), city != 0)) AS municipalities
FROM (SELECT card_system, recorded_at, sequence, city_nis FROM card_systems FINAL) AS state
LEFT ARRAY JOIN city_nis AS city
LEFT JOIN (SELECT arrayJoin(merged_from) AS code, nis AS into FROM municipalities_now) AS merged ON merged.code = city
GROUP BY card_system, recorded_at, sequence
ORDER BY card_system, recorded_at, sequence
LIMIT {limit:UInt32}`

interface State {
  readonly cardSystem: number
  readonly day: string
  readonly municipalities: readonly number[]
}

/** When a card system named a municipality for the first time. */
export interface JoiningDay {
  readonly nis: number
  /** In Brussels, `yyyy-mm-dd`. */
  readonly day: string
}

/** Which municipalities each card system had, from when until when. */
export async function regionMembers(warehouse: Pick<Warehouse, 'query'>): Promise<readonly RegionMember[]> {
  return [...Map.groupBy(await statesOf(warehouse), ({ cardSystem }) => cardSystem).values()].flatMap(membersOf)
}

/**
 * Municipalities that joined a region while the registry was kept, in the order in which they did; open data. On the first day of all
 * the registry was filled: who stood in it then had joined before, and when is not known.
 * @throws {WarehouseError}
 */
export async function joiningDays(warehouse: Pick<Warehouse, 'query'>): Promise<readonly JoiningDay[]> {
  const states = (await statesOf(warehouse)).toSorted((a, b) => a.day.localeCompare(b.day))
  const days = new Map<number, string>()
  for (const { day, municipalities } of states) for (const nis of municipalities) if (!days.has(nis)) days.set(nis, day)
  const joined = [...days].filter(([, day]) => day !== states[0]?.day).map(([nis, day]) => ({ nis, day }))
  return joined.toSorted((a, b) => a.day.localeCompare(b.day) || a.nis - b.nis)
}

function statesOf(warehouse: Pick<Warehouse, 'query'>): Promise<readonly State[]> {
  return warehouse.query<State>(STATES_SQL, { limit: STATES_MAX }, 'states of card systems')
}

/** @param states of one card system, oldest first */
function membersOf(states: readonly State[]): readonly RegionMember[] {
  const beginning = states[0]?.day
  const current = new Map<number, RegionMember>()
  const over: RegionMember[] = []
  for (const { cardSystem, day, municipalities } of states) {
    for (const [nis, member] of current) {
      if (municipalities.includes(nis)) continue
      over.push({ ...member, leftDay: day })
      current.delete(nis)
    }
    for (const nis of municipalities)
      if (!current.has(nis)) current.set(nis, { cardSystem, nis, firstDay: day, hasJoined: day !== beginning, leftDay: '' })
  }
  return [...over, ...current.values()].toSorted((a, b) => a.nis - b.nis || (a.firstDay < b.firstDay ? -1 : 1))
}
