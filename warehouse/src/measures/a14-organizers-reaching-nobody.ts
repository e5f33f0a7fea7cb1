import { COVERAGE, notes } from './coverage.ts'
import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { sum } from './part.ts'

export const a14OrganizersReachingNobody: Measure = {
  id: 'A14',
  slug: 'organizers-reaching-nobody',
  perspective: 'MUNICIPALITY',
  names: {
    nl: 'Organisatoren die de kansengroep niet bereiken',
    fr: "Organisateurs qui n'atteignent pas le groupe cible",
    en: 'Organizers that do not reach the target group',
  },
  definition: {
    nl: 'Organisatoren met minstens 50 deelnames waarvan minder dan 5 % met kansentarief, op alle organisatoren met minstens 50 deelnames.',
    fr: 'Organisateurs avec au moins 50 participations dont moins de 5 % au tarif réduit, sur tous les organisateurs avec au moins 50 participations.',
    en: 'Organizers with at least 50 participations of which less than 5 % with the social tariff, of all organizers with at least 50 participations.',
  },
  population: {
    nl: 'De organisatoren waarnaar gevraagd wordt: in een gemeente die van die gemeente.',
    fr: 'Les organisateurs dont il est question : pour une commune, les siens.',
    en: 'The organizers that are asked about: of a municipality its own.',
  },
  coverage: notes(COVERAGE.checkins, {
    nl: 'Lees de dekking van de registratie (C13) ernaast.',
    fr: "À lire avec la couverture de l'enregistrement (C13).",
    en: 'Read it beside the coverage of the registration (C13).',
  }),
  unit: 'COUNT',
  places: ['ORGANIZER'],
  periods: ['YEAR', 'SEASON'],
  dimensions: TOTAL,
  disclosure: 'ORGANIZERS',
  figures: [
    {
      id: 'organizers',
      kind: 'PLACES_BELOW',
      unit: 'COUNT',
      names: { nl: 'organisatoren onder 5 %', fr: 'organisateurs sous 5 %', en: 'organizers below 5 %' },
      share: {
        part: sum('organizer-public', 'participations', { tariff: ['KT'] }),
        whole: sum('organizer-public', 'participations'),
      },
      wholeMin: 50,
      below: 0.05,
    },
    {
      id: 'of',
      kind: 'PLACES_BELOW',
      unit: 'COUNT',
      names: {
        nl: 'organisatoren met minstens 50 deelnames',
        fr: 'organisateurs avec au moins 50 participations',
        en: 'organizers with at least 50 participations',
      },
      share: {
        part: sum('organizer-public', 'participations', { tariff: ['KT'] }),
        whole: sum('organizer-public', 'participations'),
      },
      wholeMin: 50,
    },
  ],
}
