import type { Cube } from '../cube.ts'
import { allSetsOf, HOME_PLACES, yesOrNo } from './shared.ts'

/** Of those who took part before, who has not for 18 months; tariff of their last participation (A9). */
export const LAPSE_CUBE: Cube = {
  id: 'lapse',
  names: { nl: 'afhakers', fr: 'décrochage', en: 'lapse' },
  population: {
    nl: 'passhouders die in de 18 maanden voor de laatste 18 maanden deelnamen',
    fr: 'titulaires qui ont participé pendant les 18 mois précédant les 18 derniers',
    en: 'holders who took part in the 18 months before the last 18',
  },
  source: 'holder-periods',
  where: ['active_window_before'],
  places: HOME_PLACES,
  placesSeveral: false,
  periods: ['QUARTER', 'YEAR', 'SEASON'],
  closesAfterDays: 0,
  dimensions: [{ id: 'tariff', sql: 'last_tariff', several: false }, yesOrNo('lapsed', 'lapsed')],
  lattice: allSetsOf('tariff', 'lapsed'),
  columns: [],
  publishesPeople: true,
  links: [],
}
