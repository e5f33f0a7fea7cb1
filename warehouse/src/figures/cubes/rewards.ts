import { POINTS_TAKEN, REDEMPTIONS } from '../columns.ts'
import type { Cube } from '../cube.ts'
import { FOR_POINTS, HOME_PLACES, TARIFF_THEN } from './shared.ts'

/** Which rewards residents take for their points (D10). */
export const REWARDS_CUBE: Cube = {
  id: 'rewards',
  names: { nl: 'geruilde voordelen', fr: 'avantages échangés', en: 'rewards' },
  population: {
    nl: 'passhouders die een voordeel ruilden',
    fr: 'titulaires qui ont échangé un avantage',
    en: 'holders who redeemed a reward',
  },
  source: 'redemptions',
  where: [FOR_POINTS],
  places: HOME_PLACES,
  placesSeveral: true,
  periods: ['QUARTER', 'YEAR', 'SEASON'],
  closesAfterDays: 0,
  dimensions: [TARIFF_THEN, { id: 'reward', sql: 'reward', several: true }],
  lattice: [[], ['tariff'], ['reward']],
  columns: [REDEMPTIONS, POINTS_TAKEN],
  publishesPeople: true,
  links: [],
}
