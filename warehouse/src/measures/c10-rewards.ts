import type { Measure } from './measure.ts'
import { people, sum } from './part.ts'

export const c10Rewards: Measure = {
  id: 'C10',
  slug: 'rewards',
  perspective: 'ORGANIZER',
  names: { nl: 'Ruilvoordelen', fr: 'Avantages à échanger', en: 'Rewards' },
  definition: {
    nl: 'Hoe vaak voordelen van de organisator geruild werden, en voor hoeveel punten.',
    fr: "Combien de fois les avantages de l'organisateur ont été échangés, et pour combien de points.",
    en: 'How often rewards of the organizer were redeemed, and for how many points.',
  },
  population: {
    nl: 'Geruilde voordelen die niet ongedaan gemaakt zijn.',
    fr: "Avantages échangés qui n'ont pas été annulés.",
    en: 'Redeemed rewards that were not voided.',
  },
  coverage: {
    nl: 'Hoe vaak een voordeel bekeken is, wordt niet vastgelegd.',
    fr: "Le nombre de consultations d'un avantage n'est pas enregistré.",
    en: 'How often a reward was looked at is not recorded.',
  },
  unit: 'COUNT',
  places: ['ORGANIZER'],
  periods: ['QUARTER', 'YEAR', 'SEASON'],
  dimensions: [[], ['reward']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'redemptions',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'geruild', fr: 'échanges', en: 'redemptions' },
      of: sum('organizer-rewards', 'redemptions'),
    },
    {
      id: 'points',
      kind: 'COUNT',
      unit: 'POINTS',
      names: { nl: 'punten', fr: 'points', en: 'points' },
      of: sum('organizer-rewards', 'points'),
    },
    {
      id: 'holders',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'pashouders', fr: 'titulaires', en: 'passholders' },
      of: people('organizer-rewards'),
    },
  ],
}
