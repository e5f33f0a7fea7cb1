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
    nl: 'De API telt ze zelf in klassen van tijd, van de laatste 24 uur; ze staan op Beheer en komen niet in het warehouse. Wat onderweg in het netwerk verloren gaat, ziet ze niet.',
    fr: "L'API les compte elle-même par classes de temps, des dernières 24 heures ; ils sont sur la page Gestion et n'arrivent pas dans l'entrepôt. Elle ne voit pas ce qui se perd en route dans le réseau.",
    en: 'The API counts them itself in classes of time, of the last 24 hours; they are on Operations and do not reach the warehouse. What is lost on the way in the network it does not see.',
  },
  unit: 'PERCENT',
  places: ['ALL'],
  periods: [],
  dimensions: TOTAL,
  disclosure: 'OPERATIONS',
  figures: [],
}
