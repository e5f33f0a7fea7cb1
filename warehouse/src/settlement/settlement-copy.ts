import type { SettlementEntry } from '@zuil/core'
import { contentHash } from '../content.ts'
import { type Content, INSERT_ROWS_MAX, type RowValue, type Warehouse } from '../warehouse.ts'

/** Which closing of which card system. */
export interface ClosingPlace {
  readonly cardSystem: number
  /** 1 for the first of a card system. */
  readonly number: number
}

/** What stands in the table of closings; texts are JSON. */
export interface ClosingRow extends ClosingPlace {
  readonly period: string
  readonly firstDay: string
  readonly lastDay: string
  /** Epoch ms. */
  readonly closedAt: number
  readonly closedBy: string
  readonly terms: string
  readonly members: string
  readonly findings: string
  readonly tickets: Content
  readonly documentHash: string
}

const CONTENT_SQL = `SELECT count() AS rows, toString(sum(CRC32(concat(
    kind, '\\t', origin, '\\t', toString(id), '\\t', toString(day), '\\t', toString(payer_nis), '\\t', organizer, '\\t', toString(host_nis), '\\t',
    toString(distribution_key), '\\t', toString(regular_price), '\\t', toString(price), '\\t', toString(organizer_share), '\\t',
    toString(local_government_share), '\\t', toString(flemish_government_share), '\\n')))) AS hash
FROM settlement_tickets FINAL
WHERE card_system = {cardSystem:UInt32} AND closing = {number:UInt32}`

const ENTRIES_SQL = `SELECT
    kind, origin, toString(id) AS id, toString(day) AS day, payer_nis AS payer, organizer, host_nis AS host, distribution_key AS key,
    regular_price AS regularPrice, price AS participant, organizer_share AS organizerShare,
    local_government_share AS localGovernment, flemish_government_share AS flemishGovernment
FROM settlement_tickets FINAL
WHERE card_system = {cardSystem:UInt32} AND closing = {number:UInt32}
ORDER BY id`

const CLOSINGS_SQL = `SELECT closing, document_hash AS hash FROM settlement_closings FINAL WHERE card_system = {cardSystem:UInt32}`

/** Rows and hash of the tickets of a closing, as {@link copiedContent} gives them. */
export function entriesContent(entries: readonly SettlementEntry[]): Content {
  return { rows: entries.length, hash: contentHash(entries.map(lineOf)) }
}

/** What really stands in the table for a closing. */
export async function copiedContent(warehouse: Pick<Warehouse, 'query'>, { cardSystem, number }: ClosingPlace): Promise<Content> {
  const [row] = await warehouse.query<{ rows: number; hash: string }>(
    CONTENT_SQL,
    { cardSystem, number },
    'settlement: content of a closing',
  )
  return { rows: row?.rows ?? 0, hash: BigInt(row?.hash ?? 0) }
}

/** Hashes of the documents of a card system that are copied, by the number of their closing. */
export async function copiedClosings(
  warehouse: Pick<Warehouse, 'query'>,
  cardSystem: number,
): Promise<ReadonlyMap<number, string>> {
  const rows = await warehouse.query<{ closing: number; hash: string }>(CLOSINGS_SQL, { cardSystem }, 'settlement: closings')
  return new Map(rows.map(({ closing, hash }) => [closing, hash]))
}

/** Copies a closing: its tickets first, its row last. Once more is the same. */
export async function copyClosing(
  warehouse: Pick<Warehouse, 'append'>,
  closing: ClosingRow,
  entries: readonly SettlementEntry[],
): Promise<void> {
  const { cardSystem, number } = closing
  for (let first = 0; first < entries.length; first += INSERT_ROWS_MAX) {
    const rows = entries.slice(first, first + INSERT_ROWS_MAX).map((entry) => [cardSystem, number, ...cellsOf(entry)])
    await warehouse.append('settlement_tickets', rows)
  }
  await warehouse.append('settlement_closings', [
    [
      cardSystem,
      number,
      closing.period,
      closing.firstDay,
      closing.lastDay,
      new Date(closing.closedAt).toISOString().replace('T', ' ').replace('Z', ''),
      closing.closedBy,
      closing.terms,
      closing.members,
      closing.findings,
      closing.tickets.rows,
      closing.tickets.hash,
      closing.documentHash,
    ],
  ])
}

/** The tickets of a closing, as they were settled. */
export async function closedEntries(
  warehouse: Pick<Warehouse, 'stream'>,
  { cardSystem, number }: ClosingPlace,
): Promise<readonly SettlementEntry[]> {
  const entries: SettlementEntry[] = []
  const rows = warehouse.stream<SettlementEntry['ticket'] & Pick<SettlementEntry, 'kind' | 'origin'>>(
    ENTRIES_SQL,
    { cardSystem, number },
    'settlement: tickets of a closing',
  )
  for await (const portion of rows) {
    for (const { kind, origin, ...ticket } of portion) entries.push({ kind, origin, ticket })
  }
  return entries
}

function cellsOf({ kind, origin, ticket }: SettlementEntry): readonly RowValue[] {
  return [
    kind,
    origin,
    ticket.id,
    ticket.day,
    ticket.payer,
    ticket.organizer,
    ticket.host,
    ticket.key,
    ticket.regularPrice,
    ticket.participant,
    ticket.organizerShare,
    ticket.localGovernment,
    ticket.flemishGovernment,
  ]
}

function lineOf(entry: SettlementEntry): string {
  return cellsOf(entry).join('\t')
}
