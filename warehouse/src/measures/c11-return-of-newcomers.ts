import { COVERAGE, notes } from './coverage.ts'
import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { people, shareWith } from './part.ts'

export const c11ReturnOfNewcomers: Measure = {
  id: 'C11',
  slug: 'return-of-newcomers',
  perspective: 'ORGANIZER',
  names: { nl: 'Terugkeer van nieuwkomers', fr: 'Retour des nouveaux', en: 'Return of newcomers' },
  definition: {
    nl: 'Van wie in dit seizoen voor het eerst kwam: hoeveel er binnen 12 maanden terugkwamen.',
    fr: 'De ceux qui sont venus pour la première fois cette saison : combien sont revenus dans les 12 mois.',
    en: 'Of those who came for the first time this season: how many came again within 12 months.',
  },
  population: {
    nl: 'Pashouders met hun eerste deelname bij deze organisator in het seizoen.',
    fr: 'Titulaires dont la première participation chez cet organisateur tombe dans la saison.',
    en: 'Passholders whose first participation with this organizer is in the season.',
  },
  coverage: notes(COVERAGE.checkins, COVERAGE.history, {
    nl: 'Volledig een jaar na het seizoen.',
    fr: 'Complet un an après la saison.',
    en: 'Complete a year after the season.',
  }),
  unit: 'PERCENT',
  places: ['ORGANIZER'],
  periods: ['SEASON'],
  dimensions: TOTAL,
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'returned',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'teruggekeerd', fr: 'revenus', en: 'returned' },
      share: shareWith('organizer-return', { returned: ['YES'] }),
    },
    {
      id: 'newcomers',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'nieuwkomers', fr: 'nouveaux', en: 'newcomers' },
      of: people('organizer-return'),
    },
  ],
}
