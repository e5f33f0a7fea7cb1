import type { AgreementTerms, SettlementMember } from '@zuil/core'
import type { Warehouse } from '../warehouse.ts'

/** Names as of today: of municipalities by NIS code, of organizers by canonical id. */
export interface SettlementNames {
  readonly municipalities: ReadonlyMap<number, string>
  readonly organizers: ReadonlyMap<string, string>
}

/** Members of a card system on a day, by the registry at its end, or as it had them first. Merged ones are one, with all inhabitants. */
const MEMBERS_SQL = `SELECT nis, toUInt32(any(town.inhabitants)) AS inhabitants
FROM (
    SELECT DISTINCT if(merged.nis > 0, merged.nis, city) AS nis
    FROM (
        SELECT arrayJoin(city_nis) AS city
        FROM (
            SELECT city_nis
            FROM card_systems FINAL
            WHERE card_system = {cardSystem:UInt32}
            ORDER BY
                recorded_at < {until:DateTime64(3, 'UTC')} DESC,
                if(recorded_at < {until:DateTime64(3, 'UTC')}, -1, 1) * toInt64(toUnixTimestamp64Milli(recorded_at)),
                if(recorded_at < {until:DateTime64(3, 'UTC')}, -1, 1) * toInt64(sequence)
            LIMIT 1
        )
    ) AS member
    LEFT JOIN merged_municipalities AS merged ON merged.code = member.city
    WHERE nis > 0
) AS member
LEFT JOIN (SELECT nis, inhabitants FROM municipalities_now) AS town ON town.nis = member.nis
GROUP BY nis
ORDER BY nis`

const REGIONS_SQL = 'SELECT card_system AS cardSystem, name FROM card_systems_now ORDER BY cardSystem'

const AGREEMENT_SQL = 'SELECT terms FROM settlement_agreements_now WHERE card_system = {cardSystem:UInt32}'

const MERGED_SQL = 'SELECT code, nis FROM merged_municipalities'

const ORGANIZERS_SQL = 'SELECT lower(organizer) AS organizer, name FROM organizers_now'

const MUNICIPALITIES_SQL = 'SELECT nis, name FROM municipalities_now'

/** @param until the first instant after the day, `yyyy-mm-dd hh:mm:ss.mmm` in UTC */
export async function settlementMembers(
  warehouse: Pick<Warehouse, 'query'>,
  cardSystem: number,
  until: string,
): Promise<readonly SettlementMember[]> {
  return await warehouse.query<SettlementMember>(MEMBERS_SQL, { cardSystem, until }, 'settlement: members')
}

/** Terms of the agreement of a card system, by their first days; none without an agreement. */
export async function agreementTerms(
  warehouse: Pick<Warehouse, 'query'>,
  cardSystem: number,
): Promise<readonly AgreementTerms[]> {
  const [row] = await warehouse.query<{ terms: string }>(AGREEMENT_SQL, { cardSystem }, 'settlement: agreement')
  // Written by core's row of a projection, which has the parsed terms.
  return row ? (JSON.parse(row.terms) as AgreementTerms[]) : []
}

/** Card systems by id and name, as they are called now. */
export async function settlementRegions(
  warehouse: Pick<Warehouse, 'query'>,
): Promise<readonly { readonly cardSystem: number; readonly name: string }[]> {
  return await warehouse.query<{ cardSystem: number; name: string }>(REGIONS_SQL, {}, 'settlement: regions')
}

/** What became of a municipality by merging; itself when nothing did. */
export async function municipalitySuccessors(warehouse: Pick<Warehouse, 'query'>): Promise<(nis: number) => number> {
  const rows = await warehouse.query<{ code: number; nis: number }>(MERGED_SQL, {}, 'settlement: mergers')
  const successors = new Map(rows.map(({ code, nis }) => [code, nis]))
  return (nis) => successors.get(nis) ?? nis
}

export async function settlementNames(warehouse: Pick<Warehouse, 'query'>): Promise<SettlementNames> {
  const municipalities = await warehouse.query<{ nis: number; name: string }>(
    MUNICIPALITIES_SQL,
    {},
    'settlement: municipalities',
  )
  const organizers = await warehouse.query<{ organizer: string; name: string }>(ORGANIZERS_SQL, {}, 'settlement: organizers')
  return {
    municipalities: new Map(municipalities.map(({ nis, name }) => [nis, name])),
    organizers: new Map(organizers.map(({ organizer, name }) => [organizer, name])),
  }
}
