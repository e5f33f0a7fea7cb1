import { PARTICIPATIONS_OF_HOLDER } from '../columns.ts'
import type { Cube } from '../cube.ts'
import { AGE, ALL_PERIODS, allSetsOf, FREQUENCY, HOME_PLACES, TARIFF_IN_PERIOD } from './shared.ts'

/** How often active holders took part (A5). */
export const FREQUENCY_CUBE: Cube = {
  id: 'frequency',
  names: { nl: 'frequentie', fr: 'fréquence', en: 'frequency' },
  population: {
    nl: 'passhouders die in de periode deelnamen',
    fr: 'titulaires qui ont participé pendant la période',
    en: 'holders who took part in the period',
  },
  source: 'holder-periods',
  where: ['participations > 0'],
  places: HOME_PLACES,
  placesSeveral: false,
  periods: ALL_PERIODS,
  closesAfterDays: 0,
  dimensions: [TARIFF_IN_PERIOD, AGE, FREQUENCY],
  lattice: [...allSetsOf('tariff', 'age'), ['frequency'], ['tariff', 'frequency']],
  columns: [PARTICIPATIONS_OF_HOLDER],
  publishesPeople: true,
  links: [],
}
