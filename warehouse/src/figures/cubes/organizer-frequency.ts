import { PARTICIPATIONS_OF_HOLDER } from '../columns.ts'
import type { Cube } from '../cube.ts'
import { allSetsOf, FREQUENCY, YEARS, yesOrNo } from './shared.ts'

/** How often holders came to an organizer, and whether they took part in other sectors too (C6). */
export const ORGANIZER_FREQUENCY_CUBE: Cube = {
  id: 'organizer-frequency',
  names: { nl: 'frequentie bij een organisator', fr: 'fréquence chez un organisateur', en: 'frequency with an organizer' },
  population: {
    nl: 'passhouders die bij de organisator deelnamen',
    fr: "titulaires qui ont participé chez l'organisateur",
    en: 'holders who took part with the organizer',
  },
  source: 'organizer-periods',
  where: [],
  places: ['ORGANIZER'],
  placesSeveral: true,
  periods: YEARS,
  closesAfterDays: 0,
  dimensions: [FREQUENCY, yesOrNo('elsewhere', 'other_sectors > 0')],
  lattice: allSetsOf('frequency', 'elsewhere'),
  columns: [PARTICIPATIONS_OF_HOLDER],
  publishesPeople: true,
  links: [{ cube: 'organizer-states', kind: 'SAME', dimensions: [[]] }],
}
