import type { PageDescription } from '../page-description.ts'

/** Who comes in, who stays and who leaves? */
export const loyaltyPage = {
  keyNumbers: [
    { id: 'lapsed', measure: 'A9', figure: 'lapsed' },
    { id: 'new-share', measure: 'A9', figure: 'share', at: { state: 'NEW' } },
    { id: 'returning-share', measure: 'A9', figure: 'share', at: { state: 'RETURNING' } },
    { id: 'renewed', measure: 'A11', figure: 'renewed' },
  ],
  figures: [
    { id: 'states', measure: 'A9', figures: ['share'], rows: 'tariff', columns: 'state', chart: 'stack', finding: 'largest' },
    {
      id: 'retention',
      measure: 'A10',
      figures: ['active'],
      rows: 'cohort',
      columns: 'quarters-since',
      chart: 'heat',
      finding: 'after',
    },
    {
      id: 'lapsed-by-tariff',
      measure: 'A9',
      figures: ['lapsed', 'lapsed-holders'],
      rows: 'tariff',
      chart: 'bars',
      finding: 'extremes',
    },
    {
      id: 'states-over-time',
      measure: 'A9',
      figures: ['holders'],
      rows: 'period',
      columns: 'state',
      members: { state: ['NEW', 'REACTIVATED'] },
      chart: 'line',
      finding: 'trend',
    },
    { id: 'renewal', measure: 'A11', figures: ['renewed', 'not-renewed'], rows: 'age', chart: 'bars', finding: 'extremes' },
  ],
} as const satisfies PageDescription
