import { COVERAGE, notes } from './coverage.ts'
import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { people, sum } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const b5EffectOfJoining: Measure = {
  id: 'B5',
  slug: 'effect-of-joining',
  perspective: 'REGION',
  names: { nl: 'Effect van toetreden', fr: "Effet de l'adhésion", en: 'Effect of joining' },
  definition: {
    nl: 'Deelnames per 1.000 pashouders van een gemeente, kwartaal na kwartaal: vier voor en vier na de toetreding tot de regio.',
    fr: "Participations par 1 000 titulaires d'une commune, trimestre après trimestre : quatre avant et quatre après l'adhésion à la région.",
    en: 'Participations per 1,000 passholders of a municipality, quarter by quarter: four before and four after it joined the region.',
  },
  population: POPULATIONS.validAtEnd,
  coverage: notes(COVERAGE.checkins, {
    nl: 'De dag van toetreding staat onder de figuur: zoals ingevuld op Werkruimte, en anders de eerste dag dat het kaartsysteem de gemeente noemt. Samenloop is geen bewijs.',
    fr: "Le jour d'adhésion figure sous la figure : comme saisi dans Espace de travail, sinon le premier où le système de cartes cite la commune. Une coïncidence n'est pas une preuve.",
    en: 'The day of joining stands below the figure: as typed in on Workspace, else the first on which the card system names the municipality. Coincidence is no proof.',
  }),
  unit: 'PER_1000',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['QUARTER'],
  dimensions: TOTAL,
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'participations-per-1000',
      kind: 'MEAN',
      unit: 'PER_1000',
      names: {
        nl: 'deelnames per 1.000 pashouders',
        fr: 'participations par 1 000 titulaires',
        en: 'participations per 1,000 passholders',
      },
      of: sum('sectors', 'participations'),
      per: people('holders'),
      scale: 1000,
    },
  ],
}
