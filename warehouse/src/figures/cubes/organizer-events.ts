import { PARTICIPATIONS } from '../columns.ts'
import type { Cube } from '../cube.ts'
import { allSetsOf, BY_CHECKIN, numbered, TARIFF_THEN, YEARS } from './shared.ts'

/** Which events reach holders with the social tariff (C8); an event of UiTdatabank with all its days is a series. */
export const ORGANIZER_EVENTS_CUBE: Cube = {
  id: 'organizer-events',
  names: { nl: 'publiek per activiteit', fr: 'public par activité', en: 'public by event' },
  population: {
    nl: 'passhouders die bij de organisator deelnamen',
    fr: "titulaires qui ont participé chez l'organisateur",
    en: 'holders who took part with the organizer',
  },
  source: 'participations',
  where: [BY_CHECKIN],
  places: ['ORGANIZER'],
  placesSeveral: true,
  periods: YEARS,
  closesAfterDays: 0,
  dimensions: [TARIFF_THEN, { ...numbered('event', 'event_number'), several: true }],
  lattice: allSetsOf('tariff', 'event'),
  columns: [PARTICIPATIONS],
  publishesPeople: true,
  links: [{ cube: 'organizer-public', kind: 'SAME', dimensions: [[], ['tariff']] }],
}
