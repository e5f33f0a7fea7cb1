import { COVERAGE, notes } from './coverage.ts'
import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { spread, sum } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const a8MobilityOut: Measure = {
  id: 'A8',
  slug: 'mobility-out',
  perspective: 'MUNICIPALITY',
  names: { nl: 'Uitgaande mobiliteit', fr: 'Mobilité sortante', en: 'Mobility out' },
  definition: {
    nl: 'Hoeveel deelnames van onze inwoners buiten hun gemeente plaatsvonden, van alle deelnames waarvan de plaats bekend is.',
    fr: 'Combien de participations de nos habitants ont eu lieu hors de leur commune, de toutes celles dont le lieu est connu.',
    en: 'How many participations of our residents took place outside of their municipality, of all those whose place is known.',
  },
  population: POPULATIONS.participations,
  coverage: notes(COVERAGE.checkins, {
    nl: 'Voor het kansentarief alleen binnen het eigen kaartsysteem: daarbuiten geldt het niet.',
    fr: 'Pour le tarif réduit seulement dans son propre système de cartes : il ne vaut pas ailleurs.',
    en: 'For the social tariff within the own card system only: it does not hold elsewhere.',
  }),
  unit: 'PERCENT',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: [[], ['destination'], ['tariff', 'destination']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'elsewhere',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'elders', fr: 'ailleurs', en: 'elsewhere' },
      dimensions: TOTAL,
      share: {
        part: sum('destinations', 'participations', { area: ['REGION', 'ELSEWHERE'] }),
        whole: sum('destinations', 'participations', { area: ['HOME', 'REGION', 'ELSEWHERE'] }),
      },
    },
    {
      id: 'elsewhere-social-tariff',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: {
        nl: 'elders in de regio, met kansentarief',
        fr: 'ailleurs dans la région, au tarif réduit',
        en: 'elsewhere in the region, with the social tariff',
      },
      dimensions: TOTAL,
      share: {
        part: sum('destinations', 'participations', { tariff: ['KT'], area: ['REGION'] }),
        whole: sum('destinations', 'participations', { tariff: ['KT'], area: ['HOME', 'REGION'] }),
      },
    },
    {
      id: 'share',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'aandeel van de deelnames', fr: 'part des participations', en: 'share of participations' },
      dimensions: [['destination'], ['tariff', 'destination']],
      share: spread('destinations', 'participations', ['destination']),
    },
    {
      id: 'participations',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'deelnames', fr: 'participations', en: 'participations' },
      of: sum('destinations', 'participations'),
    },
  ],
}
