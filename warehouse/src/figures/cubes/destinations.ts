import { PARTICIPATIONS } from '../columns.ts'
import type { Cube } from '../cube.ts'
import { ALL_PERIODS, allSetsOf, BY_CHECKIN, HOME_PLACES, numbered, TARIFF_THEN } from './shared.ts'

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
  links: [{ cube: 'sectors', kind: 'SAME', dimensions: [[], ['tariff']] }],
}
