import type { Cube } from '../cube.ts'
import { yesOrNo } from './shared.ts'

/** Which newcomers came again within 12 months (C11). */
export const ORGANIZER_RETURN_CUBE: Cube = {
  id: 'organizer-return',
  names: { nl: 'terugkeer van nieuwkomers', fr: 'retour des nouveaux', en: 'return of newcomers' },
  population: {
    nl: 'passhouders met hun eerste deelname bij de organisator in de periode',
    fr: "titulaires dont la première participation chez l'organisateur tombe dans la période",
    en: 'holders whose first participation with the organizer is in the period',
  },
  source: 'organizer-periods',
  where: ["state = 'NEW'"],
  places: ['ORGANIZER'],
  placesSeveral: true,
  periods: ['SEASON'],
  closesAfterDays: 366,
  dimensions: [yesOrNo('returned', 'returned')],
  lattice: [[], ['returned']],
  columns: [],
  publishesPeople: true,
  links: [{ cube: 'organizer-states', kind: 'SAME', dimensions: [[]], whereThere: { state: 'NEW' } }],
}
