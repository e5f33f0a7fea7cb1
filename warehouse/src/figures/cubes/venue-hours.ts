import { CHECKINS } from '../columns.ts'
import type { Cube } from '../cube.ts'
import { allSetsOf, HOME_PLACES, HOUR, WEEKDAY } from './shared.ts'

/** When it is busy in a municipality: check-ins, not people (C7). */
export const VENUE_HOURS_CUBE: Cube = {
  id: 'venue-hours',
  names: { nl: 'drukte per uur', fr: 'affluence par heure', en: 'hours by venue' },
  population: {
    nl: 'check-ins van passhouders in de gemeente',
    fr: 'check-ins de titulaires dans la commune',
    en: 'check-ins of holders in the municipality',
  },
  source: 'checkins',
  where: [],
  places: HOME_PLACES,
  placesSeveral: true,
  periods: ['QUARTER', 'YEAR'],
  closesAfterDays: 0,
  dimensions: [WEEKDAY, HOUR],
  lattice: allSetsOf('weekday', 'hour'),
  columns: [CHECKINS],
  publishesPeople: false,
  links: [],
  isAboutOrganizers: true,
}
