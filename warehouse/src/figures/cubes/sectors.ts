import { PARTICIPATIONS } from '../columns.ts'
import type { Cube } from '../cube.ts'
import { AGE_COARSE_THEN, ALL_PERIODS, allSetsOf, BY_CHECKIN, HOME_PLACES, TARIFF_THEN } from './shared.ts'

/** What residents choose (A7, B5, B6). */
export const SECTORS_CUBE: Cube = {
  id: 'sectors',
  names: { nl: 'sectoren', fr: 'secteurs', en: 'sectors' },
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
  dimensions: [TARIFF_THEN, AGE_COARSE_THEN, { id: 'sector', sql: 'sector', several: true }],
  lattice: allSetsOf('tariff', 'age-coarse', 'sector'),
  columns: [PARTICIPATIONS],
  publishesPeople: true,
  links: [],
}
