import type { Cube } from '../cube.ts'
import { ACTIVITY, AGE, ALL_PERIODS, HOME_PLACES, TARIFF_IN_PERIOD, yesOrNo } from './shared.ts'

/** A card of another programme before the pass; see the view in migration 0020. */
const PREDECESSOR = yesOrNo('predecessor', 'holder IN (SELECT holder FROM predecessor_holders WHERE since <= {lastDay:Date})')

/** Who became a holder (B12, B15, D12). */
export const REGISTRATIONS_CUBE: Cube = {
  id: 'registrations',
  names: { nl: 'nieuwe passhouders', fr: 'nouveaux titulaires', en: 'registrations' },
  population: {
    nl: 'passhouders met hun eerste geldige dag in de periode',
    fr: 'titulaires dont le premier jour valable tombe dans la période',
    en: 'holders whose first valid day is in the period',
  },
  source: 'holder-periods',
  where: ['registered'],
  places: HOME_PLACES,
  placesSeveral: false,
  periods: ALL_PERIODS,
  closesAfterDays: 0,
  dimensions: [TARIFF_IN_PERIOD, AGE, PREDECESSOR, ACTIVITY],
  lattice: [[], ['tariff'], ['age'], ['predecessor'], ['activity'], ['predecessor', 'activity']],
  columns: [],
  publishesPeople: true,
  links: [{ cube: 'states', kind: 'CONTAINED', dimensions: [[], ['tariff']] }],
}
