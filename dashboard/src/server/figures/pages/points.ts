import type { PageDescription } from '../page-description.ts'

/** Are points earned and spent, and do welcome benefits bring people in? */
export const pointsPage = {
  keyNumbers: [
    { id: 'redemption', measure: 'D10', figure: 'redemption' },
    { id: 'saved', measure: 'D10', figure: 'saved' },
    { id: 'redeemed', measure: 'D10', figure: 'redeemed' },
    { id: 'welcome-used', measure: 'A13', figure: 'used' },
    { id: 'days-to-first', measure: 'A13', figure: 'days-to-first' },
  ],
  figures: [
    {
      id: 'points-over-time',
      measure: 'D10',
      figures: ['saved', 'redeemed', 'given'],
      rows: 'period',
      columns: 'figure',
      chart: 'line',
      finding: 'trend',
    },
    {
      id: 'redemption-by-tariff',
      measure: 'D10',
      figures: ['redemption', 'saved', 'redeemed'],
      rows: 'tariff',
      chart: 'bars',
      finding: 'extremes',
    },
    { id: 'welcome-by-tariff', measure: 'A13', figures: ['used', 'granted'], rows: 'tariff', chart: 'bars', finding: 'extremes' },
    {
      id: 'welcome-where',
      measure: 'B13',
      figures: ['share', 'redemptions'],
      rows: 'destination',
      chart: 'bars',
      finding: 'most',
    },
    {
      id: 'point-flows',
      measure: 'B7',
      figures: ['points'],
      rows: 'origin',
      columns: 'destination',
      chart: 'heat',
      finding: 'most',
      places: ['ALL', 'REGION'],
    },
    {
      id: 'point-origins',
      measure: 'B7',
      figures: ['share', 'points'],
      rows: 'origin',
      chart: 'bars',
      finding: 'most',
      places: ['MUNICIPALITY'],
    },
  ],
} as const satisfies PageDescription
