import { COVERAGE, notes } from './coverage.ts'
import type { Measure } from './measure.ts'
import { people, spread } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const a15Neighbourhoods: Measure = {
  id: 'A15',
  slug: 'neighbourhoods',
  perspective: 'MUNICIPALITY',
  names: { nl: 'Buurten', fr: 'Quartiers', en: 'Neighbourhoods' },
  definition: {
    nl: 'Waar in de gemeente de pashouders wonen, per postcode.',
    fr: 'Où habitent les titulaires dans la commune, par code postal.',
    en: 'Where in the municipality the passholders live, by postal code.',
  },
  population: POPULATIONS.validAtEnd,
  coverage: notes(COVERAGE.registry, {
    nl: 'Het register geeft geen statistische sector door en er is geen tabel van inwoners per postcode: daarom het aandeel van de pashouders, niet dat van de inwoners.',
    fr: "Le registre ne transmet pas le secteur statistique et il n'y a pas de table d'habitants par code postal : d'où la part des titulaires, et non celle des habitants.",
    en: 'The registry passes on no statistical sector and there is no table of inhabitants by postal code: hence the share of the passholders, not that of the inhabitants.',
  }),
  unit: 'PERCENT',
  places: ['MUNICIPALITY'],
  periods: ['YEAR'],
  dimensions: [['postal-code']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'share',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'aandeel van de pashouders', fr: 'part des titulaires', en: 'share of the passholders' },
      share: spread('neighbourhoods', 'people', ['postal-code']),
    },
    {
      id: 'holders',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'pashouders', fr: 'titulaires', en: 'passholders' },
      of: people('neighbourhoods'),
    },
  ],
}
