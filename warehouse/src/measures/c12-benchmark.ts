import { c1Public } from './c1-public.ts'
import { COVERAGE, notes } from './coverage.ts'
import { TOTAL } from './dimension-sets.ts'
import { figuresOfTotal } from './figures-of-total.ts'
import type { Measure } from './measure.ts'
import { people, shareWith, sum } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const c12Benchmark: Measure = {
  id: 'C12',
  slug: 'benchmark',
  perspective: 'ORGANIZER',
  names: { nl: 'Vergelijking met gelijken', fr: 'Comparaison avec des pairs', en: 'Benchmark' },
  definition: {
    nl: 'De eigen waarde naast de mediaan en de kwartielen van minstens vijf vergelijkbare, naamloze organisatoren.',
    fr: "La valeur propre à côté de la médiane et des quartiles d'au moins cinq organisateurs comparables et anonymes.",
    en: 'The own value beside the median and the quartiles of at least five comparable organizers without names.',
  },
  population: POPULATIONS.ownPublic,
  coverage: notes(COVERAGE.checkins, {
    nl: 'De groep ligt vast voor een seizoen; geen gelijke maakt meer dan de helft uit. Lees de dekking van de registratie (C13) ernaast.',
    fr: "Le groupe est fixé pour une saison ; aucun pair n'en fait plus de la moitié. À lire avec la couverture de l'enregistrement (C13).",
    en: 'The group is fixed for a season; no peer makes up more than half of it. Read it beside the coverage of the registration (C13).',
  }),
  unit: 'PERCENT',
  places: ['ORGANIZER'],
  periods: ['SEASON'],
  dimensions: TOTAL,
  disclosure: 'BENCHMARK',
  figures: [
    ...figuresOfTotal(c1Public),
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
      id: 'new',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'nieuw publiek', fr: 'nouveau public', en: 'new public' },
      share: shareWith('organizer-states', { state: ['NEW'] }),
    },
    {
      id: 'in-region',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'uit de regio', fr: 'de la région', en: 'from the region' },
      share: {
        part: sum('organizer-public', 'participations', { 'in-region': ['YES'] }),
        whole: sum('organizer-public', 'participations'),
      },
    },
    {
      id: 'participations-per-holder',
      kind: 'MEAN',
      unit: 'MEAN',
      names: { nl: 'deelnames per pashouder', fr: 'participations par titulaire', en: 'participations per passholder' },
      of: sum('organizer-frequency', 'participations'),
      per: people('organizer-frequency'),
    },
    {
      id: 'returned',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'teruggekeerde nieuwkomers', fr: 'nouveaux revenus', en: 'newcomers who returned' },
      share: shareWith('organizer-return', { returned: ['YES'] }),
    },
  ],
}
