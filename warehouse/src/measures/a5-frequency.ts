import { COVERAGE, notes } from './coverage.ts'
import { BY_TARIFF } from './dimension-sets.ts'
import type { Band, Measure } from './measure.ts'
import { people, spread, sum } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const FREQUENCY_BANDS: readonly Band[] = [
  { member: '1', from: 1, to: 1 },
  { member: '2-3', from: 2, to: 3 },
  { member: '4-6', from: 4, to: 6 },
  { member: '7-12', from: 7, to: 12 },
  { member: '13+', from: 13 },
]

export const a5Frequency: Measure = {
  id: 'A5',
  slug: 'frequency',
  perspective: 'MUNICIPALITY',
  names: { nl: 'Frequentie', fr: 'Fréquence', en: 'Frequency' },
  definition: {
    nl: 'Hoe vaak wie deelneemt, deelneemt: deelnames per actieve pashouder, en hoeveel van hen 1, 2 tot 3, 4 tot 6, 7 tot 12 of meer keer kwamen.',
    fr: "Combien de fois participent ceux qui participent : participations par titulaire actif, et combien d'entre eux sont venus 1, 2 à 3, 4 à 6, 7 à 12 fois ou plus.",
    en: 'How often those who take part do so: participations per active passholder, and how many of them came once, 2 to 3, 4 to 6, 7 to 12 times or more.',
  },
  population: POPULATIONS.active,
  coverage: notes(COVERAGE.checkins, COVERAGE.freeOffer),
  unit: 'MEAN',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: [[], ['tariff'], ['frequency'], ['tariff', 'frequency']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'mean',
      kind: 'MEAN',
      unit: 'MEAN',
      names: {
        nl: 'deelnames per actieve pashouder',
        fr: 'participations par titulaire actif',
        en: 'participations per active passholder',
      },
      dimensions: BY_TARIFF,
      of: sum('frequency', 'participations'),
      per: people('frequency'),
    },
    {
      id: 'median',
      kind: 'MEDIAN',
      unit: 'MEDIAN',
      names: { nl: 'mediaan', fr: 'médiane', en: 'median' },
      dimensions: BY_TARIFF,
      of: people('frequency'),
      by: 'frequency',
      bands: FREQUENCY_BANDS,
    },
    {
      id: 'share',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'aandeel van de actieve pashouders', fr: 'part des titulaires actifs', en: 'share of the active passholders' },
      dimensions: [['frequency'], ['tariff', 'frequency']],
      share: spread('frequency', 'people', ['frequency']),
    },
    {
      id: 'participations',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'deelnames', fr: 'participations', en: 'participations' },
      dimensions: BY_TARIFF,
      of: sum('frequency', 'participations'),
    },
    {
      id: 'active-holders',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'actieve pashouders', fr: 'titulaires actifs', en: 'active passholders' },
      of: people('frequency'),
    },
  ],
}
