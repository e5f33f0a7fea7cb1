import { CHECKINS } from '../columns.ts'
import type { Cube } from '../cube.ts'
import { allSetsOf, HOUR, WEEKDAY } from './shared.ts'

/** When it is busy at an organizer: check-ins, not people (C7). */
export const ORGANIZER_HOURS_CUBE: Cube = {
  id: 'organizer-hours',
  names: { nl: 'drukke uren bij een organisator', fr: 'heures de pointe chez un organisateur', en: 'hours of an organizer' },
  population: {
    nl: 'check-ins van passhouders bij de organisator',
    fr: "check-ins de titulaires chez l'organisateur",
    en: 'check-ins of holders with the organizer',
  },
  source: 'checkins',
  where: [],
  places: ['ORGANIZER'],
  placesSeveral: true,
  periods: ['QUARTER'],
  closesAfterDays: 0,
  dimensions: [WEEKDAY, HOUR],
  lattice: allSetsOf('weekday', 'hour'),
  columns: [CHECKINS],
  publishesPeople: false,
  links: [],
}
