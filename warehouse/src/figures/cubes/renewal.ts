import type { Cube } from '../cube.ts'
import { AGE, allSetsOf, HOME_PLACES, yesOrNo } from './shared.ts'

/** Whose social tariff ended, and who had it again within 90 days (A11, B8). */
export const RENEWAL_CUBE: Cube = {
  id: 'renewal',
  names: { nl: 'verlenging van het kansentarief', fr: 'prolongation du tarif réduit', en: 'renewal of the social tariff' },
  population: {
    nl: 'passhouders van wie een kansentarief in de periode afliep',
    fr: 'titulaires dont un tarif réduit a pris fin pendant la période',
    en: 'holders of whom a social tariff ran out in the period',
  },
  source: 'holder-periods',
  where: ['kt_ended'],
  places: HOME_PLACES,
  placesSeveral: false,
  periods: ['QUARTER', 'YEAR', 'SEASON'],
  closesAfterDays: 90,
  dimensions: [AGE, yesOrNo('renewed', 'kt_renewed')],
  lattice: allSetsOf('age', 'renewed'),
  columns: [],
  publishesPeople: true,
  links: [],
}
