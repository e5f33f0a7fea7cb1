import { COVERAGE } from './coverage.ts'
import type { Measure } from './measure.ts'
import { people, spread, sum } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const c5Catchment: Measure = {
  id: 'C5',
  slug: 'catchment',
  perspective: 'ORGANIZER',
  names: { nl: 'Herkomst van het publiek', fr: 'Provenance du public', en: 'Catchment' },
  definition: {
    nl: 'Deelnames bij de organisator naar woonplaats.',
    fr: "Participations chez l'organisateur selon le domicile.",
    en: 'Participations with the organizer by home.',
  },
  population: POPULATIONS.participations,
  coverage: COVERAGE.checkins,
  unit: 'PERCENT',
  places: ['ORGANIZER'],
  periods: ['YEAR', 'SEASON'],
  dimensions: [['origin']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'share',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'aandeel van de deelnames', fr: 'part des participations', en: 'share of the participations' },
      share: spread('organizer-origins', 'participations', ['origin']),
    },
    {
      id: 'participations',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'deelnames', fr: 'participations', en: 'participations' },
      of: sum('organizer-origins', 'participations'),
    },
    {
      id: 'holders',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'pashouders', fr: 'titulaires', en: 'passholders' },
      of: people('organizer-origins'),
    },
  ],
}
