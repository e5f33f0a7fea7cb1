import { COVERAGE } from './coverage.ts'
import { BY_TARIFF } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { people } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const b11ServedInSeveralMunicipalities: Measure = {
  id: 'B11',
  slug: 'served-in-several-municipalities',
  perspective: 'REGION',
  names: { nl: 'In meer gemeenten actief', fr: 'Actifs dans plusieurs communes', en: 'Active in several municipalities' },
  definition: {
    nl: 'Pashouders die in minstens twee gemeenten van hun regio deelnamen, op alle actieve pashouders van de regio.',
    fr: 'Titulaires qui ont participé dans au moins deux communes de leur région, sur tous les titulaires actifs de la région.',
    en: 'Passholders who took part in at least two municipalities of their region, of all active passholders of the region.',
  },
  population: POPULATIONS.active,
  coverage: COVERAGE.checkins,
  unit: 'PERCENT',
  places: ['ALL', 'REGION'],
  periods: ['YEAR', 'SEASON'],
  dimensions: [[], ['tariff'], ['visited']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'several',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'in minstens twee gemeenten', fr: 'dans au moins deux communes', en: 'in at least two municipalities' },
      dimensions: BY_TARIFF,
      share: {
        part: people('municipalities-visited', { visited: ['2', '3+'] }),
        whole: people('municipalities-visited', { visited: ['1', '2', '3+'] }),
      },
    },
    {
      id: 'holders',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'actieve pashouders', fr: 'titulaires actifs', en: 'active passholders' },
      of: people('municipalities-visited'),
    },
  ],
}
