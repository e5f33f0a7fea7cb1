import { COVERAGE, notes } from './coverage.ts'
import type { Measure } from './measure.ts'
import { queried, shareWith, sum } from './part.ts'
import { POPULATIONS } from './populations.ts'
import type { Query } from './query.ts'

/**
 * For operators only, in no release: who is new at which event is linked so closely with who is new to the organizer (C3) that to
 * publish both in the demo withheld 60 of 165 organizers' newcomers for the sake of the others.
 */
const NEWCOMERS: Query = {
  id: 'newcomers-by-event',
  names: { nl: 'deelnames van nieuw publiek', fr: 'participations du nouveau public', en: 'participations of new public' },
  dimensions: ['event'],
  columns: ['new', 'participations'],
  sql: `SELECT concat('organizer:', organizer) AS place, event, countIf(is_new) AS new, count() AS participations
FROM (
    SELECT
        organizer, toString(event_number) AS event,
        (organizer, holder) IN (
            SELECT organizer, holder
            FROM organizer_periods
            WHERE period = {period:String} AND state = 'NEW' AND concat('organizer:', organizer) IN {places:Array(String)}
        ) AS is_new
    FROM participations
    WHERE day BETWEEN {firstDay:Date} AND {lastDay:Date} AND evidence != 'TICKET'
        AND concat('organizer:', organizer) IN {places:Array(String)}
)
GROUP BY organizer, event`,
}

export const c8EventsAndTheirPublic: Measure = {
  id: 'C8',
  slug: 'events-and-their-public',
  perspective: 'ORGANIZER',
  names: { nl: 'Activiteiten en hun publiek', fr: 'Activités et leur public', en: 'Events and their public' },
  definition: {
    nl: 'Van elke activiteit met minstens 30 deelnames: hoeveel deelnames met kansentarief, hoeveel pashouders zonder, en van wie nieuw is bij de organisator.',
    fr: "De chaque activité avec au moins 30 participations : combien au tarif réduit, combien de titulaires sans, et de personnes nouvelles chez l'organisateur.",
    en: 'Of each event with at least 30 participations: how many with the social tariff, how many passholders without, and by people who are new to the organizer.',
  },
  population: POPULATIONS.participations,
  coverage: notes(COVERAGE.checkins, {
    nl: 'Een activiteit van UiTdatabank met al haar dagen is een reeks. Nieuw is wie in de periode voor het eerst bij de organisator deelnam; dat staat in geen publicatie, omdat er zoveel voor verborgen zou moeten worden.',
    fr: "Une activité d'UiTdatabank avec tous ses jours est une série. Est nouveau qui a participé pour la première fois chez l'organisateur dans la période ; ce chiffre n'est dans aucune publication, car il faudrait masquer trop d'autres chiffres.",
    en: 'An event of UiTdatabank with all its days is a series. New is who took part with the organizer for the first time in the period; that is in no release, as too much else would have to be withheld for it.',
  }),
  unit: 'PERCENT',
  places: ['ORGANIZER'],
  periods: ['YEAR', 'SEASON'],
  dimensions: [['event']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'social-tariff',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'met kansentarief', fr: 'au tarif réduit', en: 'with the social tariff' },
      share: {
        part: sum('organizer-events', 'participations', { tariff: ['KT'] }),
        whole: sum('organizer-events', 'participations'),
      },
      wholeMin: 30,
    },
    {
      id: 'without-social-tariff',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: {
        nl: 'pashouders zonder kansentarief',
        fr: 'titulaires sans tarif réduit',
        en: 'passholders without the social tariff',
      },
      share: shareWith('organizer-events', { tariff: ['OTHER'] }),
    },
    {
      id: 'new',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'van nieuw publiek', fr: 'du nouveau public', en: 'by new public' },
      share: {
        part: queried('newcomers-by-event', 'new'),
        whole: queried('newcomers-by-event', 'participations'),
      },
      wholeMin: 30,
    },
    {
      id: 'participations',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'deelnames', fr: 'participations', en: 'participations' },
      of: sum('organizer-events', 'participations'),
    },
  ],
  queries: [NEWCOMERS],
}
