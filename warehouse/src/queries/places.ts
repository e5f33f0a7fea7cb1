import type { Warehouse } from '../warehouse.ts'
import { type JoiningDay, joiningDays } from './region-members.ts'

/** Places of figures with their names, as of today. */
export interface NamedPlaces {
  /** Municipalities by NIS code, those they were merged into already; where their town is, in degrees. */
  readonly municipalities: readonly {
    readonly nis: number
    readonly name: string
    readonly latitude: number
    readonly longitude: number
    /** Codes of before it was merged; none where it never was. */
    readonly mergedFrom: readonly number[]
  }[]
  readonly regions: readonly { readonly cardSystem: number; readonly name: string; readonly municipalities: readonly number[] }[]
  /** Municipalities that joined a region while the registry was kept, in the order in which they did. */
  readonly joined: readonly JoiningDay[]
  /** With the municipality of their address; 0 where it is not known. */
  readonly organizers: readonly { readonly organizer: string; readonly name: string; readonly nis: number }[]
}

const MUNICIPALITIES_SQL = 'SELECT nis, name, latitude, longitude, merged_from AS mergedFrom FROM municipalities_now ORDER BY nis'

/** A municipality that was merged counts where it is now. */
const REGIONS_SQL = `SELECT card_system AS cardSystem, any(name) AS name,
    arraySort(groupUniqArrayIf(if(merged.into = 0, city, merged.into), city != 0)) AS municipalities
FROM card_systems_now
LEFT ARRAY JOIN city_nis AS city
LEFT JOIN (SELECT arrayJoin(merged_from) AS code, nis AS into FROM municipalities_now) AS merged ON merged.code = city
GROUP BY cardSystem
ORDER BY cardSystem`

const ORGANIZERS_SQL = 'SELECT organizer, name, nis FROM organizers_now ORDER BY organizer'

export async function placesNow(warehouse: Pick<Warehouse, 'query'>): Promise<NamedPlaces> {
  const [municipalities, regions, organizers, joined] = await Promise.all([
    warehouse.query<NamedPlaces['municipalities'][number]>(MUNICIPALITIES_SQL, {}, 'places: municipalities'),
    warehouse.query<NamedPlaces['regions'][number]>(REGIONS_SQL, {}, 'places: regions'),
    warehouse.query<NamedPlaces['organizers'][number]>(ORGANIZERS_SQL, {}, 'places: organizers'),
    joiningDays(warehouse),
  ])
  return { municipalities, regions, organizers, joined }
}
