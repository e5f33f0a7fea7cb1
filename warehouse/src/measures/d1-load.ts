import { COVERAGE } from './coverage.ts'
import type { Measure } from './measure.ts'
import { queried } from './part.ts'
import type { Query } from './query.ts'

const LOAD: Query = {
  id: 'load',
  names: { nl: 'aanvaarde verrichtingen', fr: 'opérations acceptées', en: 'accepted transactions' },
  dimensions: ['channel', 'step'],
  columns: ['accepted', 'seconds'],
  sql: `SELECT 'all' AS place, channel, step, count() AS accepted, if(step = '', 3600, 10) AS seconds
FROM (
    SELECT toString(channel) AS channel, toString(intDiv(dateDiff('second', recorded_at, {now:DateTime64(3, 'UTC')}), 10)) AS step
    FROM transactions FINAL
    PREWHERE occurred_on >= toDate({now:DateTime64(3, 'UTC')}) - 8
    WHERE recorded_at > {now:DateTime64(3, 'UTC')} - INTERVAL 1 HOUR AND recorded_at <= {now:DateTime64(3, 'UTC')}
)
GROUP BY GROUPING SETS ((), (channel), (step))`,
}

export const d1Load: Measure = {
  id: 'D1',
  slug: 'load',
  perspective: 'OPERATOR',
  names: { nl: 'Belasting nu', fr: 'Charge actuelle', en: 'Load now' },
  definition: {
    nl: 'Aanvaarde verrichtingen per seconde in de 60 minuten voor dit ogenblik, per kanaal en per tien seconden.',
    fr: 'Opérations acceptées par seconde pendant les 60 dernières minutes, par canal et par dix secondes.',
    en: 'Accepted transactions per second in the last 60 minutes, by channel and by ten seconds.',
  },
  population: {
    nl: 'Alle aanvaarde verrichtingen, ook wat toestellen later meldden.',
    fr: 'Toutes les opérations acceptées, y compris ce que des appareils ont signalé plus tard.',
    en: 'All accepted transactions, also what devices told later.',
  },
  coverage: COVERAGE.technical,
  unit: 'PER_SECOND',
  places: ['ALL'],
  periods: [],
  dimensions: [[], ['channel'], ['step']],
  disclosure: 'OPERATIONS',
  figures: [
    {
      id: 'per-second',
      kind: 'MEAN',
      unit: 'PER_SECOND',
      names: { nl: 'per seconde', fr: 'par seconde', en: 'per second' },
      of: queried('load', 'accepted'),
      per: queried('load', 'seconds'),
    },
    {
      id: 'accepted',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'aanvaard', fr: 'acceptées', en: 'accepted' },
      of: queried('load', 'accepted'),
    },
  ],
  queries: [LOAD],
}
