import type { Measure } from './measure.ts'
import { sum } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const c7PeakHours: Measure = {
  id: 'C7',
  slug: 'peak-hours',
  perspective: 'ORGANIZER',
  names: { nl: 'Drukke uren', fr: 'Heures de pointe', en: 'Peak hours' },
  definition: {
    nl: 'Check-ins per weekdag en uur, gemiddeld per week van het kwartaal.',
    fr: 'Check-ins par jour de la semaine et par heure, en moyenne par semaine du trimestre.',
    en: 'Check-ins by weekday and hour, per week of the quarter on average.',
  },
  population: POPULATIONS.checkins,
  coverage: {
    nl: 'Een uur is een uur in Brussel; een week heeft er 168. Alleen uren waarin iemand incheckte.',
    fr: "Une heure est une heure à Bruxelles ; une semaine en compte 168. Seulement les heures où quelqu'un a fait un check-in.",
    en: 'An hour is an hour in Brussels; a week has 168. Only hours in which somebody checked in.',
  },
  unit: 'PER_HOUR',
  places: ['ORGANIZER'],
  periods: ['QUARTER'],
  dimensions: [[], ['weekday'], ['hour'], ['weekday', 'hour']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'checkins-per-week',
      kind: 'PER_WEEK',
      unit: 'PER_HOUR',
      names: { nl: 'check-ins per week', fr: 'check-ins par semaine', en: 'check-ins per week' },
      of: sum('organizer-hours', 'checkins'),
    },
    {
      id: 'checkins',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'check-ins', fr: 'check-ins', en: 'check-ins' },
      of: sum('organizer-hours', 'checkins'),
    },
  ],
}
