import { COVERAGE, notes } from './coverage.ts'
import type { Measure } from './measure.ts'
import { sum } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const c2SocialTariffPublic: Measure = {
  id: 'C2',
  slug: 'social-tariff-public',
  perspective: 'ORGANIZER',
  names: { nl: 'Publiek met kansentarief', fr: 'Public au tarif réduit', en: 'Public with the social tariff' },
  definition: {
    nl: 'Deelnames met kansentarief, op alle deelnames bij de organisator.',
    fr: "Participations au tarif réduit, sur toutes les participations chez l'organisateur.",
    en: 'Participations with the social tariff, of all participations with the organizer.',
  },
  population: POPULATIONS.participations,
  coverage: notes(COVERAGE.checkins, COVERAGE.tariffRegion),
  unit: 'PERCENT',
  places: ['ORGANIZER'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: [[], ['age-coarse'], ['in-region']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'social-tariff',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'met kansentarief', fr: 'au tarif réduit', en: 'with the social tariff' },
      share: {
        part: sum('organizer-public', 'participations', { tariff: ['KT'] }),
        whole: sum('organizer-public', 'participations'),
      },
    },
    {
      id: 'participations',
      kind: 'COUNT',
      unit: 'COUNT',
      names: {
        nl: 'deelnames met kansentarief',
        fr: 'participations au tarif réduit',
        en: 'participations with the social tariff',
      },
      of: sum('organizer-public', 'participations', { tariff: ['KT'] }),
    },
  ],
}
