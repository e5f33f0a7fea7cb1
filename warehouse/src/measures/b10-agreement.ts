import { a1Reach } from './a1-reach.ts'
import { a2SocialTariffCoverage } from './a2-social-tariff-coverage.ts'
import { GAP_SHARES } from './a3-participation-gap.ts'
import { COVERAGE, notes } from './coverage.ts'
import { TOTAL } from './dimension-sets.ts'
import { figuresOfTotal } from './figures-of-total.ts'
import type { Measure } from './measure.ts'
import { people, sum } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const b10Agreement: Measure = {
  id: 'B10',
  slug: 'agreement',
  perspective: 'REGION',
  names: { nl: 'Afspraken van de regio', fr: 'Accords de la région', en: 'Agreement of the region' },
  definition: {
    nl: 'De waarde van de kerncijfers waarover een regio afspraken maakt: bereik, dekking van het kansentarief, deelnamekloof, en deelnames per pashouder.',
    fr: 'La valeur des chiffres clés sur lesquels une région passe des accords : portée, couverture du tarif réduit, écart de participation, et participations par titulaire.',
    en: 'The value of the key figures that a region makes agreements on: reach, coverage of the social tariff, participation gap, and participations per passholder.',
  },
  population: POPULATIONS.validAtEnd,
  coverage: notes(COVERAGE.registry, COVERAGE.checkins, {
    nl: 'De streefwaarden legt de regio zelf vast; ze staan op de pagina Regio, en niet in de uitgave.',
    fr: "La région fixe elle-même ses objectifs ; ils figurent sur la page Région, et non dans l'édition.",
    en: 'The region sets its targets itself; they stand on the page Region, and not in the release.',
  }),
  unit: 'PERCENT',
  places: ['REGION'],
  periods: ['YEAR'],
  dimensions: TOTAL,
  disclosure: 'PEOPLE',
  figures: [
    ...figuresOfTotal(a1Reach),
    ...figuresOfTotal(a2SocialTariffCoverage),
    { id: 'gap', kind: 'GAP', unit: 'PERCENTAGE_POINTS', names: { nl: 'kloof', fr: 'écart', en: 'gap' }, ...GAP_SHARES },
    {
      id: 'participations-per-holder',
      kind: 'MEAN',
      unit: 'MEAN',
      names: { nl: 'deelnames per pashouder', fr: 'participations par titulaire', en: 'participations per passholder' },
      of: sum('frequency', 'participations'),
      per: people('holders'),
    },
  ],
}
