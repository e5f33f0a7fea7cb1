import type { Cube } from '../cube.ts'

/** The stock within a municipality, by postal code: the smallest area that the registry tells the journal (A15). */
export const NEIGHBOURHOODS_CUBE: Cube = {
  id: 'neighbourhoods',
  names: { nl: 'passhouders per postcode', fr: 'titulaires par code postal', en: 'passholders by postal code' },
  population: {
    nl: 'passhouders met een geldig lidmaatschap op de laatste dag van de periode',
    fr: "titulaires dont l'affiliation est valable le dernier jour de la période",
    en: 'holders with an active membership on the last day of the period',
  },
  source: 'holder-periods',
  where: ['valid_at_end'],
  places: ['MUNICIPALITY'],
  placesSeveral: false,
  periods: ['YEAR'],
  closesAfterDays: 0,
  dimensions: [{ id: 'postal-code', sql: 'home_postal_code', several: false }],
  lattice: [[], ['postal-code']],
  columns: [],
  publishesPeople: true,
  isStock: true,
  links: [{ cube: 'holders', kind: 'SAME', dimensions: [[]] }],
}
