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
    nl: 'De streefwaarden zelf zijn nog niet vastgelegd: het deel van de streefwaarde staat er daarom niet bij.',
    fr: "Les objectifs eux-mêmes ne sont pas encore enregistrés : la part de l'objectif n'est donc pas indiquée.",
    en: 'The targets themselves are not recorded yet: the share of the target is therefore not given.',
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
