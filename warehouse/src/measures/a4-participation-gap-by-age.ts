import { GAP_SHARES } from './a3-participation-gap.ts'
import { COVERAGE, notes } from './coverage.ts'
import type { Measure } from './measure.ts'
import { POPULATIONS } from './populations.ts'

export const a4ParticipationGapByAge: Measure = {
  id: 'A4',
  slug: 'participation-gap-by-age',
  perspective: 'MUNICIPALITY',
  names: { nl: 'Deelnamekloof per leeftijd', fr: 'Écart de participation par âge', en: 'Participation gap by age' },
  definition: {
    nl: 'De deelnamekloof binnen elke leeftijdsgroep: welke groep blijft het meest achter?',
    fr: "L'écart de participation dans chaque groupe d'âge : quel groupe reste le plus en retrait ?",
    en: 'The participation gap within each age band: which group stays behind the most?',
  },
  population: POPULATIONS.exposed,
  coverage: notes(COVERAGE.checkins, COVERAGE.tariffRegion),
  unit: 'PERCENTAGE_POINTS',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['YEAR', 'SEASON'],
  dimensions: [['age']],
  disclosure: 'PEOPLE',
  figures: [
    { id: 'gap', kind: 'GAP', unit: 'PERCENTAGE_POINTS', names: { nl: 'kloof', fr: 'écart', en: 'gap' }, ...GAP_SHARES },
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
