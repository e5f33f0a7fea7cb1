import { COVERAGE, notes } from './coverage.ts'
import type { Measure } from './measure.ts'
import { people, shareWith } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const a10Retention: Measure = {
  id: 'A10',
  slug: 'retention',
  perspective: 'MUNICIPALITY',
  names: { nl: 'Behoud van nieuwkomers', fr: 'Fidélisation des nouveaux', en: 'Retention of newcomers' },
  definition: {
    nl: 'Van wie een aantal kwartalen geleden voor het eerst deelnam: hoeveel er in dit kwartaal deelnemen. Kwartalen naast elkaar geven de driehoek van cohorten.',
    fr: 'De ceux qui ont participé pour la première fois il y a un certain nombre de trimestres : combien participent ce trimestre-ci. Les trimestres côte à côte donnent le triangle des cohortes.',
    en: 'Of those who first took part some quarters ago: how many take part in this quarter. Quarters side by side give the triangle of cohorts.',
  },
  population: POPULATIONS.newcomers,
  coverage: notes(COVERAGE.checkins, COVERAGE.history),
  unit: 'PERCENT',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['QUARTER'],
  dimensions: [['quarters-since']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'active',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'nog actief', fr: 'encore actifs', en: 'still active' },
      share: shareWith('retention', { activity: ['ACTIVE'] }),
    },
    { id: 'cohort', kind: 'COUNT', unit: 'COUNT', names: { nl: 'cohort', fr: 'cohorte', en: 'cohort' }, of: people('retention') },
  ],
}
