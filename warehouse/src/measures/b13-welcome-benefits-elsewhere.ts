import { COVERAGE } from './coverage.ts'
import type { Measure } from './measure.ts'
import { spread, sum } from './part.ts'

export const b13WelcomeBenefitsElsewhere: Measure = {
  id: 'B13',
  slug: 'welcome-benefits-elsewhere',
  perspective: 'REGION',
  names: {
    nl: 'Waar welkomstvoordelen opgenomen worden',
    fr: 'Où les avantages de bienvenue sont utilisés',
    en: 'Where welcome benefits are used',
  },
  definition: {
    nl: 'Welkomstvoordelen van inwoners per gemeente waar ze die opnamen, op alle welkomstvoordelen die zij opnamen.',
    fr: "Avantages de bienvenue des habitants par commune où ils les ont utilisés, sur tous ceux qu'ils ont utilisés.",
    en: 'Welcome benefits of residents by the municipality where they took them, of all those that they took.',
  },
  population: {
    nl: 'Welkomstvoordelen die in de periode opgenomen zijn.',
    fr: 'Avantages de bienvenue utilisés pendant la période.',
    en: 'Welcome benefits that were taken in the period.',
  },
  coverage: COVERAGE.technical,
  unit: 'PERCENT',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['YEAR', 'SEASON'],
  dimensions: [[], ['destination']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'share',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'aandeel', fr: 'part', en: 'share' },
      dimensions: [['destination']],
      share: spread('welcome-places', 'redemptions', ['destination']),
    },
    {
      id: 'redemptions',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'opgenomen welkomstvoordelen', fr: 'avantages de bienvenue utilisés', en: 'welcome benefits taken' },
      of: sum('welcome-places', 'redemptions'),
    },
  ],
}
