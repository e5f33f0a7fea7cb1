import { CHECKINS, centsColumn, TICKETS } from '../columns.ts'
import type { Cube } from '../cube.ts'
import { HOME_PLACES } from './shared.ts'

/** Group passes, which are nobody in particular and in no other cube: a cell needs as many groups as another needs persons. */
export const GROUPS_CUBE: Cube = {
  id: 'groups',
  names: { nl: 'groepsdeelnames', fr: 'participations de groupe', en: 'group participations' },
  population: {
    nl: 'groepspassen met een check-in of een ticket aan kansentarief',
    fr: 'cartes de groupe avec un check-in ou un ticket au tarif réduit',
    en: 'group passes with a check-in or a ticket at the social tariff',
  },
  source: 'groups',
  where: [],
  places: HOME_PLACES,
  placesSeveral: true,
  periods: ['QUARTER', 'YEAR', 'SEASON'],
  closesAfterDays: 0,
  dimensions: [],
  lattice: [[]],
  columns: [
    { ...CHECKINS, sql: 'is_checkin' },
    { ...TICKETS, sql: 'is_ticket' },
    centsColumn(
      'regular-cents',
      { nl: 'gewone prijs (cent)', fr: 'prix normal (cents)', en: 'regular price (cents)' },
      'regular_price',
    ),
  ],
  publishesPeople: true,
  links: [],
}
