import { COVERAGE, notes } from './coverage.ts'
import type { Measure } from './measure.ts'
import { queried, spread } from './part.ts'
import { POPULATIONS } from './populations.ts'
import type { Query } from './query.ts'

const OFFER: Query = {
  id: 'offer-by-sector',
  names: { nl: 'aanbod per sector', fr: 'offre par secteur', en: 'offer by sector' },
  dimensions: ['sector'],
  columns: ['events'],
  sql: `SELECT place, sector, sum(offered) AS events
FROM (
    SELECT
        toString(offer.sector) AS sector, offer.events AS offered,
        arrayJoin(arrayConcat(
            ['all', concat('municipality:', toString(venue_nis))],
            arrayMap(region -> concat('region:', toString(region)), regions.card_systems))) AS place
    FROM offer_periods AS offer
    LEFT JOIN (
        SELECT nis, groupArray(card_system) AS card_systems FROM region_municipalities GROUP BY nis
    ) AS regions ON regions.nis = offer.venue_nis
    WHERE period = {period:String} AND NOT is_school
)
WHERE place IN {places:Array(String)}
GROUP BY GROUPING SETS ((place), (place, sector))`,
}

export const b6OfferAndDemand: Measure = {
  id: 'B6',
  slug: 'offer-and-demand',
  perspective: 'REGION',
  names: { nl: 'Aanbod en vraag', fr: 'Offre et demande', en: 'Offer and demand' },
  definition: {
    nl: 'Het aandeel van elke sector in de deelnames, naast het aandeel in de activiteiten die UiTdatabank in de periode kent (index 100 is gelijk).',
    fr: "La part de chaque secteur dans les participations, à côté de sa part dans les activités d'UiTdatabank pour la période (indice 100 : pareil).",
    en: 'The share of each sector in the participations, beside its share in the events that UiTdatabank has in the period (index 100 is the same).',
  },
  population: POPULATIONS.participations,
  coverage: notes(COVERAGE.checkins, COVERAGE.sectors, {
    nl: 'De vraag is die van de inwoners, het aanbod dat van de gemeente of de regio.',
    fr: "La demande est celle des habitants, l'offre celle de la commune ou de la région.",
    en: 'The demand is that of the residents, the offer that of the municipality or the region.',
  }),
  unit: 'INDEX',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['YEAR', 'SEASON'],
  dimensions: [['sector']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'index',
      kind: 'INDEX',
      unit: 'INDEX',
      names: { nl: 'index', fr: 'indice', en: 'index' },
      share: spread('sectors', 'participations', ['sector']),
      standard: { part: queried('offer-by-sector', 'events'), whole: queried('offer-by-sector', 'events', { over: ['sector'] }) },
    },
    {
      id: 'demand',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'aandeel van de deelnames', fr: 'part des participations', en: 'share of participations' },
      share: spread('sectors', 'participations', ['sector']),
    },
    {
      id: 'offer',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'aandeel van de activiteiten', fr: 'part des activités', en: 'share of the events' },
      share: { part: queried('offer-by-sector', 'events'), whole: queried('offer-by-sector', 'events', { over: ['sector'] }) },
    },
    {
      id: 'events',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'activiteiten', fr: 'activités', en: 'events' },
      of: queried('offer-by-sector', 'events'),
    },
  ],
  queries: [OFFER],
}
