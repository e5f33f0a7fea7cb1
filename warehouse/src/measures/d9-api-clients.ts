import type { Measure } from './measure.ts'
import { queried } from './part.ts'
import type { Query } from './query.ts'

const API_CLIENTS: Query = {
  id: 'api-clients',
  names: { nl: 'verrichtingen per client', fr: 'opérations par client', en: 'transactions by client' },
  dimensions: ['client'],
  columns: ['accepted'],
  sql: `SELECT 'all' AS place, toString(client) AS client, count() AS accepted
FROM transactions FINAL
PREWHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
WHERE client != ''
GROUP BY GROUPING SETS ((), (client))`,
}

export const d9ApiClients: Measure = {
  id: 'D9',
  slug: 'api-clients',
  perspective: 'OPERATOR',
  names: { nl: 'Gebruik van de API', fr: "Usage de l'API", en: 'Use of the API' },
  definition: {
    nl: 'Aanvaarde verrichtingen per API-client.',
    fr: 'Opérations acceptées par client API.',
    en: 'Accepted transactions by API client.',
  },
  population: {
    nl: 'Verrichtingen die een API-client deed; zuilen en eigen toestellen staan erbuiten.',
    fr: "Opérations faites par un client API ; bornes et appareils personnels n'y sont pas.",
    en: 'Transactions that an API client made; kiosks and own devices are outside.',
  },
  coverage: {
    nl: 'Nog niet vastgelegd: leesvragen en fouten per client. Weigeringen staan in D4, zonder client.',
    fr: 'Pas encore enregistré : lectures et erreurs par client. Les refus sont dans D4, sans client.',
    en: 'Not recorded yet: reads and errors by client. Refusals are in D4, without client.',
  },
  unit: 'COUNT',
  places: ['ALL'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: [['client']],
  disclosure: 'OPERATIONS',
  figures: [
    {
      id: 'accepted',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'aanvaarde verrichtingen', fr: 'opérations acceptées', en: 'accepted transactions' },
      of: queried('api-clients', 'accepted'),
    },
    {
      id: 'share',
      kind: 'SHARE',
      unit: 'PERCENT',
      names: { nl: 'aandeel', fr: 'part', en: 'share' },
      share: { part: queried('api-clients', 'accepted'), whole: queried('api-clients', 'accepted', { over: ['client'] }) },
    },
  ],
  queries: [API_CLIENTS],
}
