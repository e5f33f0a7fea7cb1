import { PARTICIPATIONS } from '../columns.ts'
import type { Cube } from '../cube.ts'
import { BY_CHECKIN, numbered, YEARS } from './shared.ts'

/** Where an organizer's public lives (C5). Origin 0: abroad or unknown. */
export const ORGANIZER_ORIGINS_CUBE: Cube = {
  id: 'organizer-origins',
  names: { nl: 'herkomst van het publiek', fr: 'provenance du public', en: 'origins of the public' },
  population: {
    nl: 'passhouders die bij de organisator deelnamen',
    fr: "titulaires qui ont participé chez l'organisateur",
    en: 'holders who took part with the organizer',
  },
  source: 'participations',
  where: [BY_CHECKIN],
  places: ['ORGANIZER'],
  placesSeveral: true,
  periods: YEARS,
  closesAfterDays: 0,
  dimensions: [{ ...numbered('origin', 'home_nis'), several: true }],
  lattice: [[], ['origin']],
  columns: [PARTICIPATIONS],
  publishesPeople: true,
  links: [{ cube: 'organizer-public', kind: 'SAME', dimensions: [[]] }],
}
