import type { Cube } from '../cube.ts'
import { AGE, ALL_PERIODS, allSetsOf, HOME_PLACES, TARIFF_AT_END } from './shared.ts'

/** The stock: who has a pass at the end (A1, A2, B8). */
export const HOLDERS_CUBE: Cube = {
  id: 'holders',
  names: { nl: 'passhouders', fr: 'titulaires', en: 'passholders' },
  population: {
    nl: 'passhouders met een geldig lidmaatschap op de laatste dag van de periode',
    fr: "titulaires dont l'affiliation est valable le dernier jour de la période",
    en: 'holders with an active membership on the last day of the period',
  },
  source: 'holder-periods',
  where: ['valid_at_end'],
  places: HOME_PLACES,
  placesSeveral: false,
  periods: ALL_PERIODS,
  closesAfterDays: 0,
  dimensions: [TARIFF_AT_END, AGE],
  lattice: allSetsOf('tariff', 'age'),
  columns: [],
  publishesPeople: true,
  links: [],
  isStock: true,
}
