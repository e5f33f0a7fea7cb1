import { BY_TARIFF, TOTAL } from './dimension-sets.ts'
import type { Band, Measure } from './measure.ts'
import { people, shareWith } from './part.ts'

const DAYS_TO_FIRST: readonly Band[] = [
  { member: '0-6', from: 0, to: 6 },
  { member: '7-13', from: 7, to: 13 },
  { member: '14-27', from: 14, to: 27 },
  { member: '28-55', from: 28, to: 55 },
  { member: '56-90', from: 56, to: 90 },
]

export const a13WelcomeBenefits: Measure = {
  id: 'A13',
  slug: 'welcome-benefits',
  perspective: 'MUNICIPALITY',
  names: { nl: 'Welkomstvoordelen', fr: 'Avantages de bienvenue', en: 'Welcome benefits' },
  definition: {
    nl: 'Van de nieuwe pashouders met minstens één welkomstvoordeel: hoeveel er binnen 90 dagen een opnamen, en na hoeveel dagen.',
    fr: 'Des nouveaux titulaires avec au moins un avantage de bienvenue : combien en ont utilisé un dans les 90 jours, et après combien de jours.',
    en: 'Of the new passholders with at least one welcome benefit: how many took one within 90 days, and after how many days.',
  },
  population: {
    nl: 'Pashouders die zich in de periode inschreven en een welkomstvoordeel kregen.',
    fr: 'Titulaires inscrits pendant la période et qui ont reçu un avantage de bienvenue.',
    en: 'Passholders who registered in the period and were given a welcome benefit.',
  },
  coverage: {
    nl: 'Volledig 90 dagen na de periode. Wie naar een andere regio verhuist, krijgt nieuwe voordelen maar is geen nieuwe pashouder.',
    fr: "Complet 90 jours après la période. Qui déménage vers une autre région reçoit de nouveaux avantages mais n'est pas un nouveau titulaire.",
    en: 'Complete 90 days after the period. Whoever moves to another region gets new benefits but is not a new passholder.',
  },
  unit: 'PERCENT',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['QUARTER', 'YEAR'],
  dimensions: BY_TARIFF,
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'used',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'gebruikt binnen 90 dagen', fr: 'utilisé dans les 90 jours', en: 'used within 90 days' },
      share: shareWith('welcome', { redeemed: ['YES'] }),
    },
    {
      id: 'days-to-first',
      kind: 'MEDIAN',
      unit: 'MEDIAN',
      names: {
        nl: 'dagen tot het eerste gebruik (mediaan)',
        fr: "jours jusqu'à la première utilisation (médiane)",
        en: 'days to the first use (median)',
      },
      dimensions: TOTAL,
      of: people('welcome'),
      by: 'days-to-first',
      bands: DAYS_TO_FIRST,
    },
    {
      id: 'granted',
      kind: 'COUNT',
      unit: 'COUNT',
      names: {
        nl: 'nieuwe pashouders met een voordeel',
        fr: 'nouveaux titulaires avec un avantage',
        en: 'new passholders with a benefit',
      },
      of: people('welcome'),
    },
  ],
}
