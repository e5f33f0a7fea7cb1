import { PARTICIPATIONS } from '../columns.ts'
import type { Cube } from '../cube.ts'
import { AGE_COARSE_THEN, ALL_PERIODS, allSetsOf, BY_CHECKIN, TARIFF_THEN, yesOrNo } from './shared.ts'

/** An organizer's public (A14, C1, C2, C4). */
export const ORGANIZER_PUBLIC_CUBE: Cube = {
  id: 'organizer-public',
  names: { nl: 'publiek van een organisator', fr: "public d'un organisateur", en: 'public of an organizer' },
  population: {
    nl: 'passhouders die bij de organisator deelnamen',
    fr: "titulaires qui ont participé chez l'organisateur",
    en: 'holders who took part with the organizer',
  },
  source: 'participations',
  where: [BY_CHECKIN],
  places: ['ALL', 'ORGANIZER'],
  placesSeveral: true,
  periods: ALL_PERIODS,
  closesAfterDays: 0,
  dimensions: [TARIFF_THEN, AGE_COARSE_THEN, { ...yesOrNo('in-region', 'in_region'), several: true }],
  lattice: allSetsOf('tariff', 'age-coarse', 'in-region'),
  columns: [PARTICIPATIONS],
  publishesPeople: true,
  links: [{ cube: 'sectors', kind: 'SAME', dimensions: allSetsOf('tariff', 'age-coarse') }],
}
