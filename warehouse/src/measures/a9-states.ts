import { COVERAGE, notes } from './coverage.ts'
import { BY_TARIFF } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { people, shareWith, spread } from './part.ts'
import { POPULATIONS } from './populations.ts'

export const a9States: Measure = {
  id: 'A9',
  slug: 'states',
  perspective: 'MUNICIPALITY',
  names: {
    nl: 'Nieuw, terugkerend, opnieuw actief, afgehaakt',
    fr: 'Nouveaux, fidèles, réactivés, décrochés',
    en: 'New, returning, reactivated, lapsed',
  },
  definition: {
    nl: 'Nieuw: de eerste deelname ooit valt in de periode. Terugkerend: ook actief in de 18 maanden ervoor. Opnieuw actief: de vorige deelname is langer geleden. Afgehaakt: actief in de 18 maanden voor de laatste 18, en daarna niet meer.',
    fr: 'Nouveau : la toute première participation tombe dans la période. Fidèle : actif aussi pendant les 18 mois précédents. Réactivé : la participation précédente est plus ancienne. Décroché : actif pendant les 18 mois avant les 18 derniers, et plus depuis.',
    en: 'New: the first participation ever falls in the period. Returning: active in the 18 months before as well. Reactivated: the one before is longer ago. Lapsed: active in the 18 months before the last 18, and not since.',
  },
  population: POPULATIONS.valid,
  coverage: notes(COVERAGE.checkins, COVERAGE.history),
  unit: 'PERCENT',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['QUARTER', 'YEAR', 'SEASON'],
  dimensions: [[], ['tariff'], ['state'], ['tariff', 'state']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'share',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'aandeel van de pashouders', fr: 'part des titulaires', en: 'share of the passholders' },
      dimensions: [['state'], ['tariff', 'state']],
      share: spread('states', 'people', ['state']),
    },
    {
      id: 'holders',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'pashouders', fr: 'titulaires', en: 'passholders' },
      of: people('states'),
    },
    {
      id: 'lapsed',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'afgehaakt', fr: 'décrochés', en: 'lapsed' },
      dimensions: BY_TARIFF,
      share: shareWith('lapse', { lapsed: ['YES'] }),
    },
    {
      id: 'lapsed-holders',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'afgehaakte pashouders', fr: 'titulaires décrochés', en: 'lapsed passholders' },
      dimensions: BY_TARIFF,
      of: people('lapse', { lapsed: ['YES'] }),
    },
  ],
}
