import { comparison } from './comparison.ts'

/** Each sale is a holder with the social tariff at an event that has a limit, and at whose organizer few have bought before. */
export const ticketSales = comparison({
  name: 'ticket-sales',
  question: 'How many tickets does one ingest process sell in a second, and what share is that of a bare route?',
  request: 'ticket-sales',
  unit: 'tickets',
  ratio: { atLeast: 0.3 },
  isWrite: true,
})
