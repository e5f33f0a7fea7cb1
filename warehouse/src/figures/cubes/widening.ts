import type { Cube } from '../cube.ts'
import { allSetsOf, HOME_PLACES, TARIFF_IN_PERIOD, YEARS, yesOrNo } from './shared.ts'

/** Who met a sector that they had not been seen in for 24 months (A6). */
export const WIDENING_CUBE: Cube = {
  id: 'widening',
  names: { nl: 'smaakverbreding', fr: 'élargissement des goûts', en: 'widening of taste' },
  population: {
    nl: 'passhouders die in deze en in de vorige periode deelnamen',
    fr: 'titulaires qui ont participé pendant cette période et la précédente',
    en: 'holders who took part in this period and in the one before',
  },
  source: 'holder-periods',
  where: ['participations > 0', 'active_before'],
  places: HOME_PLACES,
  placesSeveral: false,
  periods: YEARS,
  closesAfterDays: 0,
  dimensions: [TARIFF_IN_PERIOD, yesOrNo('widened', 'new_sectors > 0')],
  lattice: allSetsOf('tariff', 'widened'),
  columns: [],
  publishesPeople: true,
  links: [{ cube: 'frequency', kind: 'CONTAINED', dimensions: [[], ['tariff']] }],
}
