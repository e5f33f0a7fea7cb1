import type { PageDescription } from '../page-description.ts'

/** How do the municipalities of a region compare, and what did working together do? */
export const regionPage = {
  keyNumbers: [
    { id: 'agreement-reach', measure: 'B10', figure: 'reach' },
    { id: 'agreement-coverage', measure: 'B10', figure: 'coverage' },
    { id: 'agreement-gap', measure: 'B10', figure: 'gap' },
    { id: 'agreement-participations', measure: 'B10', figure: 'participations-per-holder' },
    { id: 'kiosks-used', measure: 'B9', figure: 'used' },
  ],
  figures: [
    {
      id: 'municipalities-reach',
      measure: 'B1',
      figures: ['reach', 'holders'],
      rows: 'place',
      chart: 'bars',
      finding: 'extremes',
    },
    { id: 'municipalities-map', measure: 'B1', figures: ['reach'], rows: 'place', chart: 'map', finding: 'extremes' },
    {
      id: 'municipalities-participation',
      measure: 'B1',
      figures: ['active-social-tariff', 'active-other', 'gap'],
      rows: 'place',
      columns: 'figure',
      chart: 'dots',
      finding: 'apart',
    },
    {
      id: 'municipalities-coverage',
      measure: 'B1',
      figures: ['coverage', 'social-tariff-holders'],
      rows: 'place',
      chart: 'bars',
      finding: 'extremes',
    },
    {
      id: 'target-group',
      measure: 'B8',
      figures: ['social-tariff-share', 'renewed'],
      rows: 'place',
      chart: 'bars',
      finding: 'extremes',
    },
    {
      id: 'joining',
      measure: 'B5',
      figures: ['participations-per-1000'],
      rows: 'place',
      columns: 'period',
      chart: 'heat',
      finding: 'extremes',
    },
    {
      id: 'campaign',
      measure: 'B12',
      figures: ['new-per-1000', 'new-holders'],
      rows: 'place',
      chart: 'bars',
      finding: 'extremes',
    },
  ],
} as const satisfies PageDescription
