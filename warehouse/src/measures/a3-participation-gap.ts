import { COVERAGE, notes } from './coverage.ts'
import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { people, shareWith } from './part.ts'
import { POPULATIONS } from './populations.ts'

const ACTIVE = { activity: ['ACTIVE'] }

/** Of each group, who takes part. */
export const GAP_SHARES = {
  share: shareWith('participation', ACTIVE, { tariff: ['KT'] }),
  minus: shareWith('participation', ACTIVE, { tariff: ['OTHER'] }),
} as const

export const a3ParticipationGap: Measure = {
  id: 'A3',
  slug: 'participation-gap',
  perspective: 'MUNICIPALITY',
  names: { nl: 'Deelnamekloof', fr: 'Écart de participation', en: 'Participation gap' },
  definition: {
    nl: 'Het deel van de pashouders met kansentarief dat deelneemt, min dat van de andere pashouders. Onder nul: de kansengroep blijft achter.',
    fr: 'La part des titulaires au tarif réduit qui participent, moins celle des autres titulaires. Sous zéro : le groupe cible reste en retrait.',
    en: 'The share of passholders with the social tariff that takes part, minus that of the other passholders. Below zero: the target group stays behind.',
  },
  population: POPULATIONS.exposed,
  coverage: notes(COVERAGE.checkins, COVERAGE.tariffRegion, {
    nl: 'Gestandaardiseerd: alsof beide groepen de leeftijden van alle pashouders samen hadden.',
    fr: 'Standardisé : comme si les deux groupes avaient les âges de tous les titulaires ensemble.',
    en: 'Standardised: as if both groups had the ages of all passholders together.',
  }),
  unit: 'PERCENTAGE_POINTS',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['YEAR', 'SEASON'],
  dimensions: TOTAL,
  disclosure: 'PEOPLE',
  figures: [
    { id: 'gap', kind: 'GAP', unit: 'PERCENTAGE_POINTS', names: { nl: 'kloof', fr: 'écart', en: 'gap' }, ...GAP_SHARES },
    {
      id: 'gap-standardised',
      kind: 'STANDARDISED_GAP',
      unit: 'PERCENTAGE_POINTS',
      names: { nl: 'kloof, gestandaardiseerd naar leeftijd', fr: 'écart, standardisé par âge', en: 'gap, standardised by age' },
      ...GAP_SHARES,
      weights: people('participation'),
      by: 'age',
    },
    {
      id: 'ratio',
      kind: 'QUOTIENT',
      unit: 'RATIO',
      names: { nl: 'verhouding', fr: 'rapport', en: 'ratio' },
      share: GAP_SHARES.share,
      to: GAP_SHARES.minus,
    },
    {
      id: 'active-social-tariff',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: {
        nl: 'deelname met kansentarief',
        fr: 'participation avec tarif réduit',
        en: 'participation with the social tariff',
      },
      share: GAP_SHARES.share,
    },
    {
      id: 'active-other',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'deelname van de anderen', fr: 'participation des autres', en: 'participation of the others' },
      share: GAP_SHARES.minus,
    },
  ],
}
