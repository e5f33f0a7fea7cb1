import type { PageDescription } from '../page-description.ts'

/** Who takes part, how often, how broadly, and does the target group stay behind? */
export const participationPage = {
  keyNumbers: [
    { id: 'gap', measure: 'A3', figure: 'gap' },
    { id: 'gap-standardised', measure: 'A3', figure: 'gap-standardised' },
    { id: 'participations-per-holder', measure: 'A5', figure: 'mean' },
    { id: 'two-or-more', measure: 'A6', figure: 'two-or-more' },
  ],
  figures: [
    {
      id: 'participation-by-age',
      measure: 'A4',
      figures: ['active-social-tariff', 'active-other', 'gap'],
      rows: 'age',
      columns: 'figure',
      chart: 'dots',
      finding: 'apart',
    },
    {
      id: 'participation-over-time',
      measure: 'A3',
      figures: ['active-social-tariff', 'active-other', 'gap'],
      rows: 'period',
      columns: 'figure',
      chart: 'line',
      finding: 'trend',
    },
    {
      id: 'frequency',
      measure: 'A5',
      figures: ['share'],
      rows: 'tariff',
      columns: 'frequency',
      chart: 'stack',
      finding: 'largest',
    },
    { id: 'choice', measure: 'A7', figures: ['share'], rows: 'sector', columns: 'tariff', chart: 'dots', finding: 'apart' },
    {
      id: 'breadth',
      measure: 'A6',
      figures: ['two-or-more', 'widened'],
      rows: 'figure',
      columns: 'tariff',
      chart: 'dots',
      finding: 'apart',
    },
    {
      id: 'sector-pairs',
      measure: 'A6',
      figures: ['pairs'],
      rows: 'sector-before',
      columns: 'sector',
      chart: 'heat',
      finding: 'most',
      places: ['ALL', 'REGION'],
    },
    {
      id: 'offer-and-demand',
      measure: 'B6',
      figures: ['demand', 'offer', 'index'],
      rows: 'sector',
      columns: 'figure',
      chart: 'dots',
      finding: 'apart',
    },
  ],
} as const satisfies PageDescription
