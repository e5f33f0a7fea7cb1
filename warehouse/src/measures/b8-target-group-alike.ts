import { COVERAGE, notes } from './coverage.ts'
import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { shareWith } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const b8TargetGroupAlike: Measure = {
  id: 'B8',
  slug: 'target-group-alike',
  perspective: 'REGION',
  names: {
    nl: 'Is de doelgroep overal gelijk afgebakend?',
    fr: 'Le groupe cible est-il défini partout pareil ?',
    en: 'Is the target group defined alike?',
  },
  definition: {
    nl: 'Het aandeel pashouders met kansentarief en het aandeel vernieuwingen, gemeente naast gemeente.',
    fr: 'La part des titulaires au tarif réduit et celle des renouvellements, commune à côté de commune.',
    en: 'The share of passholders with the social tariff and the share of renewals, municipality beside municipality.',
  },
  population: POPULATIONS.validAtEnd,
  coverage: notes(COVERAGE.tariffRound, {
    nl: 'De criteria zelf legt elke gemeente vast; ze staan niet in het register.',
    fr: 'Chaque commune fixe elle-même les critères ; ils ne sont pas dans le registre.',
    en: 'Each municipality sets the criteria itself; they are not in the registry.',
  }),
  unit: 'PERCENT',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['QUARTER', 'YEAR', 'SEASON'],
  dimensions: TOTAL,
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'social-tariff-share',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'aandeel met kansentarief', fr: 'part au tarif réduit', en: 'share with the social tariff' },
      share: shareWith('holders', { tariff: ['KT'] }),
    },
    {
      id: 'renewed',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'vernieuwd binnen 90 dagen', fr: 'renouvelé dans les 90 jours', en: 'renewed within 90 days' },
      share: shareWith('renewal', { renewed: ['YES'] }),
    },
  ],
}
