import { COVERAGE, notes } from './coverage.ts'
import type { Measure } from './measure.ts'
import { sum } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const c8EventsAndTheirPublic: Measure = {
  id: 'C8',
  slug: 'events-and-their-public',
  perspective: 'ORGANIZER',
  names: { nl: 'Activiteiten en hun publiek', fr: 'Activités et leur public', en: 'Events and their public' },
  definition: {
    nl: 'Van elke activiteit met minstens 30 deelnames: hoeveel deelnames met kansentarief.',
    fr: 'De chaque activité avec au moins 30 participations : combien au tarif réduit.',
    en: 'Of each event with at least 30 participations: how many with the social tariff.',
  },
  population: POPULATIONS.participations,
  coverage: notes(COVERAGE.checkins, {
    nl: 'Een activiteit van UiTdatabank met al haar dagen is een reeks.',
    fr: "Une activité d'UiTdatabank avec tous ses jours est une série.",
    en: 'An event of UiTdatabank with all its days is a series.',
  }),
  unit: 'PERCENT',
  places: ['ORGANIZER'],
  periods: ['YEAR', 'SEASON'],
  dimensions: [['event']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'social-tariff',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'met kansentarief', fr: 'au tarif réduit', en: 'with the social tariff' },
      share: {
        part: sum('organizer-events', 'participations', { tariff: ['KT'] }),
        whole: sum('organizer-events', 'participations'),
      },
      wholeMin: 30,
    },
    {
      id: 'participations',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'deelnames', fr: 'participations', en: 'participations' },
      of: sum('organizer-events', 'participations'),
    },
  ],
}
