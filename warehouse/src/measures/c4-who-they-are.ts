import { COVERAGE, notes } from './coverage.ts'
import type { Measure } from './measure.ts'
import { people, spread } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const c4WhoTheyAre: Measure = {
  id: 'C4',
  slug: 'who-they-are',
  perspective: 'ORGANIZER',
  names: { nl: 'Wie ze zijn', fr: 'Qui ils sont', en: 'Who they are' },
  definition: {
    nl: 'Het publiek naar leeftijd en kansentarief.',
    fr: 'Le public selon âge et tarif réduit.',
    en: 'The public by age and social tariff.',
  },
  population: POPULATIONS.ownPublic,
  coverage: notes(COVERAGE.checkins, COVERAGE.tariffRegion),
  unit: 'PERCENT',
  places: ['ORGANIZER'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: [['age-coarse'], ['tariff'], ['tariff', 'age-coarse']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'share',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'aandeel van de deelnames', fr: 'part des participations', en: 'share of the participations' },
      share: spread('organizer-public', 'participations', ['tariff', 'age-coarse']),
    },
    {
      id: 'holders',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'pashouders', fr: 'titulaires', en: 'passholders' },
      of: people('organizer-public'),
    },
  ],
}
