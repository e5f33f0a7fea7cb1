import { COVERAGE, notes } from './coverage.ts'
import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { queried } from './part.ts'
import { POPULATIONS } from './populations.ts'
import type { Query } from './query.ts'

const SETTLEMENT: Query = {
  id: 'settlement',
  names: { nl: 'afrekening', fr: 'règlement', en: 'settlement' },
  dimensions: ['destination'],
  columns: ['owed', 'received', 'paid-elsewhere', 'net'],
  // Both sides of a municipality from the same tickets: owed for its residents, received for tickets of others at its venues.
  sql: `SELECT place, destination,
    sum(owed_cents) AS owed, sum(received_cents) AS received, sum(elsewhere_cents) AS "paid-elsewhere", received - "paid-elsewhere" AS net
FROM (
    SELECT
        arrayJoin([
            (payer, venue, cents, toInt64(0), if(payer = venue, 0, cents)),
            (venue, payer, toInt64(0), if(payer = venue, 0, cents), toInt64(0))
        ]) AS side,
        concat('municipality:', toString(side.1)) AS place,
        toString(side.2) AS destination,
        side.3 AS owed_cents,
        side.4 AS received_cents,
        side.5 AS elsewhere_cents
    FROM (
        SELECT home_nis AS payer, venue_nis AS venue, toInt64(sum(local_government_share)) AS cents
        FROM social_tariff_tickets
        WHERE day BETWEEN {firstDay:Date} AND {lastDay:Date}
        GROUP BY payer, venue
    )
)
WHERE place IN {places:Array(String)}
GROUP BY GROUPING SETS ((place), (place, destination))`,
}

export const b4Settlement: Measure = {
  id: 'B4',
  slug: 'settlement',
  perspective: 'REGION',
  names: { nl: 'Solidaire afrekening', fr: 'Règlement solidaire', en: 'Solidary settlement' },
  definition: {
    nl: 'Wat elke gemeente voor kansentarief van haar inwoners verschuldigd is, waarvan in andere gemeenten, wat zij voor inwoners van andere gemeenten ontvangt, en het verschil.',
    fr: "Ce que chaque commune doit pour le tarif réduit de ses habitants, dont dans d'autres communes, ce qu'elle reçoit pour les habitants d'autres communes, et la différence.",
    en: 'What each municipality owes for the social tariff of its residents, of which in other municipalities, what it receives for residents of others, and the difference.',
  },
  population: POPULATIONS.socialTariffTickets,
  coverage: notes(COVERAGE.amounts, {
    nl: 'Exacte bedragen, alleen voor wie ze vereffent. De gemeente van de activiteit ontvangt.',
    fr: "Montants exacts, seulement pour qui les règle. La commune de l'activité reçoit.",
    en: 'Exact amounts, only for those who settle them. The municipality of the event receives.',
  }),
  unit: 'EURO',
  places: ['MUNICIPALITY'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: [[], ['destination']],
  disclosure: 'SETTLEMENT',
  figures: [
    {
      id: 'net',
      kind: 'COUNT',
      unit: 'EURO',
      names: { nl: 'netto', fr: 'net', en: 'net' },
      dimensions: TOTAL,
      of: queried('settlement', 'net'),
      scale: 0.01,
    },
    {
      id: 'owed',
      kind: 'COUNT',
      unit: 'EURO',
      names: { nl: 'verschuldigd voor eigen inwoners', fr: 'dû pour ses habitants', en: 'owed for own residents' },
      of: queried('settlement', 'owed'),
      scale: 0.01,
    },
    {
      id: 'paid-elsewhere',
      kind: 'COUNT',
      unit: 'EURO',
      names: { nl: 'waarvan elders', fr: 'dont ailleurs', en: 'of which elsewhere' },
      of: queried('settlement', 'paid-elsewhere'),
      scale: 0.01,
    },
    {
      id: 'received',
      kind: 'COUNT',
      unit: 'EURO',
      names: {
        nl: 'ontvangen voor inwoners van andere gemeenten',
        fr: "reçu pour les habitants d'autres communes",
        en: 'received for residents of others',
      },
      of: queried('settlement', 'received'),
      scale: 0.01,
    },
  ],
  queries: [SETTLEMENT],
}
