import type { Column, Cube } from '../cube.ts'
import { HOME_PLACES, TARIFF_IN_PERIOD, YEARS } from './shared.ts'

/** Expected number of sectors among three of a holder's participations, in thousandths: one to three. */
const EXPECTED_SECTORS: Column = {
  id: 'expected-sectors',
  names: { nl: 'verwachte sectoren (duizendsten)', fr: 'secteurs attendus (millièmes)', en: 'expected sectors (thousandths)' },
  unit: 'milli',
  roundingBase: 1_000,
  shareMax: { MONTH: 3_000, QUARTER: 3_000, YEAR: 3_000 },
  sql: 'expected_sectors',
}

/** How many sectors three participations would show (rarefaction), because breadth rises with frequency (A6). */
export const VARIETY_CUBE: Cube = {
  id: 'variety',
  names: {
    nl: 'verscheidenheid bij drie deelnames',
    fr: 'diversité pour trois participations',
    en: 'variety at three participations',
  },
  population: {
    nl: 'passhouders met minstens drie deelnames in de periode',
    fr: 'titulaires avec au moins trois participations pendant la période',
    en: 'holders with at least three participations in the period',
  },
  source: 'holder-periods',
  where: ['participations >= 3'],
  places: HOME_PLACES,
  placesSeveral: false,
  periods: YEARS,
  closesAfterDays: 0,
  dimensions: [TARIFF_IN_PERIOD],
  lattice: [[], ['tariff']],
  columns: [EXPECTED_SECTORS],
  publishesPeople: true,
  links: [{ cube: 'frequency', kind: 'CONTAINED', dimensions: [[], ['tariff']] }],
}
