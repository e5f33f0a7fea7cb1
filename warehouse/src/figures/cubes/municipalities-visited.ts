import type { Cube } from '../cube.ts'
import { allSetsOf, TARIFF_IN_PERIOD, YEARS } from './shared.ts'

/** In how many municipalities of their region holders took part (B11). */
export const MUNICIPALITIES_VISITED_CUBE: Cube = {
  id: 'municipalities-visited',
  names: { nl: 'gemeenten van de regio', fr: 'communes de la région', en: 'municipalities of the region' },
  population: {
    nl: 'passhouders die in de periode deelnamen',
    fr: 'titulaires qui ont participé pendant la période',
    en: 'holders who took part in the period',
  },
  source: 'holder-periods',
  where: ['participations > 0'],
  places: ['ALL', 'REGION'],
  placesSeveral: false,
  periods: YEARS,
  closesAfterDays: 0,
  dimensions: [
    TARIFF_IN_PERIOD,
    { id: 'visited', sql: "if(region_municipalities > 2, '3+', toString(region_municipalities))", several: false },
  ],
  lattice: allSetsOf('tariff', 'visited'),
  columns: [],
  publishesPeople: true,
  links: [{ cube: 'frequency', kind: 'SAME', dimensions: [[], ['tariff']] }],
}
