import type { PageDescription } from '../page-description.ts'

/** Where do people go, and who crosses the border of a municipality? */
export const wherePage = {
  keyNumbers: [
    { id: 'elsewhere', measure: 'A8', figure: 'elsewhere' },
    { id: 'elsewhere-social-tariff', measure: 'A8', figure: 'elsewhere-social-tariff' },
    { id: 'cross-border', measure: 'B3', figure: 'cross-border' },
    { id: 'several', measure: 'B11', figure: 'several' },
  ],
  figures: [
    {
      id: 'origin-destination',
      measure: 'B2',
      figures: ['participations'],
      rows: 'place',
      columns: 'destination',
      chart: 'heat',
      finding: 'most',
      places: ['REGION'],
    },
    {
      id: 'destinations',
      measure: 'A8',
      figures: ['share', 'participations'],
      rows: 'destination',
      chart: 'bars',
      finding: 'most',
    },
    { id: 'destinations-map', measure: 'B2', figures: ['participations'], rows: 'destination', chart: 'map', finding: 'most' },
    {
      id: 'destinations-by-tariff',
      measure: 'B2',
      figures: ['of-origin'],
      rows: 'destination',
      columns: 'tariff',
      chart: 'dots',
      finding: 'apart',
    },
    { id: 'cross-border-over-time', measure: 'B3', figures: ['cross-border'], rows: 'period', chart: 'line', finding: 'trend' },
    { id: 'several-by-tariff', measure: 'B11', figures: ['several'], rows: 'tariff', chart: 'bars', finding: 'extremes' },
  ],
} as const satisfies PageDescription
