import type { PageDescription } from '../page-description.ts'

const PAYERS = ['participant', 'organizer', 'local-government', 'flemish-government'] as const

/** What does the social tariff cost, and who pays? */
export const costsPage = {
  keyNumbers: [
    { id: 'participant-share', measure: 'A12', figure: 'participant' },
    { id: 'local-government-euro', measure: 'A12', figure: 'local-government-euro' },
    { id: 'government-per-ticket', measure: 'A12', figure: 'government-per-ticket' },
    { id: 'regular-price', measure: 'A12', figure: 'regular-price' },
    { id: 'tickets', measure: 'A12', figure: 'tickets' },
  ],
  figures: [
    { id: 'payers', measure: 'A12', figures: PAYERS, rows: 'figure', chart: 'bars', finding: 'most' },
    {
      id: 'payers-by-age',
      measure: 'A12',
      figures: PAYERS,
      rows: 'age-coarse',
      columns: 'figure',
      chart: 'stack',
      finding: 'largest',
    },
    {
      id: 'amounts-over-time',
      measure: 'A12',
      figures: ['local-government-euro', 'organizer-euro', 'participant-euro', 'flemish-government-euro', 'regular-price'],
      rows: 'period',
      columns: 'figure',
      chart: 'line',
      finding: 'trend',
    },
    {
      id: 'government-per-ticket-over-time',
      measure: 'A12',
      figures: ['government-per-ticket'],
      rows: 'period',
      chart: 'line',
      finding: 'trend',
    },
  ],
} as const satisfies PageDescription
