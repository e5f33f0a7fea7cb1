import { PARTICIPATIONS } from '../columns.ts'
import type { Cube, Impossible } from '../cube.ts'
import { ALL_PERIODS, allSetsOf, BY_CHECKIN, HOME_PLACES, numbered, TARIFF_THEN } from './shared.ts'

/** Of a municipality that shares no card system with another, nothing is elsewhere in its region. */
const NOWHERE_ELSE_IN_REGION: Impossible = {
  kind: 'MUNICIPALITY',
  dimension: 'area',
  member: 'REGION',
  sql: `SELECT concat('municipality:', toString(nis)) AS place
FROM municipalities_now
WHERE nis NOT IN (SELECT code FROM merged_municipalities)
    AND nis NOT IN (
        SELECT home.nis
        FROM region_municipalities AS home
        INNER JOIN region_municipalities AS other ON other.card_system = home.card_system
        WHERE other.nis != home.nis
    )
ORDER BY place`,
}

/** Where residents take part: the matrix of homes and venues (A8, B2, B3). Destination 0: unknown. */
export const DESTINATIONS_CUBE: Cube = {
  id: 'destinations',
  names: { nl: 'bestemmingen', fr: 'destinations', en: 'destinations' },
  population: {
    nl: 'passhouders die in de periode deelnamen',
    fr: 'titulaires qui ont participé pendant la période',
    en: 'holders who took part in the period',
  },
  source: 'participations',
  where: [BY_CHECKIN],
  places: HOME_PLACES,
  placesSeveral: true,
  periods: ALL_PERIODS,
  closesAfterDays: 0,
  dimensions: [
    TARIFF_THEN,
    { id: 'area', sql: 'area', several: true },
    { ...numbered('destination', 'venue_nis'), several: true },
  ],
  lattice: [...allSetsOf('tariff', 'area'), ['destination'], ['tariff', 'destination']],
  columns: [PARTICIPATIONS],
  publishesPeople: true,
  impossible: [NOWHERE_ELSE_IN_REGION],
  links: [{ cube: 'sectors', kind: 'SAME', dimensions: [[], ['tariff']] }],
}
