import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { queried } from './part.ts'
import type { Query } from './query.ts'

const KIOSKS_HEARD: Query = {
  id: 'kiosks-heard',
  names: { nl: 'gehoorde zuilen', fr: 'bornes entendues', en: 'kiosks heard of' },
  dimensions: [],
  columns: ['active', 'silent'],
  sql: `SELECT place, count() AS active, countIf(seen.last_at <= {now:DateTime64(3, 'UTC')} - INTERVAL 24 HOUR) AS silent
FROM (
    SELECT device, max(occurred_at) AS last_at
    FROM transactions FINAL
    PREWHERE occurred_on >= toDate({now:DateTime64(3, 'UTC')}) - 29
    WHERE kind = 'CHECKIN' AND device != ''
        AND occurred_at > {now:DateTime64(3, 'UTC')} - INTERVAL 28 DAY AND occurred_at <= {now:DateTime64(3, 'UTC')}
    GROUP BY device
) AS seen
INNER JOIN (
    SELECT kiosk, arrayJoin(['all', concat('region:', toString(card_system))]) AS place FROM kiosks_now
) AS installed ON installed.kiosk = seen.device
GROUP BY place`,
}

export const d5SilentKiosks: Measure = {
  id: 'D5',
  slug: 'silent-kiosks',
  perspective: 'OPERATOR',
  names: { nl: 'Stille zuilen', fr: 'Bornes silencieuses', en: 'Silent kiosks' },
  definition: {
    nl: 'Zuilen die de laatste 28 dagen check-ins hadden maar de laatste 24 uur geen.',
    fr: 'Bornes qui ont eu des check-ins ces 28 derniers jours mais aucun ces dernières 24 heures.',
    en: 'Kiosks that had check-ins in the last 28 days but none in the last 24 hours.',
  },
  population: {
    nl: 'Zuilen met minstens één check-in in de laatste 28 dagen.',
    fr: 'Bornes avec au moins un check-in ces 28 derniers jours.',
    en: 'Kiosks with at least one check-in in the last 28 days.',
  },
  coverage: {
    nl: 'Een zuil meldt zich alleen met check-ins: of zij aan staat en of de deuren open zijn, is nog niet vastgelegd.',
    fr: "Une borne ne se signale que par des check-ins : si elle est allumée et si les portes sont ouvertes n'est pas encore enregistré.",
    en: 'A kiosk is heard of by its check-ins only: whether it is on and the doors are open is not recorded yet.',
  },
  unit: 'PERCENT',
  places: ['ALL', 'REGION'],
  periods: [],
  dimensions: TOTAL,
  disclosure: 'OPERATIONS',
  figures: [
    {
      id: 'silent',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'stil', fr: 'silencieuses', en: 'silent' },
      share: { part: queried('kiosks-heard', 'silent'), whole: queried('kiosks-heard', 'active') },
    },
    {
      id: 'kiosks',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'stille zuilen', fr: 'bornes silencieuses', en: 'silent kiosks' },
      of: queried('kiosks-heard', 'silent'),
    },
  ],
  queries: [KIOSKS_HEARD],
}
