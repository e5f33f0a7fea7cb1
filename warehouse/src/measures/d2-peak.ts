import { COVERAGE, notes } from './coverage.ts'
import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { queried } from './part.ts'
import { POPULATIONS } from './populations.ts'
import type { Query } from './query.ts'

const PEAK: Query = {
  id: 'peak',
  names: { nl: 'check-ins per minuut', fr: 'check-ins par minute', en: 'check-ins per minute' },
  dimensions: [],
  columns: ['max', 'p99'],
  sql: `SELECT 'all' AS place, max(checkins) AS max, arraySort(groupArray(checkins))[toUInt64(ceil(0.99 * count()))] AS p99
FROM (
    SELECT toStartOfMinute(occurred_at) AS minute, count() AS checkins
    FROM transactions FINAL
    PREWHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
    WHERE kind = 'CHECKIN' AND empty(flags) AND programme = 'uitpas'
    GROUP BY minute
)
HAVING count() > 0`,
}

export const d2Peak: Measure = {
  id: 'D2',
  slug: 'peak',
  perspective: 'OPERATOR',
  names: { nl: 'Piek', fr: 'Pointe', en: 'Peak' },
  definition: {
    nl: 'Het hoogste aantal check-ins in één minuut, en het aantal dat 1 % van de drukke minuten haalt of overtreft.',
    fr: 'Le plus grand nombre de check-ins en une minute, et le nombre atteint ou dépassé par 1 % des minutes actives.',
    en: 'The highest number of check-ins in one minute, and the number that 1 % of the busy minutes reach or exceed.',
  },
  population: POPULATIONS.checkins,
  coverage: notes(COVERAGE.technical, {
    nl: 'Een drukke minuut is er een met minstens één check-in.',
    fr: 'Une minute active compte au moins un check-in.',
    en: 'A busy minute has at least one check-in.',
  }),
  unit: 'PER_MINUTE',
  places: ['ALL'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: TOTAL,
  disclosure: 'OPERATIONS',
  figures: [
    {
      id: 'max',
      kind: 'COUNT',
      unit: 'PER_MINUTE',
      names: { nl: 'hoogste minuut', fr: 'minute la plus forte', en: 'highest minute' },
      of: queried('peak', 'max'),
    },
    {
      id: 'p99',
      kind: 'COUNT',
      unit: 'PER_MINUTE',
      names: { nl: '99e percentiel', fr: '99e percentile', en: '99th percentile' },
      of: queried('peak', 'p99'),
    },
  ],
  queries: [PEAK],
}
