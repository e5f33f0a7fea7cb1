import { COVERAGE, notes } from './coverage.ts'
import { BY_AGE, BY_TARIFF_AND_AGE } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { people } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const a1Reach: Measure = {
  id: 'A1',
  slug: 'reach',
  perspective: 'MUNICIPALITY',
  names: { nl: 'Bereik', fr: 'Portée', en: 'Reach' },
  definition: {
    nl: 'Pashouders op de laatste dag van de periode, op alle inwoners op 1 januari daarna.',
    fr: 'Titulaires le dernier jour de la période, rapportés à tous les habitants au 1er janvier suivant.',
    en: 'Passholders on the last day of the period, of all inhabitants on 1 January after it.',
  },
  population: POPULATIONS.validAtEnd,
  coverage: notes(COVERAGE.registry, {
    nl: 'Inwoners volgens Statbel, van het jaar dat erbij staat; per leeftijd alleen waar die tabel ze heeft.',
    fr: "Habitants selon Statbel, de l'année indiquée ; par âge seulement là où cette table les contient.",
    en: 'Inhabitants by Statbel, of the year that is printed; by age only where that table has them.',
  }),
  unit: 'PERCENT',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: BY_TARIFF_AND_AGE,
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'reach',
      kind: 'PER_REFERENCE',
      unit: 'PERCENT',
      names: { nl: 'bereik', fr: 'portée', en: 'reach' },
      dimensions: BY_AGE,
      of: people('holders'),
      reference: 'inhabitants',
      scale: 100,
    },
    {
      id: 'holders',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'pashouders', fr: 'titulaires', en: 'passholders' },
      of: people('holders'),
    },
  ],
}
