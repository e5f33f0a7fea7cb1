import { centsColumn, TICKETS } from '../columns.ts'
import type { Cube } from '../cube.ts'
import { AGE_COARSE_THEN, HOME_PLACES } from './shared.ts'

/** What tickets at the social tariff cost and who pays (A12). Amounts are those on the ticket. */
export const TICKETS_CUBE: Cube = {
  id: 'tickets',
  names: { nl: 'tickets aan kansentarief', fr: 'tickets au tarif réduit', en: 'tickets at the social tariff' },
  population: {
    nl: 'passhouders die een ticket aan kansentarief kochten',
    fr: 'titulaires qui ont acheté un ticket au tarif réduit',
    en: 'holders who bought a ticket at the social tariff',
  },
  source: 'tickets',
  where: ['NOT is_group'],
  places: HOME_PLACES,
  placesSeveral: true,
  periods: ['QUARTER', 'YEAR', 'SEASON'],
  closesAfterDays: 0,
  dimensions: [AGE_COARSE_THEN],
  lattice: [[], ['age-coarse']],
  columns: [
    TICKETS,
    centsColumn(
      'participant-cents',
      { nl: 'betaald door de deelnemer (cent)', fr: 'payé par le participant (cents)', en: 'paid by the participant (cents)' },
      'price',
    ),
    centsColumn(
      'organizer-cents',
      { nl: 'betaald door de organisator (cent)', fr: "payé par l'organisateur (cents)", en: 'paid by the organizer (cents)' },
      'organizer_share',
    ),
    centsColumn(
      'local-government-cents',
      {
        nl: 'betaald door het lokaal bestuur (cent)',
        fr: 'payé par la commune (cents)',
        en: 'paid by the local government (cents)',
      },
      'local_government_share',
    ),
    centsColumn(
      'flemish-government-cents',
      {
        nl: 'betaald door de Vlaamse overheid (cent)',
        fr: 'payé par le gouvernement flamand (cents)',
        en: 'paid by the Flemish government (cents)',
      },
      'flemish_government_share',
    ),
    centsColumn(
      'regular-cents',
      { nl: 'gewone prijs (cent)', fr: 'prix normal (cents)', en: 'regular price (cents)' },
      'regular_price',
    ),
  ],
  publishesPeople: true,
  links: [],
}
