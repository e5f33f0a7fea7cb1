import type { Language } from '../../lib/language.ts'

/** Words of papers that the tables of a settlement do not have: titles, and heads of columns that people read. */
export interface SettlementPaperWords {
  readonly overview: string
  readonly statement: (municipality: string) => string
  readonly note: (organizer: string) => string
  readonly parts: Readonly<
    Record<
      'amounts' | 'paid' | 'received' | 'due' | 'municipalities' | 'transfers' | 'organizers' | 'corrections' | 'findings',
      string
    >
  >
  readonly heads: Readonly<
    Record<
      | 'what'
      | 'amount'
      | 'organizer'
      | 'municipality'
      | 'government'
      | 'tickets'
      | 'price'
      | 'participant'
      | 'share'
      | 'local'
      | 'from'
      | 'to'
      | 'paid'
      | 'received'
      | 'borne'
      | 'balance'
      | 'finding'
      | 'period'
      | 'due',
      string
    >
  >
  readonly amounts: Readonly<
    Record<'paid' | 'paidInOwn' | 'paidElsewhere' | 'received' | 'net' | 'advanced' | 'borne' | 'balance', string>
  >
  readonly total: string
  readonly record: { readonly term: string; readonly text: (facts: { number: number; sha256: string }) => string }
}

const nl: SettlementPaperWords = {
  overview: 'Afrekening',
  statement: (municipality) => `Afrekening ${municipality}`,
  note: (organizer) => `Onkostennota ${organizer}`,
  parts: {
    amounts: 'In het kort',
    paid: 'Voor eigen inwoners',
    received: 'Wat anderen betalen bij organisatoren in deze gemeente',
    due: 'Aan te rekenen',
    municipalities: 'Per gemeente',
    transfers: 'Wie betaalt wie',
    organizers: 'Per organisator',
    corrections: 'Correcties van afgesloten periodes',
    findings: 'Wat opviel',
  },
  heads: {
    what: 'Wat',
    amount: 'Bedrag',
    organizer: 'Organisator',
    municipality: 'Gemeente',
    government: 'Overheid',
    tickets: 'Tickets',
    price: 'Basisprijs',
    participant: 'Deelnemers',
    share: 'Eigen aandeel',
    local: 'Lokaal bestuur',
    from: 'Betaalt',
    to: 'Krijgt',
    paid: 'Voor inwoners',
    received: 'Van anderen',
    borne: 'Draagt',
    balance: 'Saldo',
    finding: 'Bevinding',
    period: 'Periode',
    due: 'Aan te rekenen',
  },
  amounts: {
    paid: 'Aandeel in tickets van eigen inwoners',
    paidInOwn: 'daarvan in de eigen gemeente',
    paidElsewhere: 'daarvan in andere gemeenten',
    received: 'Van andere gemeenten voor hun inwoners, bij organisatoren hier',
    net: 'Verschil van de twee vorige',
    advanced: 'Betaald aan organisatoren volgens de afspraak',
    borne: 'Te dragen volgens de afspraak',
    balance: 'Saldo: positief is te krijgen, negatief te betalen',
  },
  total: 'Totaal',
  record: {
    term: 'Vastlegging',
    text: ({ number, sha256 }) => `Afsluiting ${number}, SHA-256 ${sha256}; elke afsluiting noemt die ervoor.`,
  },
}

const fr: SettlementPaperWords = {
  overview: 'Décompte',
  statement: (municipality) => `Décompte ${municipality}`,
  note: (organizer) => `Note de frais ${organizer}`,
  parts: {
    amounts: 'En bref',
    paid: 'Pour ses habitants',
    received: 'Ce que d’autres paient chez des organisateurs de cette commune',
    due: 'À facturer',
    municipalities: 'Par commune',
    transfers: 'Qui paie qui',
    organizers: 'Par organisateur',
    corrections: 'Corrections de périodes clôturées',
    findings: 'À remarquer',
  },
  heads: {
    what: 'Quoi',
    amount: 'Montant',
    organizer: 'Organisateur',
    municipality: 'Commune',
    government: 'Pouvoir public',
    tickets: 'Tickets',
    price: 'Prix de base',
    participant: 'Participants',
    share: 'Part propre',
    local: 'Pouvoir local',
    from: 'Paie',
    to: 'Reçoit',
    paid: 'Pour ses habitants',
    received: 'D’autres',
    borne: 'Supporte',
    balance: 'Solde',
    finding: 'Constat',
    period: 'Période',
    due: 'À facturer',
  },
  amounts: {
    paid: 'Part dans les tickets de ses habitants',
    paidInOwn: 'dont dans la commune même',
    paidElsewhere: 'dont dans d’autres communes',
    received: 'D’autres communes pour leurs habitants, chez des organisateurs d’ici',
    net: 'Différence des deux précédents',
    advanced: 'Payé aux organisateurs selon l’accord',
    borne: 'À supporter selon l’accord',
    balance: 'Solde : positif à recevoir, négatif à payer',
  },
  total: 'Total',
  record: {
    term: 'Enregistrement',
    text: ({ number, sha256 }) => `Clôture ${number}, SHA-256 ${sha256} ; chaque clôture nomme la précédente.`,
  },
}

const en: SettlementPaperWords = {
  overview: 'Settlement',
  statement: (municipality) => `Statement ${municipality}`,
  note: (organizer) => `Expense note ${organizer}`,
  parts: {
    amounts: 'In short',
    paid: 'For its residents',
    received: 'What others pay at organizers in this municipality',
    due: 'To be invoiced',
    municipalities: 'By municipality',
    transfers: 'Who pays whom',
    organizers: 'By organizer',
    corrections: 'Corrections of closed periods',
    findings: 'What was found',
  },
  heads: {
    what: 'What',
    amount: 'Amount',
    organizer: 'Organizer',
    municipality: 'Municipality',
    government: 'Government',
    tickets: 'Tickets',
    price: 'Regular price',
    participant: 'Participants',
    share: 'Own share',
    local: 'Local government',
    from: 'Pays',
    to: 'Gets',
    paid: 'For residents',
    received: 'From others',
    borne: 'Bears',
    balance: 'Balance',
    finding: 'Finding',
    period: 'Period',
    due: 'To be charged',
  },
  amounts: {
    paid: 'Share in tickets of its residents',
    paidInOwn: 'of which in the municipality itself',
    paidElsewhere: 'of which in other municipalities',
    received: 'From other municipalities for their residents, at organizers here',
    net: 'Difference of the two before',
    advanced: 'Paid to organizers by the agreement',
    borne: 'To bear by the agreement',
    balance: 'Balance: positive is to get, negative to pay',
  },
  total: 'Total',
  record: {
    term: 'Record',
    text: ({ number, sha256 }) => `Closing ${number}, SHA-256 ${sha256}; each closing names the one before.`,
  },
}

const WORDS: Readonly<Record<Language, SettlementPaperWords>> = { nl, fr, en }

export function settlementPaperWordsOf(language: Language): SettlementPaperWords {
  return WORDS[language]
}
