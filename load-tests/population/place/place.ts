import { parseDay } from '@zuil/core'
import { readTable, type TableRow } from '../facts/table.ts'

/** A municipality that takes part, with what is known of it. Days count from 1 January 1970. */
export interface Place {
  readonly nis: number
  readonly name: string
  readonly postalCodes: readonly string[]
  readonly latitude: number
  readonly longitude: number
  readonly inhabitants: number
  readonly inhabitantsYear: number
  readonly meanAge: number
  /** Share of the inhabitants with increased reimbursement of health costs, 0 to 1. */
  readonly increasedReimbursement: number
  /** Day of the merger that made it, and the NIS codes before; Infinity back when it never merged. */
  readonly mergedOn: number
  readonly mergedFrom: readonly number[]
  readonly cardSystem: number
  readonly since: number
  /** Registrations in a year as a share of the inhabitants. */
  readonly registrationsPerYear: number
  /** Share of the passholders with the social tariff, 0 to 1: published, or from the increased reimbursement. */
  readonly socialTariff: number
  /** How much passes are used beside those elsewhere; below 1 in Brussels, where few were (calibration: active_savers_share). */
  readonly use: number
}

export interface Region {
  /** Card system. */
  readonly id: number
  readonly name: string
  /** The name while it had its first members only. */
  readonly earlierName: string
  /** Indexes into the list of places. */
  readonly places: readonly number[]
}

/** A savings card for children that was there before the pass, in the places of one card system. */
export interface Predecessor {
  readonly programme: string
  /** Card system of the old cards. */
  readonly cardSystem: number
  readonly name: string
  /** Of the pass that replaced it, on the day on which its places joined. */
  readonly replacedBy: number
  readonly since: number
  readonly ageMax: number
}

/** What was seen on the old card before it was replaced: since when is an assumption. */
export const PREDECESSOR: Predecessor = {
  programme: 'beleefpas',
  cardSystem: 203,
  name: 'Beleefpas',
  replacedBy: 103,
  since: Date.UTC(2021, 0, 4) / 86_400_000,
  ageMax: 18,
}

/** Increased reimbursement in the Brussels region, 1 January 2020; the other table has the Flemish municipalities only. */
const BRUSSELS_INCREASED_REIMBURSEMENT = 0.274

export interface Geography {
  readonly places: readonly Place[]
  readonly regions: readonly Region[]
}

/** The municipalities of the card systems, or of some of them: by number, or by a part of their name or of a member's. */
export function geography(wanted: readonly string[] = []): Geography {
  const municipalities = new Map(readTable('municipalities').map((row) => [row.nis, row]))
  const members = readTable('card-systems')
  const systems = [...new Set(members.map((row) => Number(row.card_system)))].filter((id) => {
    const rows = members.filter((row) => Number(row.card_system) === id)
    return wanted.length === 0 || wanted.some((text) => isMeant(text, rows, municipalities))
  })
  const places: Place[] = []
  const regions: Region[] = []
  for (const id of systems) {
    const rows = members.filter((row) => Number(row.card_system) === id)
    const first = places.length
    for (const row of rows) places.push(placeOf(row, municipalities.get(row.nis)))
    const { name = '', earlier_name: earlierName = '' } = rows[0] ?? {}
    regions.push({ id, name, earlierName: earlierName || name, places: rows.map((_, index) => first + index) })
  }
  return { places, regions }
}

/** NIS code of somebody's home on a day; `drawn` says which of the merged municipalities it was, mostly the first. */
export function nisOn(place: Place, day: number, drawn: number): number {
  if (day >= place.mergedOn || place.mergedFrom.length === 0) return place.nis
  const [first = place.nis, ...others] = place.mergedFrom
  return others.length > 0 && drawn % 5 === 0 ? (others[(drawn >>> 8) % others.length] ?? first) : first
}

function isMeant(text: string, rows: readonly TableRow[], municipalities: ReadonlyMap<string | undefined, TableRow>): boolean {
  const wanted = text.toLowerCase()
  return rows.some(
    (row) =>
      row.card_system === wanted ||
      row.name?.toLowerCase().includes(wanted) ||
      municipalities.get(row.nis)?.name?.toLowerCase() === wanted,
  )
}

function placeOf(member: TableRow, municipality: TableRow | undefined): Place {
  if (!municipality) throw new RangeError(`There is no municipality ${member.nis}`)
  const { mean_age: meanAge = '', merged_from: mergedFrom = '', merged_on: mergedOn = '' } = municipality
  const percent = municipality.increased_reimbursement_pct ?? ''
  const increasedReimbursement = percent === '' ? BRUSSELS_INCREASED_REIMBURSEMENT : Number(percent) / 100
  const published = member.social_tariff_pct ?? ''
  return {
    nis: Number(municipality.nis),
    name: municipality.name ?? '',
    postalCodes: (municipality.postal_codes ?? '').split(';'),
    latitude: Number(municipality.latitude),
    longitude: Number(municipality.longitude),
    inhabitants: Number(municipality.inhabitants),
    inhabitantsYear: Number(municipality.inhabitants_year),
    meanAge: Number(meanAge || 42),
    increasedReimbursement,
    mergedOn: parseDay(mergedOn) ?? Number.NEGATIVE_INFINITY,
    mergedFrom: mergedFrom === '' ? [] : mergedFrom.split(';').map(Number),
    cardSystem: Number(member.card_system),
    since: parseDay(member.since ?? '') ?? 0,
    registrationsPerYear: Number(member.registrations_per_year),
    use: Number(member.use),
    socialTariff: published === '' ? assumedSocialTariff(increasedReimbursement) : Number(published) / 100,
  }
}

/** Towns with more poverty have a larger share; so that Flanders comes out at about half. An assumption. */
function assumedSocialTariff(increasedReimbursement: number): number {
  return Math.min(0.7, 0.15 + 2.1 * increasedReimbursement)
}
