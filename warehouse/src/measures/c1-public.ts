import { COVERAGE } from './coverage.ts'
import type { Measure } from './measure.ts'
import { people, sum } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const c1Public: Measure = {
  id: 'C1',
  slug: 'public',
  perspective: 'ORGANIZER',
  names: { nl: 'Publiek', fr: 'Public', en: 'Public' },
  definition: {
    nl: 'Hoeveel verschillende pashouders kwamen, en hoe vaak samen.',
    fr: 'Combien de titulaires différents sont venus, et combien de fois ensemble.',
    en: 'How many different passholders came, and how often together.',
  },
  population: POPULATIONS.ownPublic,
  coverage: COVERAGE.checkins,
  unit: 'COUNT',
  places: ['ORGANIZER'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: [[], ['tariff'], ['in-region'], ['tariff', 'in-region']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'holders',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'pashouders', fr: 'titulaires', en: 'passholders' },
      of: people('organizer-public'),
    },
    {
      id: 'participations',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'deelnames', fr: 'participations', en: 'participations' },
      of: sum('organizer-public', 'participations'),
    },
  ],
}
