import { COVERAGE, notes } from './coverage.ts'
import type { Measure } from './measure.ts'
import { people, spread } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const c3NewPublic: Measure = {
  id: 'C3',
  slug: 'new-public',
  perspective: 'ORGANIZER',
  names: { nl: 'Nieuw publiek', fr: 'Nouveau public', en: 'New public' },
  definition: {
    nl: 'Wie voor het eerst bij deze organisator kwam, wie terugkwam, en wie er na meer dan 18 maanden weer was.',
    fr: 'Qui est venu pour la première fois chez cet organisateur, qui est revenu, et qui y était de nouveau après plus de 18 mois.',
    en: 'Who came to this organizer for the first time, who returned, and who was back after more than 18 months.',
  },
  population: POPULATIONS.ownPublic,
  coverage: notes(COVERAGE.checkins, COVERAGE.history),
  unit: 'PERCENT',
  places: ['ORGANIZER'],
  periods: ['QUARTER', 'YEAR', 'SEASON'],
  dimensions: [['state'], ['tariff', 'state']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'share',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'aandeel van het publiek', fr: 'part du public', en: 'share of the public' },
      share: spread('organizer-states', 'people', ['state']),
    },
    {
      id: 'holders',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'pashouders', fr: 'titulaires', en: 'passholders' },
      of: people('organizer-states'),
    },
  ],
}
