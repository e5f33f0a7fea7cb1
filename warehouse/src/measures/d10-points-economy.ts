import { COVERAGE, notes } from './coverage.ts'
import { BY_TARIFF, TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { queried, sum } from './part.ts'
import type { Query } from './query.ts'

const OUTSTANDING: Query = {
  id: 'outstanding-points',
  names: { nl: 'openstaande punten', fr: 'points ouverts', en: 'outstanding points' },
  dimensions: [],
  columns: ['points'],
  sql: `SELECT 'all' AS place, sum(points) AS points
FROM transactions FINAL
PREWHERE occurred_on <= {lastDay:Date}
WHERE programme = 'uitpas'`,
}

export const d10PointsEconomy: Measure = {
  id: 'D10',
  slug: 'points-economy',
  perspective: 'OPERATOR',
  names: { nl: 'Puntenhuishouding', fr: 'Économie des points', en: 'Points economy' },
  definition: {
    nl: 'Punten die in de periode gespaard, toegekend en geruild zijn, en wat er op het einde nog openstaat.',
    fr: 'Points épargnés, accordés et échangés pendant la période, et ce qui reste ouvert à la fin.',
    en: 'Points that were saved, given and redeemed in the period, and what is outstanding at its end.',
  },
  population: {
    nl: 'Punten van pashouders, na annulaties.',
    fr: 'Points des titulaires, après annulations.',
    en: 'Points of passholders, after voids.',
  },
  coverage: notes(COVERAGE.technical, {
    nl: 'Punten vervallen niet. Wat openstaat, is de som van alle saldi, voor heel Vlaanderen en Brussel samen.',
    fr: "Les points n'expirent pas. Ce qui reste ouvert est la somme de tous les soldes, pour toute la Flandre et Bruxelles ensemble.",
    en: 'Points do not expire. What is outstanding is the sum of all balances, of all Flanders and Brussels together.',
  }),
  unit: 'POINTS',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: BY_TARIFF,
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'redemption',
      kind: 'MEAN',
      unit: 'RATIO',
      names: {
        nl: 'geruild per gespaard of toegekend punt',
        fr: 'échangé par point épargné ou accordé',
        en: 'redeemed per point saved or given',
      },
      of: sum('points', 'redeemed'),
      per: sum('points', ['saved', 'given']),
    },
    {
      id: 'saved',
      kind: 'COUNT',
      unit: 'POINTS',
      names: { nl: 'gespaard', fr: 'épargnés', en: 'saved' },
      of: sum('points', 'saved'),
    },
    {
      id: 'given',
      kind: 'COUNT',
      unit: 'POINTS',
      names: { nl: 'toegekend', fr: 'accordés', en: 'given' },
      of: sum('points', 'given'),
    },
    {
      id: 'redeemed',
      kind: 'COUNT',
      unit: 'POINTS',
      names: { nl: 'geruild', fr: 'échangés', en: 'redeemed' },
      of: sum('points', 'redeemed'),
    },
    {
      id: 'outstanding',
      kind: 'COUNT',
      unit: 'POINTS',
      names: { nl: 'openstaand op het einde', fr: 'ouverts à la fin', en: 'outstanding at the end' },
      dimensions: TOTAL,
      places: ['ALL'],
      of: queried('outstanding-points', 'points'),
    },
  ],
  queries: [OUTSTANDING],
}
