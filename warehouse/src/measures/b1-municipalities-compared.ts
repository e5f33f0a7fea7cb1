import { a1Reach } from './a1-reach.ts'
import { a2SocialTariffCoverage } from './a2-social-tariff-coverage.ts'
import { a3ParticipationGap } from './a3-participation-gap.ts'
import { COVERAGE, notes } from './coverage.ts'
import { TOTAL } from './dimension-sets.ts'
import { figuresOfTotal } from './figures-of-total.ts'
import type { Measure } from './measure.ts'
import { POPULATIONS } from './populations.ts'

export const b1MunicipalitiesCompared: Measure = {
  id: 'B1',
  slug: 'municipalities-compared',
  perspective: 'REGION',
  names: { nl: 'Gemeenten vergeleken', fr: 'Communes comparées', en: 'Municipalities compared' },
  definition: {
    nl: 'Bereik, dekking van het kansentarief en deelnamekloof van elke gemeente, met de regio als ijkpunt.',
    fr: 'Portée, couverture du tarif réduit et écart de participation de chaque commune, avec la région comme repère.',
    en: 'Reach, coverage of the social tariff and participation gap of each municipality, with the region as the mark.',
  },
  population: POPULATIONS.validAtEnd,
  coverage: notes(COVERAGE.registry, COVERAGE.tariffRound, COVERAGE.checkins),
  unit: 'PERCENT',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['YEAR'],
  dimensions: TOTAL,
  disclosure: 'PEOPLE',
  figures: [...figuresOfTotal(a1Reach), ...figuresOfTotal(a2SocialTariffCoverage), ...figuresOfTotal(a3ParticipationGap)],
}
