import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'

export const d3Latency: Measure = {
  id: 'D3',
  slug: 'latency',
  perspective: 'OPERATOR',
  names: { nl: 'Snelheid', fr: 'Rapidité', en: 'Latency' },
  definition: {
    nl: 'Hoeveel vragen binnen de streeftijd beantwoord worden, per ingang.',
    fr: "Combien de demandes reçoivent une réponse dans le temps visé, par point d'accès.",
    en: 'How many requests are answered within the target time, by endpoint.',
  },
  population: {
    nl: 'Vragen aan de UiTPAS API van deze installatie.',
    fr: "Demandes à l'API UiTPAS de cette installation.",
    en: 'Requests to the UiTPAS API of this installation.',
  },
  coverage: {
    nl: 'Nog niet vastgelegd: antwoordtijden per ingang komen niet in het warehouse. De bench van deze versie meet ze onder belasting.',
    fr: "Pas encore enregistré : les temps de réponse par point d'accès n'arrivent pas dans l'entrepôt. Le banc d'essai de cette version les mesure sous charge.",
    en: 'Not recorded yet: response times by endpoint do not reach the warehouse. The bench of this version measures them under load.',
  },
  unit: 'PERCENT',
  places: ['ALL'],
  periods: [],
  dimensions: TOTAL,
  disclosure: 'OPERATIONS',
  figures: [],
}
