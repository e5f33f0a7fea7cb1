import type { PageDescription } from '../page-description.ts'

/** Whom does the pass reach, and how much of the target group? */
export const reachPage = {
  keyNumbers: [
    { id: 'reach', measure: 'A1', figure: 'reach' },
    { id: 'holders', measure: 'A1', figure: 'holders' },
    { id: 'coverage', measure: 'A2', figure: 'coverage' },
    { id: 'social-tariff-share', measure: 'B8', figure: 'social-tariff-share' },
    { id: 'new-per-1000', measure: 'B12', figure: 'new-per-1000' },
  ],
  figures: [
    { id: 'reach-by-age', measure: 'A1', figures: ['reach'], rows: 'age', chart: 'bars', finding: 'extremes' },
    {
      id: 'holders-by-age',
      measure: 'A1',
      figures: ['holders'],
      rows: 'age',
      columns: 'tariff',
      chart: 'dots',
      finding: 'apart',
    },
    { id: 'reach-over-time', measure: 'A1', figures: ['reach'], rows: 'period', chart: 'line', finding: 'trend' },
    {
      id: 'social-tariff-by-age',
      measure: 'A2',
      figures: ['social-tariff-holders'],
      rows: 'age',
      chart: 'bars',
      finding: 'most',
    },
    {
      id: 'neighbourhoods',
      measure: 'A15',
      figures: ['share', 'holders'],
      rows: 'postal-code',
      chart: 'bars',
      finding: 'extremes',
    },
    { id: 'registrations', measure: 'D13', figures: ['finished'], rows: 'age', chart: 'bars', finding: 'most' },
    { id: 'newcomers-over-time', measure: 'B12', figures: ['new-holders'], rows: 'period', chart: 'line', finding: 'trend' },
  ],
} as const satisfies PageDescription
