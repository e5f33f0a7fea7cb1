import type { SettlementTicket } from '@zuil/core'
import type { Parameters, Warehouse } from '../warehouse.ts'

/** Days as `yyyy-mm-dd`, both included. */
export interface SettlementDays {
  readonly firstDay: string
  readonly lastDay: string
}

/**
 * Tickets of UiTPAS that were sold and not taken back. A ticket is of the card system of its distribution key; of a key that the warehouse does
 * not know, of the one card system of its event. Homes and organizers are in today's municipalities; an organizer was where the registry had it when
 * the ticket was registered, or where it had it first.
 */
const SALE_FILTER = `occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
        AND kind = 'TICKET_SALE' AND programme = 'uitpas' AND empty(flags)`

const KEYS_JOIN =
  'LEFT JOIN (SELECT distribution_key, card_system FROM distribution_keys_now) AS known ON known.distribution_key = ticket.distribution_key'

const REGION =
  'if(known.card_system > 0, known.card_system, if(length(ticket.event_card_systems) = 1, ticket.event_card_systems[1], 0))'

const SOLD_SQL = `SELECT
    ticket.id AS id,
    ticket.occurred_on AS day,
    if(home.nis > 0, home.nis, ticket.home_nis) AS payer,
    ticket.organizer_id AS organizer,
    if(place.organizer_id = '', earliest.nis, place.nis) AS host_then,
    if(merged_host.nis > 0, merged_host.nis, host_then) AS host,
    ticket.distribution_key AS key,
    ticket.regular_price AS regularPrice,
    ticket.price AS participant,
    ticket.organizer_share AS organizerShare,
    ticket.local_government_share AS localGovernment,
    ticket.flemish_government_share AS flemishGovernment,
    ${REGION} AS region,
    has(ticket.event_card_systems, {cardSystem:UInt32}) AS may_be_here
FROM (
    SELECT
        id, occurred_on, recorded_at, home_nis, distribution_key, event_card_systems, lower(organizer) AS organizer_id,
        regular_price, price, organizer_share, local_government_share, flemish_government_share
    FROM transactions FINAL
    WHERE ${SALE_FILTER}
) AS ticket
ASOF LEFT JOIN (SELECT lower(organizer) AS organizer_id, recorded_at, nis FROM organizers FINAL) AS place
    ON place.organizer_id = ticket.organizer_id AND ticket.recorded_at >= place.recorded_at
LEFT JOIN (
    SELECT lower(organizer) AS organizer_id, argMin(nis, (recorded_at, sequence)) AS nis FROM organizers FINAL GROUP BY organizer_id
) AS earliest ON earliest.organizer_id = ticket.organizer_id
${KEYS_JOIN}
LEFT JOIN merged_municipalities AS home ON home.code = ticket.home_nis
LEFT JOIN merged_municipalities AS merged_host ON merged_host.code = host_then`

const TICKET_COLUMNS = `toString(id) AS id, toString(day) AS day, payer, organizer, host, key, regularPrice, participant, organizerShare, localGovernment,
    flemishGovernment`

/**
 * Tickets of a card system that no closing has, by id; of no card system, or a key that changes hands would be paid twice. With them those
 * that may be of the card system while nothing says of which one they are: looked for in the same pass over the sales.
 */
const OPEN_SQL = `SELECT region = 0 AS isOfUnknown, ${TICKET_COLUMNS}
FROM (
${SOLD_SQL}
)
WHERE (region = {cardSystem:UInt32} AND id NOT IN (SELECT id FROM settlement_tickets WHERE kind != 'VOIDED'))
    OR (region = 0 AND may_be_here)
ORDER BY id`

/** How many tickets each card system sold in each month, and what local governments pay of them. */
const MONTHS_SQL = `SELECT ${REGION} AS cardSystem, toString(toStartOfMonth(occurred_on)) AS month, count() AS tickets, sum(local_government_share) AS cents
FROM (
    SELECT occurred_on, distribution_key, event_card_systems, local_government_share
    FROM transactions FINAL
    WHERE ${SALE_FILTER}
) AS ticket
${KEYS_JOIN}
GROUP BY cardSystem, month`

/** Settled and not yet taken back by a closing: each ticket stands there once as SOLD or LATE. */
const SETTLED_SQL = `SELECT *
FROM settlement_tickets FINAL
WHERE card_system = {cardSystem:UInt32} AND kind != 'VOIDED'
    AND id NOT IN (SELECT id FROM settlement_tickets WHERE card_system = {cardSystem:UInt32} AND kind = 'VOIDED')`

/** A void's row stays for ever, so what is voided is seen without FINAL; what is merely not there is no void. */
const VOIDED_SQL = `SELECT
    origin, toString(id) AS id, toString(day) AS day, payer_nis AS payer, organizer, host_nis AS host, distribution_key AS key,
    regular_price AS regularPrice, price AS participant, organizer_share AS organizerShare,
    local_government_share AS localGovernment, flemish_government_share AS flemishGovernment
FROM (
${SETTLED_SQL}
)
WHERE id IN (
    SELECT id FROM transactions
    WHERE voided = 1 AND kind = 'TICKET_SALE' AND occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
)
ORDER BY id`

const MISSING_SQL = `SELECT count() AS tickets
FROM (
${SETTLED_SQL}
)
WHERE id NOT IN (
    SELECT id FROM transactions
    WHERE kind = 'TICKET_SALE' AND occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
)`

/** A settled ticket that was taken back since, and the period in which it was sold. */
export interface VoidedTicket extends SettlementTicket {
  readonly origin: string
}

/** What a card system sold and did not settle yet. */
export interface OpenTickets {
  /** In the order of their ids. */
  readonly tickets: readonly SettlementTicket[]
  /** Distribution keys of tickets that may be of the card system, where nothing says whose they are; ascending. */
  readonly unknownKeys: readonly number[]
}

/**
 * Tickets of a card system on these days that no closing has. Here and below through `stream`: years of tickets are no read of a page, and
 * have not its limits.
 */
export async function openTickets(
  warehouse: Pick<Warehouse, 'stream'>,
  cardSystem: number,
  days: SettlementDays,
): Promise<OpenTickets> {
  const parameters = parametersOf(cardSystem, days)
  const rows = await all(
    warehouse.stream<SettlementTicket & { isOfUnknown: number }>(OPEN_SQL, parameters, 'settlement: open tickets'),
  )
  const tickets: SettlementTicket[] = []
  const unknown = new Set<number>()
  for (const { isOfUnknown, ...ticket } of rows) {
    if (isOfUnknown === 1) unknown.add(ticket.key)
    else tickets.push(ticket)
  }
  return { tickets, unknownKeys: [...unknown].sort((one, other) => one - other) }
}

/** Tickets that closings of a card system have and that were voided since; `days`: all that were ever closed. */
export async function voidedTickets(
  warehouse: Pick<Warehouse, 'stream'>,
  cardSystem: number,
  days: SettlementDays,
): Promise<readonly VoidedTicket[]> {
  return await all(warehouse.stream<VoidedTicket>(VOIDED_SQL, parametersOf(cardSystem, days), 'settlement: voided tickets'))
}

/** How many settled tickets the warehouse has neither sold nor voided: when there are any, it does not hold what the archive holds. */
export async function missingTickets(
  warehouse: Pick<Warehouse, 'stream'>,
  cardSystem: number,
  days: SettlementDays,
): Promise<number> {
  const parameters = parametersOf(cardSystem, days)
  const [row] = await all(warehouse.stream<{ tickets: number }>(MISSING_SQL, parameters, 'settlement: missing tickets'))
  return Number(row?.tickets ?? 0)
}

/** What a card system sold in a month. */
export interface MonthOfTickets {
  readonly cardSystem: number
  /** Its first day, as `yyyy-mm-dd`. */
  readonly month: string
  readonly tickets: number
  /** What local governments pay of them. */
  readonly cents: number
}

/** Of all card systems at once, in no order: one pass over the sales of years costs the same for one of them. */
export async function ticketsByMonth(
  warehouse: Pick<Warehouse, 'stream'>,
  { firstDay, lastDay }: SettlementDays,
): Promise<readonly MonthOfTickets[]> {
  const rows = await all(warehouse.stream<MonthOfTickets>(MONTHS_SQL, { firstDay, lastDay }, 'settlement: tickets by month'))
  return rows.map(({ tickets, cents, ...row }) => ({ ...row, tickets: Number(tickets), cents: Number(cents) }))
}

function parametersOf(cardSystem: number, { firstDay, lastDay }: SettlementDays): Parameters {
  return { cardSystem, firstDay, lastDay }
}

async function all<Row>(portions: AsyncIterable<readonly Row[]>): Promise<readonly Row[]> {
  const rows: Row[] = []
  for await (const portion of portions) {
    for (const row of portion) rows.push(row)
    if (rows.length > TICKETS_MAX) throw new RangeError(`A settlement has ${TICKETS_MAX} tickets at most`)
  }
  return rows
}

/** Tickets of one settlement in memory, some 300 bytes each: all of Flanders sells fewer at the social tariff in a year. */
const TICKETS_MAX = 1_000_000
