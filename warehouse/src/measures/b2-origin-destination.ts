import { COVERAGE, notes } from './coverage.ts'
import type { Measure } from './measure.ts'
import { people, spread, sum } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const b2OriginDestination: Measure = {
  id: 'B2',
  slug: 'origin-destination',
  perspective: 'REGION',
  names: { nl: 'Herkomst en bestemming', fr: 'Origine et destination', en: 'Origin and destination' },
  definition: {
    nl: 'Deelnames en pashouders van elke woongemeente naar elke gemeente van de activiteit; ook als deel van wat vertrekt en van wat aankomt.',
    fr: "Participations et titulaires de chaque commune de résidence vers chaque commune d'activité ; aussi en part des départs et des arrivées.",
    en: 'Participations and passholders from each home to each municipality of the activity; also as a share of what leaves and of what arrives.',
  },
  population: POPULATIONS.participations,
  coverage: notes(COVERAGE.checkins, COVERAGE.tariffRegion),
  unit: 'COUNT',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: [[], ['destination'], ['tariff', 'destination']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'participations',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'deelnames', fr: 'participations', en: 'participations' },
      of: sum('destinations', 'participations'),
    },
    {
      id: 'holders',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'pashouders', fr: 'titulaires', en: 'passholders' },
      of: people('destinations'),
    },
    {
      id: 'of-origin',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'deel van wie vertrekt', fr: 'part des départs', en: 'share of what leaves' },
      dimensions: [['destination'], ['tariff', 'destination']],
      share: spread('destinations', 'participations', ['destination']),
    },
    {
      id: 'of-destination',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'deel van wie aankomt', fr: 'part des arrivées', en: 'share of what arrives' },
      dimensions: [['destination'], ['tariff', 'destination']],
      share: {
        part: sum('destinations', 'participations'),
        whole: sum('destinations', 'participations', undefined, { everywhere: true }),
      },
    },
  ],
}
