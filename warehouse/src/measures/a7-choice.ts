import { COVERAGE, notes } from './coverage.ts'
import type { Measure } from './measure.ts'
import { spread, sum } from './part.ts'
import { POPULATIONS } from './populations.ts'

const OF_GROUP = spread('sectors', 'participations', ['sector'])

export const a7Choice: Measure = {
  id: 'A7',
  slug: 'choice',
  perspective: 'MUNICIPALITY',
  names: { nl: 'Keuze', fr: 'Choix', en: 'Choice' },
  definition: {
    nl: 'Hoe de deelnames van een groep verdeeld zijn over de sectoren, en hoe dat afwijkt van alle deelnames samen (index 100 is gelijk).',
    fr: "Comment les participations d'un groupe se répartissent sur les secteurs, et en quoi cela diffère de toutes les participations (indice 100 : pareil).",
    en: 'How the participations of a group are spread over the sectors, and how that differs from all participations (index 100 is the same).',
  },
  population: POPULATIONS.participations,
  coverage: notes(COVERAGE.checkins, COVERAGE.sectors, COVERAGE.freeOffer),
  unit: 'PERCENT',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: [['sector'], ['tariff', 'sector'], ['age-coarse', 'sector']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'share',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'aandeel van de deelnames', fr: 'part des participations', en: 'share of participations' },
      share: OF_GROUP,
    },
    {
      id: 'index',
      kind: 'INDEX',
      unit: 'INDEX',
      names: { nl: 'index', fr: 'indice', en: 'index' },
      dimensions: [
        ['tariff', 'sector'],
        ['age-coarse', 'sector'],
      ],
      share: OF_GROUP,
      standard: spread('sectors', 'participations', ['sector', 'tariff', 'age-coarse'], ['tariff', 'age-coarse']),
    },
    {
      id: 'participations',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'deelnames', fr: 'participations', en: 'participations' },
      of: sum('sectors', 'participations'),
    },
  ],
}
