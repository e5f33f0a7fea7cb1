import { COVERAGE } from './coverage.ts'
import type { Measure } from './measure.ts'
import { queried } from './part.ts'
import type { Query } from './query.ts'

/** The minutes of the check-in at a rank: of so many, that share come before it or are it. */
function percentile(share: number): string {
  return `sorted[arrayFirstIndex(rank -> rank >= ceil(${share} * checkins), until)].1`
}

const LATENESS: Query = {
  id: 'lateness',
  names: { nl: 'check-ins met hun vertraging', fr: 'check-ins avec leur retard', en: 'check-ins with their delay' },
  dimensions: ['channel'],
  columns: ['checkins', 'late', 'p50', 'p95', 'max'],
  sql: `WITH arraySort(groupArray((minutes, times))) AS sorted, arrayCumSum(minute -> minute.2, sorted) AS until
SELECT 'all' AS place, channel, sum(times) AS checkins, sum(late_times) AS late,
    ${percentile(0.5)} AS p50, ${percentile(0.95)} AS p95, max(minutes) AS max
FROM (
    SELECT channel, intDiv(delay, 60000) AS minutes, count() AS times, countIf(delay > 86400000) AS late_times
    FROM (
        SELECT toString(channel) AS channel, toUnixTimestamp64Milli(recorded_at) - toUnixTimestamp64Milli(occurred_at) AS delay
        FROM transactions FINAL
        PREWHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
        WHERE kind = 'CHECKIN'
    )
    GROUP BY channel, minutes
)
GROUP BY GROUPING SETS ((), (channel))
HAVING checkins > 0`,
}

export const d8Lateness: Measure = {
  id: 'D8',
  slug: 'lateness',
  perspective: 'OPERATOR',
  names: { nl: 'Achterstand van gegevens', fr: 'Retard des données', en: 'Lateness of data' },
  definition: {
    nl: 'Hoeveel minuten na het gebeuren een check-in gemeld werd, en hoeveel er na meer dan 24 uur.',
    fr: "Combien de minutes après le fait un check-in a été signalé, et combien l'ont été après plus de 24 heures.",
    en: 'How many minutes after the fact a check-in was told, and how many after more than 24 hours.',
  },
  population: {
    nl: 'Alle check-ins die niet ongedaan gemaakt zijn, ook wat toestellen later meldden en met opmerking.',
    fr: 'Tous les check-ins non annulés, y compris ceux signalés plus tard par des appareils et ceux avec remarque.',
    en: 'All check-ins that were not voided, also what devices told later and with a flag.',
  },
  coverage: COVERAGE.technical,
  unit: 'MINUTES',
  places: ['ALL'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: [[], ['channel']],
  disclosure: 'OPERATIONS',
  figures: [
    {
      id: 'p95',
      kind: 'COUNT',
      unit: 'MINUTES',
      names: { nl: '95e percentiel', fr: '95e percentile', en: '95th percentile' },
      of: queried('lateness', 'p95'),
    },
    {
      id: 'p50',
      kind: 'COUNT',
      unit: 'MINUTES',
      names: { nl: 'mediaan', fr: 'médiane', en: 'median' },
      of: queried('lateness', 'p50'),
    },
    {
      id: 'max',
      kind: 'COUNT',
      unit: 'MINUTES',
      names: { nl: 'laatste', fr: 'dernier', en: 'latest' },
      of: queried('lateness', 'max'),
    },
    {
      id: 'after-a-day',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'na meer dan 24 uur', fr: 'après plus de 24 heures', en: 'after more than 24 hours' },
      share: { part: queried('lateness', 'late'), whole: queried('lateness', 'checkins') },
    },
  ],
  queries: [LATENESS],
}
