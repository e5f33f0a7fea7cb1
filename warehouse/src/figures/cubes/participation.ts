import type { Cube } from '../cube.ts'
import { ACTIVITY, AGE, allSetsOf, HOME_PLACES, TARIFF_IN_PERIOD, YEARS } from './shared.ts'

/** Who had the time to take part, and did (A3, A4): on check-ins, which both groups have. */
export const PARTICIPATION_CUBE: Cube = {
  id: 'participation',
  names: { nl: 'deelname', fr: 'participation', en: 'participation' },
  population: {
    nl: 'passhouders die minstens 90 dagen van de periode geldig waren',
    fr: 'titulaires valables au moins 90 jours de la période',
    en: 'holders who were valid on at least 90 days of the period',
  },
  source: 'holder-periods',
  where: ['valid_days >= 90'],
  places: HOME_PLACES,
  placesSeveral: false,
  periods: YEARS,
  closesAfterDays: 0,
  dimensions: [TARIFF_IN_PERIOD, AGE, ACTIVITY],
  lattice: allSetsOf('tariff', 'age', 'activity'),
  columns: [],
  publishesPeople: true,
  links: [],
}
