import { COVERAGE } from './coverage.ts'
import type { Measure } from './measure.ts'
import { queried } from './part.ts'
import { POPULATIONS } from './populations.ts'
import type { Query } from './query.ts'

const CHANNELS: Query = {
  id: 'channels',
  names: { nl: 'check-ins per kanaal', fr: 'check-ins par canal', en: 'check-ins by channel' },
  dimensions: ['channel'],
  columns: ['checkins'],
  sql: `SELECT 'all' AS place, toString(channel) AS channel, count() AS checkins
FROM transactions FINAL
PREWHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
WHERE kind = 'CHECKIN' AND empty(flags) AND programme = 'uitpas'
GROUP BY GROUPING SETS ((), (channel))`,
}

export const d7Channels: Measure = {
  id: 'D7',
  slug: 'channels',
  perspective: 'OPERATOR',
  names: { nl: 'Kanalen', fr: 'Canaux', en: 'Channels' },
  definition: {
    nl: 'Langs welke weg check-ins binnenkomen: balie, zuil, eigen toestel, of later gemeld.',
    fr: 'Par quelle voie arrivent les check-ins : guichet, borne, propre appareil, ou signalés plus tard.',
    en: 'By which way check-ins come in: counter, kiosk, own device, or told later.',
  },
  population: POPULATIONS.checkins,
  coverage: COVERAGE.technical,
  unit: 'PERCENT',
  places: ['ALL'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: [['channel']],
  disclosure: 'OPERATIONS',
  figures: [
    {
      id: 'share',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'aandeel', fr: 'part', en: 'share' },
      share: { part: queried('channels', 'checkins'), whole: queried('channels', 'checkins', { over: ['channel'] }) },
    },
    {
      id: 'checkins',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'check-ins', fr: 'check-ins', en: 'check-ins' },
      of: queried('channels', 'checkins'),
    },
  ],
  queries: [CHANNELS],
}
