import type { Warehouse } from '../warehouse.ts'

/** When a card system named a municipality for the first time. */
export interface JoiningDay {
  readonly nis: number
  /** In Brussels, `yyyy-mm-dd`. */
  readonly day: string
}

/** On the first day of all the registry was filled: who stood in it then had joined before, and when is not known. */
const SQL = `SELECT nis, toString(min(day)) AS day
FROM (
    SELECT if(merged.nis > 0, merged.nis, city) AS nis, toDate(recorded_at, 'Europe/Brussels') AS day
    FROM (SELECT recorded_at, arrayJoin(city_nis) AS city FROM card_systems) AS named
    LEFT JOIN merged_municipalities AS merged ON merged.code = named.city
    WHERE city > 0
) AS since
GROUP BY nis
HAVING min(since.day) > (SELECT min(toDate(recorded_at, 'Europe/Brussels')) FROM card_systems)
ORDER BY day, nis`

/** Municipalities that joined a region while the registry was kept, in the order in which they did; open data. @throws {WarehouseError} */
export function joiningDays(warehouse: Pick<Warehouse, 'query'>): Promise<readonly JoiningDay[]> {
  return warehouse.query<JoiningDay>(SQL, {}, 'joining days')
}
