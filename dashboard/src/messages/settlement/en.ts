import type { SettlementMessages } from './settlement-messages.ts'

export const en: SettlementMessages = {
  choice: 'Which settlement?',
  region: 'Region',
  period: 'Period',
  nextPeriods: 'To be closed',
  closedPeriods: 'Closed',
  show: 'Show',
  back: 'To the whole region',
  closed: (period) => `${period} is closed. What still changes becomes a correction of the next period.`,
  faults: {
    NOT_CONFIRMED: () => 'Nothing was closed: type the period exactly to confirm.',
    UNKNOWN_REGION: () => 'The registry does not know this region.',
    UNKNOWN_PERIOD: () => 'There is no such period.',
    NOT_AN_OFFICER: () => 'This account does not settle this region.',
    NO_MEMBERS: () => 'No municipalities with inhabitants are known of this region. Have them put in the registry.',
    NO_AGREEMENT: (day) =>
      day === ''
        ? 'This region has no agreement about its settlement yet. Have it put in the registry.'
        : `The agreement of this region begins on ${day} only. Choose a later period, or have the agreement extended.`,
    AGREEMENT_CHANGES: (day) =>
      `The agreement changes on ${day}, in the middle of this period. Settle the months before and those from then on apart.`,
    NOT_OVER: () => 'The period is not over: close it afterwards.',
    NOT_LOADED: () => 'Not all sales of this period are processed yet. Try again later.',
    NOT_NEXT: (day) => `Periods follow each other: the next one begins on ${day}.`,
    ALREADY_CLOSED: () => 'This period was closed before. What changed since comes in the next one.',
    UNKNOWN_KEY: (keys) => `Nobody knows which region distribution key ${keys} belongs to. Have it put in the registry again.`,
    TICKETS_MISSING: (count) => `${count} settled tickets are not in the warehouse. The operator has to rebuild it.`,
    FINDINGS: () => 'Nothing was closed: look at what was found, and tick that it is right.',
    CHANGED: () => 'Nothing was closed: the settlement changed since you looked at it. Look again.',
  },
  findings: {
    region: ({ borne, tickets, one, transfers }) =>
      `The municipalities bear ${borne} together for ${tickets} ${one ? 'ticket' : 'tickets'}; ${transfers === 0 ? 'nobody owes anything' : `${transfers} ${transfers === 1 ? 'payment makes' : 'payments make'} everybody even`}.`,
    nothing: 'There are no tickets to settle in this period.',
    gets: ({ name, amount }) => `${name} is paid ${amount}.`,
    owes: ({ name, amount }) => `${name} pays ${amount}.`,
    even: (name) => `${name} is paid nothing and pays nothing.`,
    note: ({ name, amount, tickets, one }) => `${name} may charge ${amount} for ${tickets} ${one ? 'ticket' : 'tickets'}.`,
  },
  keyFigures: {
    label: 'Key figures',
    tickets: 'Tickets',
    ticketsNote: 'with corrections',
    local: 'Local governments',
    localNote: (share) => `${share} of the regular price`,
    moved: 'To be paid among them',
    movedNote: (transfers) => `in ${transfers} ${transfers === 1 ? 'payment' : 'payments'}`,
    corrections: 'Corrections',
    correctionsNote: (tickets) => `${tickets} tickets of closed periods`,
  },
  notes: {
    amounts: 'In euro, with corrections of earlier periods.',
    paid: 'Tickets of residents of this municipality, by organizer.',
    received: 'Tickets of residents of other municipalities at organizers in this one.',
    due: 'What the organizer may ask of each government.',
    municipalities:
      'What each municipality pays for its residents, what others pay at its organizers, and what it bears by the agreement.',
    transfers: 'These payments bring all balances to zero.',
    organizers: 'What each organizer may charge. Its name leads to the expense note.',
    corrections: 'Sold in a period that was closed, and arrived or taken back since. They are part of the amounts above.',
    findings: 'Look at this before you close.',
  },
  none: {
    transfers: 'Nobody has to pay anything.',
    corrections: 'There are no corrections of earlier periods.',
    findings: 'Nothing odd was found.',
    other: 'None.',
  },
  whatIf: {
    title: 'What if?',
    note: 'By other percentages, of the tickets that were sold in this period. Nothing of it is kept.',
    fields: {
      use: 'Borne by use (%)',
      participant: 'Participant pays (%)',
      local: 'Local government pays (%)',
      flemish: 'Flemish government pays (%)',
    },
    paidBy: 'Who pays the organizer?',
    asAgreed: 'As agreed',
    home: 'The municipality of the passholder',
    host: 'The municipality of the organizer',
    show: 'Work out',
    wrong:
      'Give percentages from 0 to 100. Other shares of the price name participant and local government, and are 100 together at most; the organizer bears the rest.',
    payers: 'Who would bear what of the price',
    payersNote: 'All tickets together.',
    municipalities: 'What each municipality would bear',
    municipalitiesNote: 'A positive balance is paid to the municipality, a negative one by it.',
    payerNames: {
      participant: 'Participants',
      organizerShare: 'Organizers',
      localGovernment: 'Local governments',
      flemishGovernment: 'Flemish government',
      regularPrice: 'Regular price',
    },
    heads: {
      who: 'Who',
      agreed: 'Bears now',
      supposed: 'Would bear',
      difference: 'Difference',
      agreedBalance: 'Balance now',
      supposedBalance: 'Balance then',
    },
  },
  closing: {
    title: 'Closing the period',
    note: 'A closing cannot be undone. The amounts above are fixed then; what changes later becomes a correction of the next period. Your account stands in the closing.',
    notOver: (day) => `The period lasts until ${day}. It can be closed afterwards.`,
    confirm: (period) => `Type ${period} to confirm`,
    accept: (findings) =>
      findings === 1
        ? 'I looked at what was found, and it is right.'
        : `I looked at the ${findings} findings, and they are right.`,
    close: (period) => `Close ${period} for good`,
  },
}
