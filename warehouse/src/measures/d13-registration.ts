import type { Measure } from './measure.ts'
import { people } from './part.ts'

export const d13Registration: Measure = {
  id: 'D13',
  slug: 'registration',
  perspective: 'OPERATOR',
  names: { nl: 'Inschrijvingen', fr: 'Inscriptions', en: 'Registrations' },
  definition: {
    nl: 'Afgewerkte inschrijvingen: pashouders met hun eerste geldige dag in de periode.',
    fr: 'Inscriptions terminées : titulaires dont le premier jour valable tombe dans la période.',
    en: 'Finished registrations: passholders whose first valid day is in the period.',
  },
  population: {
    nl: 'Nieuwe pashouders, zonder groepspassen.',
    fr: 'Nouveaux titulaires, sans les pass de groupe.',
    en: 'New passholders, without group passes.',
  },
  coverage: {
    nl: 'Nog niet vastgelegd: begonnen maar niet afgewerkte inschrijvingen, en de weg (online, balie, toetsing van het kansentarief).',
    fr: 'Pas encore enregistré : inscriptions commencées mais non terminées, et la voie (en ligne, guichet, contrôle du tarif réduit).',
    en: 'Not recorded yet: registrations that were started but not finished, and the route (online, counter, social-tariff validation).',
  },
  unit: 'COUNT',
  places: ['ALL', 'REGION', 'MUNICIPALITY'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: [[], ['tariff'], ['age']],
  disclosure: 'PEOPLE',
  figures: [
    {
      id: 'finished',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'afgewerkt', fr: 'terminées', en: 'finished' },
      of: people('registrations'),
    },
  ],
}
