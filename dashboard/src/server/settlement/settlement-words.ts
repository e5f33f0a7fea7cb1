import { type EntryKind, type FindingCode, parseDay, type SettlementDocument, startOfDay } from '@zuil/core'
import { formatOf } from '../../lib/format.ts'
import type { Language } from '../../lib/language.ts'

/** Columns of statements and notes; amounts are euro, exact to the cent. */
const SETTLEMENT_COLUMNS = [
  'row',
  'period',
  'kind',
  'nis',
  'municipality',
  'member',
  'inhabitants',
  'payer_nis',
  'payer',
  'organizer',
  'organizer_name',
  'host_nis',
  'host',
  'tickets',
  'regular_price',
  'participant',
  'organizer_share',
  'local_government',
  'flemish_government',
  'amount',
  'paid',
  'paid_in_own',
  'paid_elsewhere',
  'received',
  'net',
  'advanced',
  'borne',
  'balance',
  'from_nis',
  'from',
  'to_nis',
  'to',
  'card_system',
  'region',
  'closing',
  'closed_at',
  'closed_by',
  'finding',
  'subject',
  'subject_name',
  'detail',
  'meaning',
] as const
export type SettlementColumn = (typeof SETTLEMENT_COLUMNS)[number]

export interface SettlementWords {
  readonly columns: Readonly<Record<SettlementColumn, string>>
  readonly kinds: Readonly<Record<EntryKind, string>>
  readonly findings: Readonly<Record<FindingCode, string>>
  /** First part of the names of files. */
  readonly fileNames: Readonly<Record<'overview' | 'transfers' | 'findings' | 'municipality' | 'organizer' | 'closings', string>>
  readonly flemishGovernment: string
  /** A municipality that nobody knows. */
  readonly unknown: string
  readonly facts: Readonly<Record<'region' | 'period' | 'state' | 'agreement' | 'content' | 'exact', string>>
  readonly state: (document: SettlementDocument) => string
  readonly agreement: (document: SettlementDocument) => string
  /** What may be done with it. */
  readonly exact: string
}

/** @param day `yyyy-mm-dd` */
const dateIn = (language: Language, day: string) => formatOf(language).date(startOfDay(parseDay(day) ?? 0))

const percentage = (basisPoints: number) => `${basisPoints / 100} %`

const nl: SettlementWords = {
  columns: {
    row: 'Soort rij: line, paid of received, en total.',
    period: 'Periode waarin het ticket verkocht is.',
    kind: 'SOLD: verkocht in deze periode. LATE: later binnengekomen, van een periode die al afgesloten was. VOIDED: ongedaan gemaakt na die afsluiting; telt negatief.',
    nis: 'NIS-code van de gemeente; 0 als ze niet bekend is.',
    municipality: 'Naam van de gemeente.',
    member: 'Of de gemeente deelneemt aan de herverdeling.',
    inhabitants: 'Inwoners waarmee verdeeld is.',
    payer_nis: 'NIS-code van de gemeente waar de pashouder woonde bij de verkoop.',
    payer: 'Naam van die gemeente: de overheid die het ticket mee betaalt.',
    organizer: 'Id van de organisator.',
    organizer_name: 'Naam van de organisator.',
    host_nis: 'NIS-code van de gemeente van de organisator bij de verkoop.',
    host: 'Naam van de gemeente van de organisator.',
    tickets: 'Aantal tickets; negatief als er meer ongedaan gemaakt dan verkocht zijn.',
    regular_price: 'Basisprijs van de tickets samen, in euro.',
    participant: 'Wat de deelnemers betaalden, in euro.',
    organizer_share: 'Wat de organisator zelf droeg, in euro.',
    local_government: 'Aandeel van het lokaal bestuur, in euro.',
    flemish_government: 'Aandeel van de Vlaamse overheid, in euro.',
    amount: 'Te betalen bedrag, in euro.',
    paid: 'Aandelen van het lokaal bestuur in tickets van eigen inwoners, in euro.',
    paid_in_own: 'Daarvan bij organisatoren in de eigen gemeente.',
    paid_elsewhere: 'Daarvan bij organisatoren in andere gemeenten.',
    received: 'Wat andere gemeenten voor hun inwoners betalen bij organisatoren in deze gemeente.',
    net: 'received min paid_elsewhere. Alle gemeenten samen: 0.',
    advanced: 'Wat de gemeente volgens de afspraak aan organisatoren betaalt.',
    borne: 'Wat de gemeente volgens de afspraak draagt.',
    balance: 'advanced min borne: positief krijgt de gemeente, negatief betaalt zij. Alle gemeenten samen: 0.',
    from_nis: 'NIS-code van de gemeente die betaalt.',
    from: 'Naam van de gemeente die betaalt.',
    to_nis: 'NIS-code van de gemeente die krijgt.',
    to: 'Naam van de gemeente die krijgt.',
    card_system: 'Kaartsysteem van de regio.',
    region: 'Naam van de regio.',
    closing: 'Hoeveelste afsluiting van de regio.',
    closed_at: 'Wanneer de periode afgesloten is (ISO 8601, UTC).',
    closed_by: 'Account dat de periode afsloot.',
    finding: 'Wat opvalt.',
    subject: 'Waarover het gaat: een NIS-code, een organisator, een verdeelsleutel, een periode of een dag.',
    subject_name: 'Naam daarvan.',
    detail: 'Wat er gezien is, met de eerste dag.',
    meaning: 'Wat het betekent.',
  },
  kinds: { SOLD: 'verkocht', LATE: 'nagekomen', VOIDED: 'ongedaan gemaakt' },
  findings: {
    PAYER_UNKNOWN: 'Tickets van pashouders van wie de gemeente niet bekend is: voor hun aandeel is er nog geen betaler.',
    HOST_UNKNOWN: 'De organisator heeft geen gemeente in het register.',
    PAYER_OUTSIDE: 'De gemeente is geen lid van de regio: zij betaalt voor haar inwoners en neemt niet deel aan de herverdeling.',
    SHARES_CHANGED:
      'Deze verdeelsleutel verdeelde dezelfde prijs in deze periode op meer dan één manier. Elk ticket telt zoals het verkocht is.',
    ORGANIZER_MOVED: 'De organisator was in deze periode in meer dan één gemeente. Elk ticket telt waar hij toen was.',
    CORRECTIONS: 'Tickets van een afgesloten periode die sindsdien binnenkwamen of ongedaan gemaakt zijn.',
    BEFORE_FIRST: 'Tickets van vóór de eerste afsluiting: geen afrekening telt ze mee.',
  },
  fileNames: {
    overview: 'afrekening',
    transfers: 'betalingen',
    findings: 'bevindingen',
    municipality: 'gemeente',
    organizer: 'onkostennota',
    closings: 'afsluitingen',
  },
  flemishGovernment: 'Vlaamse overheid',
  unknown: 'onbekend',
  facts: { region: 'regio', period: 'periode', state: 'stand', agreement: 'afspraak', content: 'inhoud', exact: 'let op' },
  state: ({ closing, whatIf }) => {
    if (whatIf) return 'Wat als: een berekening met andere percentages, geen afrekening.'
    if (!closing) return 'Voorlopig: de periode is niet afgesloten.'
    return `Afgesloten op ${formatOf('nl').moment(closing.closedAt)} door ${closing.closedBy}, afsluiting ${closing.number}.`
  },
  agreement: ({ basis: { terms } }) =>
    `${terms.organizersPaidBy === 'HOME' ? 'De gemeente van de pashouder' : 'De gemeente van de organisator'} betaalt de organisator; ${percentage(terms.useBasisPoints)} wordt gedragen naar gebruik, de rest naar inwoners (afspraak vanaf ${dateIn('nl', terms.from)}).`,
  exact: 'Exacte bedragen: een klein bedrag kan over één persoon gaan. Alleen voor wie afrekent; niet publiceren.',
}

const fr: SettlementWords = {
  columns: {
    row: 'Sorte de ligne : line, paid ou received, et total.',
    period: 'Période de vente du ticket.',
    kind: 'SOLD : vendu dans cette période. LATE : arrivé plus tard, d’une période déjà clôturée. VOIDED : annulé après cette clôture ; compte en négatif.',
    nis: 'Code INS de la commune ; 0 si elle est inconnue.',
    municipality: 'Nom de la commune.',
    member: 'Si la commune participe à la redistribution.',
    inhabitants: 'Habitants qui ont servi à répartir.',
    payer_nis: 'Code INS de la commune où le détenteur habitait lors de la vente.',
    payer: 'Nom de cette commune : le pouvoir public qui paie une part du ticket.',
    organizer: 'Identifiant de l’organisateur.',
    organizer_name: 'Nom de l’organisateur.',
    host_nis: 'Code INS de la commune de l’organisateur lors de la vente.',
    host: 'Nom de la commune de l’organisateur.',
    tickets: 'Nombre de tickets ; négatif si plus ont été annulés que vendus.',
    regular_price: 'Prix de base de tous les tickets, en euros.',
    participant: 'Ce que les participants ont payé, en euros.',
    organizer_share: 'Ce que l’organisateur a pris en charge, en euros.',
    local_government: 'Part de la commune, en euros.',
    flemish_government: 'Part du gouvernement flamand, en euros.',
    amount: 'Montant à payer, en euros.',
    paid: 'Parts de la commune dans les tickets de ses habitants, en euros.',
    paid_in_own: 'Dont chez des organisateurs de la commune.',
    paid_elsewhere: 'Dont chez des organisateurs d’autres communes.',
    received: 'Ce que d’autres communes paient pour leurs habitants chez des organisateurs de cette commune.',
    net: 'received moins paid_elsewhere. Toutes les communes ensemble : 0.',
    advanced: 'Ce que la commune paie aux organisateurs selon l’accord.',
    borne: 'Ce que la commune supporte selon l’accord.',
    balance: 'advanced moins borne : positif, la commune reçoit ; négatif, elle paie. Toutes les communes ensemble : 0.',
    from_nis: 'Code INS de la commune qui paie.',
    from: 'Nom de la commune qui paie.',
    to_nis: 'Code INS de la commune qui reçoit.',
    to: 'Nom de la commune qui reçoit.',
    card_system: 'Système de cartes de la région.',
    region: 'Nom de la région.',
    closing: 'Numéro de la clôture de la région.',
    closed_at: 'Quand la période a été clôturée (ISO 8601, UTC).',
    closed_by: 'Compte qui a clôturé.',
    finding: 'Ce qui frappe.',
    subject: 'De quoi il s’agit : un code INS, un organisateur, une clé de répartition, une période ou un jour.',
    subject_name: 'Son nom.',
    detail: 'Ce qui a été vu, avec le premier jour.',
    meaning: 'Ce que cela veut dire.',
  },
  kinds: { SOLD: 'vendu', LATE: 'arrivé tard', VOIDED: 'annulé' },
  findings: {
    PAYER_UNKNOWN: 'Tickets de détenteurs dont la commune est inconnue : personne ne paie encore leur part.',
    HOST_UNKNOWN: 'L’organisateur n’a pas de commune dans le registre.',
    PAYER_OUTSIDE:
      'La commune n’est pas membre de la région : elle paie pour ses habitants et ne participe pas à la redistribution.',
    SHARES_CHANGED:
      'Cette clé a réparti le même prix de plusieurs façons dans cette période. Chaque ticket compte comme il a été vendu.',
    ORGANIZER_MOVED:
      'L’organisateur a été dans plusieurs communes dans cette période. Chaque ticket compte là où il était alors.',
    CORRECTIONS: 'Tickets d’une période clôturée qui sont arrivés ou ont été annulés depuis.',
    BEFORE_FIRST: 'Tickets d’avant la première clôture : aucun décompte ne les compte.',
  },
  fileNames: {
    overview: 'decompte',
    transfers: 'paiements',
    findings: 'constats',
    municipality: 'commune',
    organizer: 'note-de-frais',
    closings: 'clotures',
  },
  flemishGovernment: 'Gouvernement flamand',
  unknown: 'inconnue',
  facts: { region: 'région', period: 'période', state: 'état', agreement: 'accord', content: 'contenu', exact: 'attention' },
  state: ({ closing, whatIf }) => {
    if (whatIf) return 'Et si : un calcul avec d’autres pourcentages, pas un décompte.'
    if (!closing) return 'Provisoire : la période n’est pas clôturée.'
    return `Clôturée le ${formatOf('fr').moment(closing.closedAt)} par ${closing.closedBy}, clôture ${closing.number}.`
  },
  agreement: ({ basis: { terms } }) =>
    `${terms.organizersPaidBy === 'HOME' ? 'La commune du détenteur' : 'La commune de l’organisateur'} paie l’organisateur ; ${percentage(terms.useBasisPoints)} est supporté selon l’usage, le reste selon les habitants (accord depuis le ${dateIn('fr', terms.from)}).`,
  exact: 'Montants exacts : un petit montant peut concerner une seule personne. Seulement pour qui règle ; ne pas publier.',
}

const en: SettlementWords = {
  columns: {
    row: 'Kind of row: line, paid or received, and total.',
    period: 'Period in which the ticket was sold.',
    kind: 'SOLD: sold in this period. LATE: arrived later, of a period that was closed. VOIDED: taken back after that closing; counts negatively.',
    nis: 'NIS code of the municipality; 0 when it is unknown.',
    municipality: 'Name of the municipality.',
    member: 'Whether the municipality takes part in the redistribution.',
    inhabitants: 'Inhabitants that were divided by.',
    payer_nis: 'NIS code of the municipality where the passholder lived at the sale.',
    payer: 'Name of that municipality: the government that pays a part of the ticket.',
    organizer: 'Id of the organizer.',
    organizer_name: 'Name of the organizer.',
    host_nis: 'NIS code of the organizer’s municipality at the sale.',
    host: 'Name of the organizer’s municipality.',
    tickets: 'Number of tickets; negative when more were taken back than sold.',
    regular_price: 'Regular price of all tickets, in euro.',
    participant: 'What participants paid, in euro.',
    organizer_share: 'What the organizer bore, in euro.',
    local_government: 'Share of the local government, in euro.',
    flemish_government: 'Share of the Flemish government, in euro.',
    amount: 'Amount to be paid, in euro.',
    paid: 'Shares of the local government in tickets of its residents, in euro.',
    paid_in_own: 'Of this at organizers in the municipality itself.',
    paid_elsewhere: 'Of this at organizers in other municipalities.',
    received: 'What other municipalities pay for their residents at organizers in this municipality.',
    net: 'received without paid_elsewhere. All municipalities together: 0.',
    advanced: 'What the municipality pays to organizers by the agreement.',
    borne: 'What the municipality bears by the agreement.',
    balance: 'advanced without borne: positive is paid to the municipality, negative by it. All municipalities together: 0.',
    from_nis: 'NIS code of the municipality that pays.',
    from: 'Name of the municipality that pays.',
    to_nis: 'NIS code of the municipality that is paid.',
    to: 'Name of the municipality that is paid.',
    card_system: 'Card system of the region.',
    region: 'Name of the region.',
    closing: 'Number of the closing of the region.',
    closed_at: 'When the period was closed (ISO 8601, UTC).',
    closed_by: 'Account that closed it.',
    finding: 'What is odd.',
    subject: 'What it is about: a NIS code, an organizer, a distribution key, a period or a day.',
    subject_name: 'Its name.',
    detail: 'What was seen, with the first day.',
    meaning: 'What it means.',
  },
  kinds: { SOLD: 'sold', LATE: 'arrived late', VOIDED: 'taken back' },
  findings: {
    PAYER_UNKNOWN: 'Tickets of passholders whose municipality is unknown: nobody pays their share yet.',
    HOST_UNKNOWN: 'The organizer has no municipality in the registry.',
    PAYER_OUTSIDE:
      'The municipality is no member of the region: it pays for its residents and takes no part in the redistribution.',
    SHARES_CHANGED:
      'This distribution key shared the same price in several ways in this period. Each ticket counts as it was sold.',
    ORGANIZER_MOVED: 'The organizer was in several municipalities in this period. Each ticket counts where it was then.',
    CORRECTIONS: 'Tickets of a closed period that arrived or were taken back since.',
    BEFORE_FIRST: 'Tickets from before the first closing: no settlement counts them.',
  },
  fileNames: {
    overview: 'settlement',
    transfers: 'payments',
    findings: 'findings',
    municipality: 'municipality',
    organizer: 'expense-note',
    closings: 'closings',
  },
  flemishGovernment: 'Flemish government',
  unknown: 'unknown',
  facts: { region: 'region', period: 'period', state: 'state', agreement: 'agreement', content: 'content', exact: 'note' },
  state: ({ closing, whatIf }) => {
    if (whatIf) return 'What if: a calculation with other percentages, no settlement.'
    if (!closing) return 'Provisional: the period is not closed.'
    return `Closed on ${formatOf('en').moment(closing.closedAt)} by ${closing.closedBy}, closing ${closing.number}.`
  },
  agreement: ({ basis: { terms } }) =>
    `${terms.organizersPaidBy === 'HOME' ? 'The passholder’s municipality' : 'The organizer’s municipality'} pays the organizer; ${percentage(terms.useBasisPoints)} is borne by use, the rest by inhabitants (agreed from ${dateIn('en', terms.from)} on).`,
  exact: 'Exact amounts: a small one may be about one person. Only for those who settle; not to be published.',
}

const WORDS: Readonly<Record<Language, SettlementWords>> = { nl, fr, en }

export function settlementWordsOf(language: Language): SettlementWords {
  return WORDS[language]
}
