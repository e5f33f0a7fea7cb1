import type { Cube } from '../cube.ts'
import { allSetsOf, TARIFF_IN_PERIOD } from './shared.ts'

/** Who is new to an organizer, came back or returned after long (C3); kansentarief at one of the participations. */
export const ORGANIZER_STATES_CUBE: Cube = {
  id: 'organizer-states',
  names: { nl: 'nieuw publiek', fr: 'nouveau public', en: 'states of the public' },
  population: {
    nl: 'passhouders die bij de organisator deelnamen',
    fr: "titulaires qui ont participé chez l'organisateur",
    en: 'holders who took part with the organizer',
  },
  source: 'organizer-periods',
  where: [],
  places: ['ORGANIZER'],
  placesSeveral: true,
  periods: ['QUARTER', 'YEAR', 'SEASON'],
  closesAfterDays: 0,
  dimensions: [TARIFF_IN_PERIOD, { id: 'state', sql: 'state', several: false }],
  lattice: allSetsOf('tariff', 'state'),
  columns: [],
  publishesPeople: true,
  links: [{ cube: 'organizer-public', kind: 'SAME', dimensions: [[]] }],
}
