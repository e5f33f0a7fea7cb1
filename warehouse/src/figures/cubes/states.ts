import type { Cube } from '../cube.ts'
import { ALL_PERIODS, allSetsOf, HOME_PLACES, TARIFF_IN_PERIOD } from './shared.ts'

/** Who is new, came back or stayed away (A9, C1, D12). */
export const STATES_CUBE: Cube = {
  id: 'states',
  names: { nl: 'verloop', fr: 'évolution', en: 'states' },
  population: {
    nl: 'passhouders die in de periode geldig waren of deelnamen',
    fr: 'titulaires valables ou actifs pendant la période',
    en: 'holders who were valid or took part in the period',
  },
  source: 'holder-periods',
  where: ['valid_days > 0 OR participations > 0'],
  places: HOME_PLACES,
  placesSeveral: false,
  periods: ALL_PERIODS,
  closesAfterDays: 0,
  dimensions: [TARIFF_IN_PERIOD, { id: 'state', sql: 'state', several: false }],
  lattice: allSetsOf('tariff', 'state'),
  columns: [],
  publishesPeople: true,
  links: [{ cube: 'frequency', kind: 'CONTAINED', dimensions: [[], ['tariff']], where: { state: 'NEW' } }],
}
