import { COVERAGE, notes } from './coverage.ts'
import { BY_TARIFF, TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { people } from './part.ts'

export const b12Campaign: Measure = {
  id: 'B12',
  slug: 'campaign',
  perspective: 'REGION',
  names: { nl: 'Nieuwe pashouders (campagne)', fr: 'Nouveaux titulaires (campagne)', en: 'New passholders (campaign)' },
  definition: {
    nl: 'Nieuwe pashouders per 1.000 inwoners, maand na maand, naast dezelfde maanden van vorig jaar. Samenloop met een campagne, geen bewijs.',
    fr: "Nouveaux titulaires par 1 000 habitants, mois après mois, à côté des mêmes mois de l'année passée. Coïncidence avec une campagne, pas une preuve.",
    en: 'New passholders per 1,000 inhabitants, month by month, beside the same months of last year. Coincidence with a campaign, no proof.',
  },
  population: {
    nl: 'Pashouders met hun eerste geldige dag in de periode.',
    fr: 'Titulaires dont le premier jour valable tombe dans la période.',
    en: 'Passholders whose first valid day is in the period.',
  },
  coverage: notes(COVERAGE.registry, {
    nl: 'Personen worden alleen per afgesloten maand geteld, niet per week.',
    fr: 'Les personnes ne sont comptées que par mois clôturé, pas par semaine.',
    en: 'Persons are counted by closed months only, not by weeks.',
  }),
  unit: 'PER_1000',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: BY_TARIFF,
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'new-per-1000',
      kind: 'PER_REFERENCE',
      unit: 'PER_1000',
      names: {
        nl: 'nieuwe pashouders per 1.000 inwoners',
        fr: 'nouveaux titulaires par 1 000 habitants',
        en: 'new passholders per 1,000 inhabitants',
      },
      dimensions: TOTAL,
      of: people('registrations'),
      reference: 'inhabitants',
      scale: 1000,
    },
    {
      id: 'new-holders',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'nieuwe pashouders', fr: 'nouveaux titulaires', en: 'new passholders' },
      of: people('registrations'),
    },
  ],
}
