import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { queried } from './part.ts'
import { POPULATIONS } from './populations.ts'
import type { Query } from './query.ts'

const ANOMALIES: Query = {
  id: 'anomalies',
  names: { nl: 'opvallende dagen', fr: 'jours inhabituels', en: 'days out of the ordinary' },
  dimensions: [],
  columns: ['holders', 'kiosks'],
  sql: `SELECT 'all' AS place, sum(many) AS holders, sum(busy) AS kiosks
FROM (
    SELECT count() > 10 AS many, 0 AS busy
    FROM transactions FINAL
    PREWHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
    WHERE kind = 'CHECKIN' AND empty(flags) AND programme = 'uitpas'
    GROUP BY holder, occurred_on
    UNION ALL
    SELECT 0 AS many, arrayCount(day -> day >= 50 AND day > 10 * ordinary, days) AS busy
    FROM (
        SELECT groupArray(checkins) AS days, arraySort(days)[toUInt64(ceil(0.5 * length(days)))] AS ordinary
        FROM (
            SELECT device, occurred_on, count() AS checkins
            FROM transactions FINAL
            PREWHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
            WHERE kind = 'CHECKIN' AND device != '' AND empty(flags)
            GROUP BY device, occurred_on
        )
        GROUP BY device
    )
)`,
}

export const d11Anomalies: Measure = {
  id: 'D11',
  slug: 'anomalies',
  perspective: 'OPERATOR',
  names: { nl: 'Opvallend', fr: 'Inhabituel', en: 'Anomalies' },
  definition: {
    nl: 'Pashouders met meer dan 10 check-ins op één dag, en zuilen met op één dag minstens 50 check-ins en meer dan tien keer hun gewone dag.',
    fr: 'Titulaires avec plus de 10 check-ins en un jour, et bornes avec en un jour au moins 50 check-ins et plus de dix fois leur jour ordinaire.',
    en: 'Passholders with more than 10 check-ins on one day, and kiosks with on one day at least 50 check-ins and more than ten times their ordinary day.',
  },
  population: POPULATIONS.checkins,
  coverage: {
    nl: 'Alleen aantallen, nooit wie. De gewone dag van een zuil is de mediaan van haar dagen met check-ins in de periode.',
    fr: "Seulement des nombres, jamais qui. Le jour ordinaire d'une borne est la médiane de ses jours avec check-ins pendant la période.",
    en: 'Numbers only, never who. The ordinary day of a kiosk is the median of its days with check-ins in the period.',
  },
  unit: 'COUNT',
  places: ['ALL'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: TOTAL,
  disclosure: 'OPERATIONS',
  figures: [
    {
      id: 'holders',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'dagen van pashouders', fr: 'jours de titulaires', en: 'days of passholders' },
      of: queried('anomalies', 'holders'),
    },
    {
      id: 'kiosks',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'dagen van zuilen', fr: 'jours de bornes', en: 'days of kiosks' },
      of: queried('anomalies', 'kiosks'),
    },
  ],
  queries: [ANOMALIES],
}
