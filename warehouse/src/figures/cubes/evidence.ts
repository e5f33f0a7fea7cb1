import { PARTICIPATIONS } from '../columns.ts'
import type { Cube } from '../cube.ts'
import { HOME_PLACES, TARIFF_THEN, YEARS } from './shared.ts'

/** Participations on all evidence: tickets tell of people who never checked in (A5). */
export const EVIDENCE_CUBE: Cube = {
  id: 'evidence',
  names: { nl: 'deelnames per bewijs', fr: 'participations par preuve', en: 'participations by evidence' },
  population: {
    nl: 'passhouders met een check-in of een ticket aan kansentarief',
    fr: 'titulaires avec un check-in ou un ticket au tarif réduit',
    en: 'holders with a check-in or a ticket at the social tariff',
  },
  source: 'participations',
  where: [],
  places: HOME_PLACES,
  placesSeveral: true,
  periods: YEARS,
  closesAfterDays: 0,
  dimensions: [TARIFF_THEN, { id: 'evidence', sql: 'evidence', several: true }],
  lattice: [[], ['tariff'], ['evidence']],
  columns: [PARTICIPATIONS],
  publishesPeople: true,
  links: [],
}
