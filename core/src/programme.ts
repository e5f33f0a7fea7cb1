/** The programme of cards, events and transactions that name none. */
export const DEFAULT_PROGRAMME = 'uitpas'
