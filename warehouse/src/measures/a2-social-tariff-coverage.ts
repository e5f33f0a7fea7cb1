import { COVERAGE, notes } from './coverage.ts'
import { BY_AGE, TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { people } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const a2SocialTariffCoverage: Measure = {
  id: 'A2',
  slug: 'social-tariff-coverage',
  perspective: 'MUNICIPALITY',
  names: {
    nl: 'Dekking van het kansentarief (benadering)',
    fr: 'Couverture du tarif réduit (approximation)',
    en: 'Coverage of the social tariff (approximation)',
  },
  definition: {
    nl: 'Pashouders met kansentarief op de laatste dag van de periode, op alle inwoners met verhoogde tegemoetkoming. Een benadering: gemeenten kennen het kansentarief ook op andere gronden toe, dus meer dan 100 % kan.',
    fr: "Titulaires au tarif réduit le dernier jour de la période, rapportés aux habitants bénéficiant de l'intervention majorée. Une approximation : les communes accordent le tarif réduit aussi pour d'autres motifs, plus de 100 % est donc possible.",
    en: 'Passholders with the social tariff on the last day of the period, of all inhabitants with increased reimbursement. An approximation: municipalities grant the social tariff on other grounds too, so more than 100 % is possible.',
  },
  population: POPULATIONS.validAtEnd,
  coverage: notes(COVERAGE.registry, COVERAGE.tariffRound),
  unit: 'PERCENT',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: BY_AGE,
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'coverage',
      kind: 'PER_REFERENCE',
      unit: 'PERCENT',
      names: { nl: 'dekking', fr: 'couverture', en: 'coverage' },
      dimensions: TOTAL,
      of: people('holders', { tariff: ['KT'] }),
      reference: 'increased-reimbursement',
      scale: 100,
    },
    {
      id: 'social-tariff-holders',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'pashouders met kansentarief', fr: 'titulaires au tarif réduit', en: 'passholders with the social tariff' },
      of: people('holders', { tariff: ['KT'] }),
    },
  ],
}
