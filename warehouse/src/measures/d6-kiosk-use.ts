import { COVERAGE, notes } from './coverage.ts'
import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { queried } from './part.ts'
import type { Query } from './query.ts'

const KIOSK_DAYS: Query = {
  id: 'kiosk-days',
  names: { nl: 'dagen van zuilen', fr: 'jours de bornes', en: 'days of kiosks' },
  dimensions: ['days-used'],
  columns: ['kiosks', 'used-days', 'days', 'checkins'],
  sql: `SELECT place, "days-used", count() AS kiosks, sum(used_days) AS "used-days", sum(there_days) AS days, sum(used_checkins) AS checkins
FROM (
    SELECT place, toString(used.days) AS "days-used", used.days AS used_days, installed.days AS there_days, used.checkins AS used_checkins
    FROM (
        SELECT kiosk, least(28, {lastDay:Date} - toDate(min(recorded_at), 'Europe/Brussels') + 1) AS days,
            arrayJoin(['all', concat('region:', toString(argMax(card_system, (recorded_at, sequence))))]) AS place
        FROM kiosks FINAL
        WHERE toDate(recorded_at, 'Europe/Brussels') <= {lastDay:Date}
        GROUP BY kiosk
    ) AS installed
    LEFT JOIN (
        SELECT device, uniqExact(occurred_on) AS days, count() AS checkins
        FROM transactions FINAL
        PREWHERE occurred_on BETWEEN {lastDay:Date} - 27 AND {lastDay:Date}
        WHERE kind = 'CHECKIN' AND device != '' AND empty(flags)
        GROUP BY device
    ) AS used ON used.device = installed.kiosk
)
GROUP BY GROUPING SETS ((place), (place, "days-used"))`,
}

export const d6KioskUse: Measure = {
  id: 'D6',
  slug: 'kiosk-use',
  perspective: 'OPERATOR',
  names: { nl: 'Gebruik van de zuilen', fr: 'Usage des bornes', en: 'Use of kiosks' },
  definition: {
    nl: 'Dagen met minstens één check-in, op de dagen dat de zuil er stond, in de laatste 28 dagen van de periode; en check-ins per zuil en week.',
    fr: 'Jours avec au moins un check-in, sur les jours où la borne était là, des 28 derniers jours de la période ; et check-ins par borne et semaine.',
    en: 'Days with at least one check-in, of the days that the kiosk was there, in the last 28 days of the period; and check-ins per kiosk and week.',
  },
  population: {
    nl: 'Zuilen die voor het einde van de periode in het register stonden.',
    fr: 'Bornes inscrites au registre avant la fin de la période.',
    en: 'Kiosks that were in the registry before the end of the period.',
  },
  coverage: notes(COVERAGE.technical, {
    nl: 'Een zuil staat er vanaf de dag dat het register haar kent.',
    fr: 'Une borne est là à partir du jour où le registre la connaît.',
    en: 'A kiosk is there from the day that the registry knows it.',
  }),
  unit: 'PERCENT',
  places: ['ALL', 'REGION'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: [[], ['days-used']],
  disclosure: 'OPERATIONS',
  figures: [
    {
      id: 'use',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'dagen in gebruik', fr: 'jours utilisés', en: 'days in use' },
      dimensions: TOTAL,
      share: { part: queried('kiosk-days', 'used-days'), whole: queried('kiosk-days', 'days') },
    },
    {
      id: 'checkins-per-week',
      kind: 'MEAN',
      unit: 'MEAN',
      names: { nl: 'check-ins per zuil en week', fr: 'check-ins par borne et semaine', en: 'check-ins per kiosk and week' },
      dimensions: TOTAL,
      of: queried('kiosk-days', 'checkins'),
      per: queried('kiosk-days', 'days'),
      scale: 7,
    },
    {
      id: 'kiosks',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'zuilen', fr: 'bornes', en: 'kiosks' },
      of: queried('kiosk-days', 'kiosks'),
    },
  ],
  queries: [KIOSK_DAYS],
}
