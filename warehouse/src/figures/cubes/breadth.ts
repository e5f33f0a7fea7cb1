import type { Cube } from '../cube.ts'
import { allSetsOf, banded, HOME_PLACES, TARIFF_IN_PERIOD, YEARS } from './shared.ts'

/** In how many sectors active holders took part (A6). */
export const BREADTH_CUBE: Cube = {
  id: 'breadth',
  names: { nl: 'breedte', fr: 'diversité', en: 'breadth' },
  population: {
    nl: 'passhouders die in de periode deelnamen',
    fr: 'titulaires qui ont participé pendant la période',
    en: 'holders who took part in the period',
  },
  source: 'holder-periods',
  where: ['participations > 0'],
  places: HOME_PLACES,
  placesSeveral: false,
  periods: YEARS,
  closesAfterDays: 0,
  dimensions: [
    TARIFF_IN_PERIOD,
    {
      id: 'breadth',
      ...banded(
        [
          ['bitCount(sectors) < 2', '1'],
          ['bitCount(sectors) = 2', '2'],
        ],
        '3+',
      ),
      several: false,
    },
  ],
  lattice: allSetsOf('tariff', 'breadth'),
  columns: [],
  publishesPeople: true,
  links: [{ cube: 'frequency', kind: 'SAME', dimensions: [[], ['tariff']] }],
}
