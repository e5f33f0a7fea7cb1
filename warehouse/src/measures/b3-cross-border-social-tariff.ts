import { COVERAGE, notes } from './coverage.ts'
import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { sum } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const b3CrossBorderSocialTariff: Measure = {
  id: 'B3',
  slug: 'cross-border-social-tariff',
  perspective: 'REGION',
  names: {
    nl: 'Kansentarief over de gemeentegrens',
    fr: 'Tarif réduit au-delà de la commune',
    en: 'Social tariff across the municipal border',
  },
  definition: {
    nl: 'Deelnames met kansentarief in een andere gemeente van de eigen regio, op alle deelnames met kansentarief.',
    fr: 'Participations au tarif réduit dans une autre commune de sa région, sur toutes les participations au tarif réduit.',
    en: 'Participations with the social tariff in another municipality of the own region, of all participations with the social tariff.',
  },
  population: POPULATIONS.participations,
  coverage: notes(COVERAGE.checkins, {
    nl: 'Een reeks jaren met de dag van toetreding erbij toont voor en na.',
    fr: "Une série d'années avec la date d'adhésion montre l'avant et l'après.",
    en: 'A series of years with the day of joining shows before and after.',
  }),
  unit: 'PERCENT',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: TOTAL,
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'cross-border',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: {
        nl: 'in een andere gemeente van de regio',
        fr: 'dans une autre commune de la région',
        en: 'in another municipality of the region',
      },
      share: {
        part: sum('destinations', 'participations', { tariff: ['KT'], area: ['REGION'] }),
        whole: sum('destinations', 'participations', { tariff: ['KT'] }),
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
      of: sum('destinations', 'participations', { tariff: ['KT'] }),
    },
  ],
}
