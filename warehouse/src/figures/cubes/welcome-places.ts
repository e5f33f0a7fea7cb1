import { REDEMPTIONS } from '../columns.ts'
import type { Cube } from '../cube.ts'
import { HOME_PLACES, numbered, OF_WELCOME, YEARS } from './shared.ts'

/** In which municipality residents took a welcome benefit (B13). Destination 0: unknown. */
export const WELCOME_PLACES_CUBE: Cube = {
  id: 'welcome-places',
  names: {
    nl: 'waar welkomstvoordelen worden opgenomen',
    fr: 'où les avantages de bienvenue sont utilisés',
    en: 'where welcome benefits are used',
  },
  population: {
    nl: 'passhouders die een welkomstvoordeel opnamen',
    fr: 'titulaires qui ont utilisé un avantage de bienvenue',
    en: 'holders who took a welcome benefit',
  },
  source: 'redemptions',
  where: [OF_WELCOME],
  places: HOME_PLACES,
  placesSeveral: true,
  periods: YEARS,
  closesAfterDays: 0,
  dimensions: [{ ...numbered('destination', 'venue_nis'), several: true }],
  lattice: [[], ['destination']],
  columns: [REDEMPTIONS],
  publishesPeople: true,
  links: [],
}
