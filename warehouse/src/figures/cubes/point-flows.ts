import { pointsColumn } from '../columns.ts'
import type { Cube } from '../cube.ts'
import { allSetsOf, HOME_PLACES, numbered, YEARS } from './shared.ts'

/** Points redeemed by where they had been earned, first in, first out (B7). 0: unknown. */
export const POINT_FLOWS_CUBE: Cube = {
  id: 'point-flows',
  names: {
    nl: 'waar punten verdiend en geruild worden',
    fr: 'où les points sont gagnés et échangés',
    en: 'where points are earned and redeemed',
  },
  population: {
    nl: 'passhouders die punten ruilden',
    fr: 'titulaires qui ont échangé des points',
    en: 'holders who redeemed points',
  },
  source: 'point-flows',
  where: [],
  places: HOME_PLACES,
  placesSeveral: true,
  periods: YEARS,
  closesAfterDays: 0,
  dimensions: [
    { ...numbered('origin', 'earned_nis'), several: true },
    { ...numbered('destination', 'redeemed_nis'), several: true },
  ],
  lattice: allSetsOf('origin', 'destination'),
  columns: [pointsColumn('points', { nl: 'geruilde punten', fr: 'points échangés', en: 'points redeemed' }, 'points')],
  publishesPeople: true,
  links: [],
}
