import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { queried } from './part.ts'
import type { Query } from './query.ts'

const KIOSKS: Query = {
  id: 'kiosks-in-use',
  names: { nl: 'zuilen in gebruik', fr: 'bornes utilisées', en: 'kiosks in use' },
  dimensions: [],
  columns: ['installed', 'used'],
  sql: `SELECT place, count() AS installed, countIf(kiosk IN (
    SELECT device
    FROM transactions FINAL
    PREWHERE occurred_on BETWEEN {lastDay:Date} - 27 AND {lastDay:Date}
    WHERE kind = 'CHECKIN' AND device != '' AND empty(flags)
)) AS used
FROM
(
    SELECT kiosk, arrayJoin(['all', concat('region:', toString(argMax(card_system, (recorded_at, sequence))))]) AS place
    FROM kiosks FINAL
    WHERE toDate(recorded_at, 'Europe/Brussels') <= {lastDay:Date}
    GROUP BY kiosk
)
GROUP BY place`,
}

export const b9JointPurchase: Measure = {
  id: 'B9',
  slug: 'joint-purchase',
  perspective: 'REGION',
  names: { nl: 'Gezamenlijke aankoop', fr: 'Achat commun', en: 'Joint purchase' },
  definition: {
    nl: 'Zuilen met minstens één check-in in de laatste 28 dagen van de periode, op alle geplaatste zuilen.',
    fr: 'Bornes avec au moins un check-in pendant les 28 derniers jours de la période, sur toutes les bornes installées.',
    en: 'Kiosks with at least one check-in in the last 28 days of the period, of all installed kiosks.',
  },
  population: {
    nl: 'Zuilen van de regio die in het register staan.',
    fr: 'Bornes de la région inscrites au registre.',
    en: 'Kiosks of the region that are in the registry.',
  },
  coverage: {
    nl: 'Hoeveel kaarten en zuilen zijn aangekocht, is nog niet vastgelegd; daarom alleen wat geplaatst is.',
    fr: "Le nombre de cartes et de bornes achetées n'est pas encore enregistré ; d'où seulement ce qui est installé.",
    en: 'How many cards and kiosks were bought is not recorded yet; hence only what is installed.',
  },
  unit: 'PERCENT',
  places: ['ALL', 'REGION'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: TOTAL,
  disclosure: 'OPERATIONS',
  figures: [
    {
      id: 'used',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'in gebruik', fr: 'utilisées', en: 'in use' },
      share: { part: queried('kiosks-in-use', 'used'), whole: queried('kiosks-in-use', 'installed') },
    },
    {
      id: 'installed',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'geplaatste zuilen', fr: 'bornes installées', en: 'installed kiosks' },
      of: queried('kiosks-in-use', 'installed'),
    },
  ],
  queries: [KIOSKS],
}
