import { COVERAGE, notes } from './coverage.ts'
import type { Measure } from './measure.ts'
import { queried } from './part.ts'
import { POPULATIONS } from './populations.ts'
import type { Query } from './query.ts'

const WEEKLY_HOURS: Query = {
  id: 'weekly-hours',
  names: {
    nl: 'check-ins per uur van acht weken',
    fr: 'check-ins par heure de huit semaines',
    en: 'check-ins by the hour of eight weeks',
  },
  dimensions: ['weekday', 'hour'],
  columns: ['checkins', 'weeks', 'least', 'most'],
  sql: `SELECT 'all' AS place, weekday, hour, sum(times) AS checkins, 8 AS weeks,
    arraySort(arrayResize(groupArray(times), 8))[1] AS least,
    arraySort(arrayResize(groupArray(times), 8))[8] AS most
FROM (
    SELECT toString(toDayOfWeek(occurred_at, 0, 'Europe/Brussels')) AS weekday, toString(toHour(occurred_at, 'Europe/Brussels')) AS hour, occurred_on, count() AS times
    FROM transactions FINAL
    PREWHERE occurred_on BETWEEN {lastDay:Date} - 55 AND {lastDay:Date}
    WHERE kind = 'CHECKIN' AND empty(flags)
    GROUP BY weekday, hour, occurred_on
)
GROUP BY weekday, hour`,
}

export const d14Forecast: Measure = {
  id: 'D14',
  slug: 'forecast',
  perspective: 'OPERATOR',
  names: { nl: 'Verwachting', fr: 'Prévision', en: 'Forecast' },
  definition: {
    nl: 'Check-ins die per uur van de week te verwachten zijn in de vier weken na de periode: het gemiddelde van de laatste acht weken, met het kleinste en grootste van de middelste 80 %.',
    fr: 'Check-ins à prévoir par heure de la semaine pour les quatre semaines après la période : la moyenne des huit dernières semaines, avec le plus petit et le plus grand des 80 % du milieu.',
    en: 'Check-ins to expect by hour of the week in the four weeks after the period: the mean of the last eight weeks, with the least and the most of the middle 80 %.',
  },
  population: POPULATIONS.checkins,
  coverage: notes(COVERAGE.technical, {
    nl: 'Schoolvakanties tellen nog niet mee: in en na een vakantie ligt de verwachting ernaast.',
    fr: 'Les congés scolaires ne sont pas encore pris en compte : pendant et après des congés, la prévision est à côté.',
    en: 'School holidays are not taken into account yet: in and after a holiday the forecast is off.',
  }),
  unit: 'PER_HOUR',
  places: ['ALL'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: [['weekday', 'hour']],
  disclosure: 'OPERATIONS',
  figures: [
    {
      id: 'expected',
      kind: 'MEAN',
      unit: 'PER_HOUR',
      names: { nl: 'verwacht', fr: 'prévu', en: 'expected' },
      of: queried('weekly-hours', 'checkins'),
      per: queried('weekly-hours', 'weeks'),
    },
    {
      id: 'least',
      kind: 'COUNT',
      unit: 'PER_HOUR',
      names: { nl: 'minstens', fr: 'au moins', en: 'least' },
      of: queried('weekly-hours', 'least'),
    },
    {
      id: 'most',
      kind: 'COUNT',
      unit: 'PER_HOUR',
      names: { nl: 'hoogstens', fr: 'au plus', en: 'most' },
      of: queried('weekly-hours', 'most'),
    },
  ],
  queries: [WEEKLY_HOURS],
}
