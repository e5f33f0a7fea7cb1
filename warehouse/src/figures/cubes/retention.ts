import type { Cube } from '../cube.ts'
import { ACTIVITY, allSetsOf, HOME_PLACES, numbered } from './shared.ts'

/** Of each cohort of newcomers, who takes part in this quarter (A10). */
export const RETENTION_CUBE: Cube = {
  id: 'retention',
  names: { nl: 'behoud van nieuwkomers', fr: 'fidélité des nouveaux', en: 'retention' },
  population: {
    nl: 'passhouders met hun eerste deelname in dit of een van de acht kwartalen ervoor',
    fr: 'titulaires dont la première participation date de ce trimestre ou des huit précédents',
    en: 'holders whose first participation was in this quarter or in one of the eight before',
  },
  source: 'holder-periods',
  where: ['quarters_since <= 8'],
  places: HOME_PLACES,
  placesSeveral: false,
  periods: ['QUARTER'],
  closesAfterDays: 0,
  dimensions: [numbered('quarters-since', 'quarters_since'), ACTIVITY],
  lattice: allSetsOf('quarters-since', 'activity'),
  columns: [],
  publishesPeople: true,
  links: [],
}
