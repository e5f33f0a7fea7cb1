import { entityId, municipalityStatements, type SettlementDocument, type SettlementLine, transfersOf } from '@zuil/core'
import type { Language } from '../../lib/language.ts'
import type { AnswerColumn, AnswerTable, AnswerValue } from '../formats/answer-table.ts'
import { fileNamePart } from '../formats/file-name.ts'
import { settlementContent } from './settlement-content.ts'
import { municipalityName, organizerName } from './settlement-names.ts'
import { type SettlementColumn, type SettlementWords, settlementWordsOf } from './settlement-words.ts'

/** Statements, notes and lists of a settlement, as tables that every format takes. Amounts leave the whole cents here: euro, two decimals. */
export interface SettlementTables {
  /** What each municipality pays, receives and bears. */
  overview(): AnswerTable
  /** Who pays whom, so that all balances are 0. */
  transfers(): AnswerTable
  findings(): AnswerTable
  /** What a municipality pays for its residents, and what others pay at its organizers, line by line. */
  municipality(nis: number): AnswerTable
  /** What each government pays to an organizer. */
  organizer(id: string): AnswerTable
}

const TEXTS: ReadonlySet<SettlementColumn> = new Set([
  'row',
  'period',
  'kind',
  'municipality',
  'payer',
  'organizer',
  'organizer_name',
  'host',
  'from',
  'to',
  'region',
  'closed_at',
  'closed_by',
  'finding',
  'subject',
  'subject_name',
  'detail',
  'meaning',
])

export function settlementTables(document: SettlementDocument, language: Language): SettlementTables {
  const named = new NamedSettlement(document, language)
  return {
    overview: () => overviewTable(named),
    transfers: () => transfersTable(named),
    findings: () => findingsTable(named),
    municipality: (nis) => municipalityTable(named, nis),
    organizer: (id) => organizerTable(named, entityId(id)),
  }
}

/** What was closed, one row for each closing. */
export function closingsTable(documents: readonly SettlementDocument[], language: Language): AnswerTable {
  const words = settlementWordsOf(language)
  const columns = ['card_system', 'region', 'period', 'closing', 'closed_at', 'closed_by', 'tickets', 'local_government'] as const
  return {
    name: words.fileNames.closings,
    columns: columns.map((id) => columnOf(id, words)),
    rows: documents.map(({ cardSystem, region, period, closing, lines }) => [
      cardSystem,
      region,
      period,
      closing?.number,
      closing && new Date(closing.closedAt).toISOString(),
      closing?.closedBy,
      total(lines, 'tickets'),
      euro(total(lines, 'localGovernment')),
    ]),
    facts: { [words.facts.exact]: words.exact },
  }
}

class NamedSettlement {
  readonly document: SettlementDocument
  readonly words: SettlementWords
  readonly language: Language

  constructor(document: SettlementDocument, language: Language) {
    this.document = document
    this.words = settlementWordsOf(language)
    this.language = language
  }

  municipality(nis: number): string {
    return municipalityName(this.document, nis, this.language)
  }

  organizer(id: string): string {
    return organizerName(this.document, id)
  }

  table(kind: keyof SettlementWords['fileNames'], { of = '', columns, rows }: TableParts): AnswerTable {
    const { document, words } = this
    const { facts } = words
    return {
      name: [
        words.fileNames[kind],
        fileNamePart(document.region),
        document.period,
        ...(of === '' ? [] : [fileNamePart(of)]),
      ].join('-'),
      columns: columns.map((id) => columnOf(id, words)),
      rows,
      facts: {
        [facts.region]: document.region,
        [facts.period]: `${document.period} (${document.firstDay} – ${document.lastDay})`,
        [facts.state]: words.state(document),
        [facts.agreement]: words.agreement(document),
        [facts.content]: settlementContent(document),
        [facts.exact]: words.exact,
      },
    }
  }
}

interface TableParts {
  /** Whom the table is about, for the name of its file. */
  readonly of?: string
  readonly columns: readonly SettlementColumn[]
  readonly rows: readonly (readonly AnswerValue[])[]
}

function columnOf(id: SettlementColumn, { columns }: SettlementWords): AnswerColumn {
  return { id, kind: id === 'member' ? 'yes-no' : TEXTS.has(id) ? 'text' : 'number', description: columns[id] }
}

const AMOUNTS = ['paid', 'paidInOwn', 'paidElsewhere', 'received', 'net', 'advanced', 'borne', 'balance'] as const

function overviewTable(named: NamedSettlement): AnswerTable {
  const { document } = named
  const statements = municipalityStatements(document)
  const inhabitants = new Map(document.basis.members.map((member) => [member.nis, member.inhabitants]))
  const rows = statements.map((statement) => [
    'line',
    statement.nis,
    named.municipality(statement.nis),
    inhabitants.has(statement.nis),
    inhabitants.get(statement.nis),
    statement.tickets,
    ...AMOUNTS.map((amount) => euro(statement[amount])),
  ])
  const sumOf = (of: (typeof AMOUNTS)[number] | 'tickets') => statements.reduce((sum, statement) => sum + statement[of], 0)
  const last = ['total', undefined, '', undefined, undefined, sumOf('tickets'), ...AMOUNTS.map((amount) => euro(sumOf(amount)))]
  const amounts = ['paid', 'paid_in_own', 'paid_elsewhere', 'received', 'net', 'advanced', 'borne', 'balance'] as const
  const columns = ['row', 'nis', 'municipality', 'member', 'inhabitants', 'tickets', ...amounts] as const
  return named.table('overview', { columns, rows: [...rows, last] })
}

function transfersTable(named: NamedSettlement): AnswerTable {
  const transfers = transfersOf(municipalityStatements(named.document))
  return named.table('transfers', {
    columns: ['from_nis', 'from', 'to_nis', 'to', 'amount'],
    rows: transfers.map(({ from, to, cents }) => [from, named.municipality(from), to, named.municipality(to), euro(cents)]),
  })
}

function findingsTable(named: NamedSettlement): AnswerTable {
  const { municipalities, organizers, findings } = named.document
  return named.table('findings', {
    columns: ['finding', 'subject', 'subject_name', 'tickets', 'local_government', 'detail', 'meaning'],
    rows: findings.map(({ code, subject, tickets, cents, detail }) => [
      code,
      subject,
      municipalities[subject] ?? organizers[subject] ?? '',
      tickets,
      euro(cents),
      detail,
      named.words.findings[code],
    ]),
  })
}

const MONEY = ['tickets', 'regularPrice', 'participant', 'organizerShare', 'localGovernment', 'flemishGovernment'] as const
type Money = (typeof MONEY)[number]

function municipalityTable(named: NamedSettlement, nis: number): AnswerTable {
  const { lines } = named.document
  const paid = lines.filter(({ payer }) => payer === nis)
  const received = lines.filter(({ payer, host }) => host === nis && payer !== nis)
  const rowOf = (row: string) => (line: SettlementLine) => [
    row,
    line.origin,
    line.kind,
    line.payer,
    named.municipality(line.payer),
    line.organizer,
    named.organizer(line.organizer),
    line.host,
    named.municipality(line.host),
    ...moneyOf([line]),
  ]
  const totalOf = (row: string, of: readonly SettlementLine[]) => [
    row,
    '',
    '',
    undefined,
    '',
    '',
    '',
    undefined,
    '',
    ...moneyOf(of),
  ]
  return named.table('municipality', {
    of: `${nis}-${named.municipality(nis)}`,
    columns: [
      'row',
      'period',
      'kind',
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
    ],
    rows: [
      ...paid.map(rowOf('paid')),
      totalOf('total paid', paid),
      ...received.map(rowOf('received')),
      totalOf('total received', received),
    ],
  })
}

/** Each government has rows of its own; the price and who else paid stand beside the municipality's, so that they are there once. */
function organizerTable(named: NamedSettlement, id: string): AnswerTable {
  const lines = named.document.lines.filter(({ organizer }) => organizer === id)
  const rows = lines.flatMap((line): (readonly AnswerValue[])[] => {
    const { origin, kind, payer, tickets, regularPrice, participant, organizerShare, localGovernment, flemishGovernment } = line
    const prices = [tickets, euro(regularPrice), euro(participant), euro(organizerShare)]
    const ofFlanders = [
      'line',
      origin,
      kind,
      undefined,
      named.words.flemishGovernment,
      undefined,
      undefined,
      undefined,
      undefined,
    ]
    return [
      ['line', origin, kind, payer, named.municipality(payer), ...prices, euro(localGovernment)],
      ...(flemishGovernment === 0 ? [] : [[...ofFlanders, euro(flemishGovernment)]]),
    ]
  })
  const due = total(lines, 'localGovernment') + total(lines, 'flemishGovernment')
  const sums = [total(lines, 'tickets'), euro(total(lines, 'regularPrice')), euro(total(lines, 'participant'))]
  const last = ['total', '', '', undefined, '', ...sums, euro(total(lines, 'organizerShare')), euro(due)]
  return named.table('organizer', {
    of: `${named.organizer(id)}-${id}`,
    columns: [
      'row',
      'period',
      'kind',
      'payer_nis',
      'payer',
      'tickets',
      'regular_price',
      'participant',
      'organizer_share',
      'amount',
    ],
    rows: [...rows, last],
  })
}

function moneyOf(lines: readonly SettlementLine[]): readonly number[] {
  return MONEY.map((of) => (of === 'tickets' ? total(lines, of) : euro(total(lines, of))))
}

function total(lines: readonly SettlementLine[], of: Money): number {
  return lines.reduce((sum, line) => sum + line[of], 0)
}

/** The number nearest to so many euro: its shortest text is the amount, to the cent. */
function euro(cents: number): number {
  return cents / 100
}
