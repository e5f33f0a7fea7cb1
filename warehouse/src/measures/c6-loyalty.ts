import { COVERAGE, notes } from './coverage.ts'
import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { people, shareWith, spread, sum } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const c6Loyalty: Measure = {
  id: 'C6',
  slug: 'loyalty',
  perspective: 'ORGANIZER',
  names: { nl: 'Trouw en breedte', fr: 'Fidélité et diversité', en: 'Loyalty and breadth' },
  definition: {
    nl: 'Hoe vaak het publiek bij de organisator kwam, en hoeveel van hen ook in andere sectoren deelnamen. Andere organisatoren worden nooit genoemd.',
    fr: "Combien de fois le public est venu chez l'organisateur, et combien ont participé aussi dans d'autres secteurs. Les autres organisateurs ne sont jamais nommés.",
    en: 'How often the public came to the organizer, and how many of them took part in other sectors too. Other organizers are never named.',
  },
  population: POPULATIONS.ownPublic,
  coverage: notes(COVERAGE.checkins, COVERAGE.sectors),
  unit: 'MEAN',
  places: ['ORGANIZER'],
  periods: ['YEAR', 'SEASON'],
  dimensions: [[], ['frequency']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'mean',
      kind: 'MEAN',
      unit: 'MEAN',
      names: { nl: 'deelnames per pashouder', fr: 'participations par titulaire', en: 'participations per passholder' },
      dimensions: TOTAL,
      of: sum('organizer-frequency', 'participations'),
      per: people('organizer-frequency'),
    },
    {
      id: 'elsewhere',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'ook in andere sectoren', fr: "aussi dans d'autres secteurs", en: 'in other sectors too' },
      share: shareWith('organizer-frequency', { elsewhere: ['YES'] }),
    },
    {
      id: 'share',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'aandeel van het publiek', fr: 'part du public', en: 'share of the public' },
      dimensions: [['frequency']],
      share: spread('organizer-frequency', 'people', ['frequency']),
    },
  ],
}
