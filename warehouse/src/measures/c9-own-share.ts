import { COVERAGE, notes } from './coverage.ts'
import { TOTAL } from './dimension-sets.ts'
import type { Measure } from './measure.ts'
import { queried } from './part.ts'
import { POPULATIONS } from './populations.ts'
import type { Query } from './query.ts'

const OWN_TICKETS: Query = {
  id: 'own-tickets',
  names: { nl: 'eigen tickets aan kansentarief', fr: 'propres tickets au tarif réduit', en: 'own tickets at the social tariff' },
  dimensions: [],
  columns: ['tickets', 'own-share', 'reimbursed'],
  sql: `SELECT concat('organizer:', organizer) AS place,
    count() AS tickets,
    sum(organizer_share) AS "own-share",
    sum(toUInt64(local_government_share) + flemish_government_share) AS reimbursed
FROM social_tariff_tickets
WHERE day BETWEEN {firstDay:Date} AND {lastDay:Date} AND place IN {places:Array(String)}
GROUP BY organizer`,
}

export const c9OwnShare: Measure = {
  id: 'C9',
  slug: 'own-share',
  perspective: 'ORGANIZER',
  names: { nl: 'Eigen aandeel en terugbetaling', fr: 'Part propre et remboursement', en: 'Own share and reimbursement' },
  definition: {
    nl: 'Wat de organisator zelf bijdroeg aan tickets aan kansentarief, en wat de overheden hem ervoor terugbetalen.',
    fr: "Ce que l'organisateur a lui-même pris en charge des tickets au tarif réduit, et ce que les pouvoirs publics lui remboursent.",
    en: 'What the organizer bore of tickets at the social tariff, and what the governments reimburse.',
  },
  population: POPULATIONS.socialTariffTickets,
  coverage: notes(COVERAGE.amounts, {
    nl: 'Of een bedrag al betaald is, weet de boekhouding; het is hier nog niet vastgelegd.',
    fr: "Qu'un montant soit déjà payé, la comptabilité le sait ; ce n'est pas encore enregistré ici.",
    en: 'Whether an amount was paid is known to the accounts; it is not recorded here yet.',
  }),
  unit: 'EURO',
  places: ['ORGANIZER'],
  periods: ['MONTH', 'QUARTER', 'YEAR', 'SEASON'],
  dimensions: TOTAL,
  disclosure: 'SETTLEMENT',
  figures: [
    {
      id: 'own-share',
      kind: 'COUNT',
      unit: 'EURO',
      names: { nl: 'eigen aandeel', fr: 'part propre', en: 'own share' },
      of: queried('own-tickets', 'own-share'),
      scale: 0.01,
    },
    {
      id: 'reimbursed',
      kind: 'COUNT',
      unit: 'EURO',
      names: { nl: 'terug te betalen', fr: 'à rembourser', en: 'to be reimbursed' },
      of: queried('own-tickets', 'reimbursed'),
      scale: 0.01,
    },
    {
      id: 'tickets',
      kind: 'COUNT',
      unit: 'COUNT',
      names: { nl: 'tickets aan kansentarief', fr: 'tickets au tarif réduit', en: 'tickets at the social tariff' },
      of: queried('own-tickets', 'tickets'),
    },
  ],
  queries: [OWN_TICKETS],
}
