import { placeKindOf } from '../figures/place.ts'
import type { Warehouse } from '../warehouse.ts'
import type { ReferenceId } from './measure.ts'
import type { MeasureQuestion, ReferenceCell } from './question.ts'

/** Of each place the counts of the year that is asked for, or else of the nearest before it, or else of the first after it. */
const TABLES: Readonly<Record<ReferenceId, { readonly table: string; readonly ageBand: string }>> = {
  inhabitants: { table: 'inhabitants', ageBand: 'age_band' },
  'increased-reimbursement': { table: 'increased_reimbursement', ageBand: "''" },
}

/** Which municipalities a region has is worked out from the registry, which takes longer than all the rest: only where one is asked for. */
function statementOf(id: ReferenceId, places: readonly string[]): string {
  const { table, ageBand } = TABLES[id]
  const regions = `
    UNION DISTINCT
    SELECT nis, concat('region:', toString(card_system)) AS place FROM region_municipalities`
  return `SELECT place, age_band AS ageBand, sum(nearest.1) AS persons, max(nearest.2) AS year
FROM (
    SELECT nis, ${ageBand} AS age_band, argMin((persons, year), (year > {year:UInt16}, abs(toInt32(year) - {year:UInt16}))) AS nearest
    FROM ${table}
    GROUP BY nis, age_band
) AS counted
INNER JOIN (
    SELECT nis, arrayJoin(['all', concat('municipality:', toString(nis))]) AS place FROM ${table}${places.some((place) => placeKindOf(place) === 'REGION') ? regions : ''}
) AS places ON places.nis = counted.nis
WHERE place IN {places:Array(String)}
GROUP BY place, age_band`
}

/**
 * What others count, for places; the day after the period counts, so that a year is divided by those on 1 January after it.
 * A place without a count is not there.
 */
export function referenceCells(
  warehouse: Pick<Warehouse, 'query'>,
  id: ReferenceId,
  { places, period }: Pick<MeasureQuestion, 'places' | 'period'>,
): Promise<readonly ReferenceCell[]> {
  const year = new Date((period.lastDay + 1) * 86_400_000).getUTCFullYear()
  return warehouse.query<ReferenceCell>(statementOf(id, places), { year, places }, `reference ${id}`)
}
