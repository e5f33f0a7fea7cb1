import { COVERAGE, notes } from './coverage.ts'
import { BY_TARIFF } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { people, shareWith, spread, sum } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const a6Breadth: Measure = {
  id: 'A6',
  slug: 'breadth',
  perspective: 'MUNICIPALITY',
  names: { nl: 'Smaakverbreding', fr: 'Élargissement des goûts', en: 'Breadth of taste' },
  definition: {
    nl: 'Hoeveel actieve pashouders in minstens twee sectoren deelnamen; en hoeveel van wie ook vorig jaar deelnam, nu in een sector kwamen waar ze de 24 maanden ervoor niet gezien waren.',
    fr: "Combien de titulaires actifs ont participé dans au moins deux secteurs ; et combien de ceux qui participaient déjà l'année passée sont venus dans un secteur où on ne les avait pas vus pendant 24 mois.",
    en: 'How many active passholders took part in at least two sectors; and how many of those who took part last year as well came to a sector where they had not been seen for 24 months.',
  },
  population: POPULATIONS.active,
  coverage: notes(COVERAGE.checkins, {
    nl: 'Breedte groeit met frequentie; daarom ook het verwachte aantal sectoren bij drie willekeurige deelnames.',
    fr: "La diversité croît avec la fréquence ; d'où aussi le nombre de secteurs attendu pour trois participations au hasard.",
    en: 'Breadth grows with frequency; hence also the number of sectors to expect among three participations at random.',
  }),
  unit: 'PERCENT',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['YEAR', 'SEASON'],
  dimensions: [[], ['tariff'], ['breadth'], ['sector-before', 'sector']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'two-or-more',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'in minstens twee sectoren', fr: 'dans au moins deux secteurs', en: 'in at least two sectors' },
      dimensions: BY_TARIFF,
      share: shareWith('breadth', { breadth: ['2', '3+'] }),
    },
    {
      id: 'widened',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'verbreed sinds vorig jaar', fr: "élargi depuis l'année passée", en: 'widened since last year' },
      dimensions: BY_TARIFF,
      share: shareWith('widening', { widened: ['YES'] }),
    },
    {
      id: 'expected-sectors',
      kind: 'MEAN',
      unit: 'MEAN',
      names: {
        nl: 'verwachte sectoren bij drie deelnames',
        fr: 'secteurs attendus pour trois participations',
        en: 'sectors to expect among three participations',
      },
      dimensions: BY_TARIFF,
      of: sum('variety', 'expected-sectors'),
      per: people('variety'),
      scale: 0.001,
    },
    {
      id: 'share',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'aandeel van de actieve pashouders', fr: 'part des titulaires actifs', en: 'share of the active passholders' },
      dimensions: [['breadth']],
      share: spread('breadth', 'people', ['breadth']),
    },
    {
      id: 'pairs',
      kind: 'COUNT',
      unit: 'COUNT',
      names: {
        nl: 'pashouders van sector naar sector',
        fr: 'titulaires de secteur à secteur',
        en: 'passholders from sector to sector',
      },
      dimensions: [['sector-before', 'sector']],
      places: ['ALL', 'REGION'],
      of: people('taste-pairs'),
    },
  ],
}
