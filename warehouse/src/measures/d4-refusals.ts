import { COVERAGE, notes } from './coverage.ts'
import type { Measure } from './measure.ts'
import { queried } from './part.ts'
import type { Query } from './query.ts'

const REFUSALS: Query = {
  id: 'refusals',
  names: { nl: 'pogingen', fr: 'tentatives', en: 'attempts' },
  dimensions: ['reason'],
  columns: ['refusals', 'attempts'],
  sql: `SELECT 'all' AS place, reason, sum(refused) AS refusals, if(reason = '', sum(refused) + sum(accepted), 0) AS attempts
FROM (
    SELECT toString(reason) AS reason, sum(times) AS refused, 0 AS accepted
    FROM refusals FINAL
    PREWHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
    GROUP BY reason
    UNION ALL
    SELECT 'ACCEPTED' AS reason, 0 AS refused, count() AS accepted
    FROM transactions FINAL
    PREWHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
    WHERE kind IN ('CHECKIN', 'TICKET_SALE', 'REDEMPTION') AND channel != 'BATCH'
)
GROUP BY GROUPING SETS ((), (reason))
HAVING reason != 'ACCEPTED'`,
}

export const d4Refusals: Measure = {
  id: 'D4',
  slug: 'refusals',
  perspective: 'OPERATOR',
  names: { nl: 'Weigeringen', fr: 'Refus', en: 'Refusals' },
  definition: {
    nl: 'Weigeringen per reden, op alle pogingen: weigeringen en aanvaarde check-ins, tickets en omruilingen samen.',
    fr: 'Refus par raison, sur toutes les tentatives : refus et check-ins, tickets et échanges acceptés ensemble.',
    en: 'Refusals by reason, of all attempts: refusals and accepted check-ins, tickets and redemptions together.',
  },
  population: {
    nl: 'Vragen die meteen beantwoord worden; wat een toestel later meldt, kan niet geweigerd worden.',
    fr: "Demandes auxquelles on répond aussitôt ; ce qu'un appareil signale plus tard ne peut être refusé.",
    en: 'Requests that are answered at once; what a device tells later cannot be refused.',
  },
  coverage: notes(COVERAGE.technical, {
    nl: 'Weigeringen worden per minuut geteld, niet één voor één bewaard.',
    fr: 'Les refus sont comptés par minute, pas conservés un à un.',
    en: 'Refusals are counted by the minute, not kept one by one.',
  }),
  unit: 'PERCENT',
  places: ['ALL'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: [[], ['reason']],
  disclosure: 'OPERATIONS',
  figures: [
    {
      id: 'share',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'van de pogingen', fr: 'des tentatives', en: 'of the attempts' },
      share: { part: queried('refusals', 'refusals'), whole: queried('refusals', 'attempts', { over: ['reason'] }) },
    },
    {
      id: 'refusals',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'weigeringen', fr: 'refus', en: 'refusals' },
      of: queried('refusals', 'refusals'),
    },
  ],
  queries: [REFUSALS],
}
