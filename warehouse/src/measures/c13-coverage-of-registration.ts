import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { queried } from './part.ts'
import type { Query } from './query.ts'

const REGISTERED: Query = {
  id: 'events-registered',
  names: { nl: 'activiteiten met check-ins', fr: 'activités avec check-ins', en: 'events with check-ins' },
  dimensions: [],
  columns: ['events', 'with-checkin'],
  sql: `SELECT concat('organizer:', organizer) AS place, sum(offer.events) AS events, sum(with_checkin) AS "with-checkin"
FROM offer_periods AS offer
WHERE period = {period:String} AND place IN {places:Array(String)}
GROUP BY organizer`,
}

export const c13CoverageOfRegistration: Measure = {
  id: 'C13',
  slug: 'coverage-of-registration',
  perspective: 'ORGANIZER',
  names: { nl: 'Dekking van de registratie', fr: "Couverture de l'enregistrement", en: 'Coverage of the registration' },
  definition: {
    nl: 'Eigen UiTPAS-activiteiten met minstens één check-in, op alle eigen UiTPAS-activiteiten van de periode.',
    fr: 'Propres activités UiTPAS avec au moins un check-in, sur toutes ses activités UiTPAS de la période.',
    en: 'Own UiTPAS events with at least one check-in, of all own UiTPAS events of the period.',
  },
  population: {
    nl: 'Activiteiten van de organisator die in de periode plaatsvonden en waarvoor een kaartsysteem aan staat.',
    fr: "Activités de l'organisateur qui ont eu lieu pendant la période et pour lesquelles un système de cartes est actif.",
    en: 'Events of the organizer that took place in the period and have a card system enabled.',
  },
  coverage: {
    nl: 'Een activiteit zonder check-in kan ook gewoon geen pashouders gehad hebben.',
    fr: "Une activité sans check-in peut aussi n'avoir eu aucun titulaire.",
    en: 'An event without a check-in may simply have had no passholders.',
  },
  unit: 'PERCENT',
  places: ['ORGANIZER'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: TOTAL,
  disclosure: 'OPERATIONS',
  figures: [
    {
      id: 'coverage',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'met check-in', fr: 'avec check-in', en: 'with a check-in' },
      share: { part: queried('events-registered', 'with-checkin'), whole: queried('events-registered', 'events') },
    },
    {
      id: 'events',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'activiteiten', fr: 'activités', en: 'events' },
      of: queried('events-registered', 'events'),
    },
  ],
  queries: [REGISTERED],
}
