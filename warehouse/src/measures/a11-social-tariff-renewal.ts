import { COVERAGE, notes } from './coverage.ts'
import { BY_AGE } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { people, shareWith } from './part.ts'

export const a11SocialTariffRenewal: Measure = {
  id: 'A11',
  slug: 'social-tariff-renewal',
  perspective: 'MUNICIPALITY',
  names: { nl: 'Vernieuwing van het kansentarief', fr: 'Renouvellement du tarif réduit', en: 'Renewal of the social tariff' },
  definition: {
    nl: 'Van wie het kansentarief in de periode afliep: hoeveel het uiterlijk 90 dagen later weer hadden.',
    fr: 'De ceux dont le tarif réduit a pris fin pendant la période : combien le retrouvaient au plus tard 90 jours après.',
    en: 'Of those whose social tariff ended in the period: how many had it again at most 90 days later.',
  },
  population: {
    nl: 'Pashouders van wie een kansentarief in de periode afliep.',
    fr: 'Titulaires dont un tarif réduit a pris fin pendant la période.',
    en: 'Passholders of whom a social tariff ended in the period.',
  },
  coverage: notes(COVERAGE.registry, {
    nl: 'Wie voor de einddatum vernieuwde, telt als vernieuwd. Volledig 90 dagen na de periode.',
    fr: 'Qui a renouvelé avant la date de fin compte comme renouvelé. Complet 90 jours après la période.',
    en: 'Whoever renewed before the end counts as renewed. Complete 90 days after the period.',
  }),
  unit: 'PERCENT',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['QUARTER', 'YEAR', 'SEASON'],
  dimensions: BY_AGE,
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'renewed',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'vernieuwd', fr: 'renouvelé', en: 'renewed' },
      share: shareWith('renewal', { renewed: ['YES'] }),
    },
    {
      id: 'not-renewed',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'niet vernieuwd', fr: 'non renouvelé', en: 'not renewed' },
      of: people('renewal', { renewed: ['NO'] }),
    },
    {
      id: 'ended',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'afgelopen', fr: 'arrivé à terme', en: 'ended' },
      of: people('renewal'),
    },
  ],
}
