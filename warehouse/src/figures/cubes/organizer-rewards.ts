import { POINTS_TAKEN, REDEMPTIONS } from '../columns.ts'
import type { Cube } from '../cube.ts'
import { FOR_POINTS } from './shared.ts'

/** Whether an organizer's rewards work (C10). */
export const ORGANIZER_REWARDS_CUBE: Cube = {
  id: 'organizer-rewards',
  names: { nl: 'voordelen van een organisator', fr: "avantages d'un organisateur", en: 'rewards of an organizer' },
  population: {
    nl: 'passhouders die een voordeel ruilden bij de organisator',
    fr: "titulaires qui ont échangé un avantage chez l'organisateur",
    en: 'holders who redeemed a reward with the organizer',
  },
  source: 'redemptions',
  where: [FOR_POINTS],
  places: ['ORGANIZER'],
  placesSeveral: true,
  periods: ['QUARTER', 'YEAR', 'SEASON'],
  closesAfterDays: 0,
  dimensions: [{ id: 'reward', sql: 'reward', several: true }],
  lattice: [[], ['reward']],
  columns: [REDEMPTIONS, POINTS_TAKEN],
  publishesPeople: true,
  links: [],
}
