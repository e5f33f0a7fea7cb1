import type { Parameters, Warehouse } from '../warehouse.ts'
import type { SettlementDays } from './settlement-tickets.ts'

/** A ticket that an organizer sold, as its financial report has it. Amounts in cents, as they were frozen at the sale. */
export interface OrganizerSale {
  /** Id of the transaction. */
  readonly id: string
  /** Epoch ms. */
  readonly soldAt: number
  readonly event: string
  /** As the event is called now; empty when the registry no longer has it. */
  readonly title: string
  /** NIS code of the municipality of the event; 0 when unknown. */
  readonly venue: number
  /** NIS code of the holder's municipality at the sale, after mergers; 0 when abroad or unknown. */
  readonly payer: number
  readonly isGroupPass: boolean
  /** Id of the API client that sold it. */
  readonly client: string
  readonly tariff: string
  /** Name of the distribution key that made the shares; empty when the registry never had it. */
  readonly key: string
  readonly label: string
  readonly regularPrice: number
  readonly participant: number
  readonly organizerShare: number
  readonly localGovernment: number
  readonly flemishGovernment: number
}

export interface OrganizerSalesQuestion {
  /** Canonical (lower case) id. */
  readonly organizer: string
  /** At events of these card systems only; empty: of all. */
  readonly cardSystems: readonly number[]
  readonly days: SettlementDays
  /** More than these are not read. */
  readonly salesMax: number
}

/** What a settlement counts as sold (settlement-tickets.ts), of one organizer, by home, moment and id. */
const SALES_SQL = `SELECT
    toString(sale.id) AS id,
    toUnixTimestamp64Milli(sale.occurred_at) AS soldAt,
    sale.event AS event,
    named.title AS title,
    if(merged_venue.nis > 0, merged_venue.nis, sale.venue_nis) AS venue,
    if(home.nis > 0, home.nis, sale.home_nis) AS payer,
    sale.holder IN (SELECT holder FROM holders WHERE pass_type = 'GROUP') AS isGroupPass,
    sale.client AS client,
    sale.tariff AS tariff,
    shared.name AS key,
    sale.label AS label,
    sale.regular_price AS regularPrice,
    sale.price AS participant,
    sale.organizer_share AS organizerShare,
    sale.local_government_share AS localGovernment,
    sale.flemish_government_share AS flemishGovernment
FROM (
    SELECT
        id, occurred_at, event, event_number, venue_nis, home_nis, holder, client, tariff, label, distribution_key,
        regular_price, price, organizer_share, local_government_share, flemish_government_share
    FROM transactions FINAL
    WHERE occurred_on BETWEEN {firstDay:Date} AND {lastDay:Date}
        AND kind = 'TICKET_SALE' AND programme = 'uitpas' AND empty(flags)
        AND lower(organizer) = {organizer:String}
        AND (empty({cardSystems:Array(UInt32)}) OR hasAny(event_card_systems, {cardSystems:Array(UInt32)}))
) AS sale
LEFT JOIN (SELECT event_number, any(title) AS title FROM events_now GROUP BY event_number) AS named
    ON named.event_number = sale.event_number
LEFT JOIN (SELECT distribution_key, name FROM distribution_keys_now) AS shared ON shared.distribution_key = sale.distribution_key
LEFT JOIN merged_municipalities AS home ON home.code = sale.home_nis
LEFT JOIN merged_municipalities AS merged_venue ON merged_venue.code = sale.venue_nis
ORDER BY payer, soldAt, id
LIMIT {limit:UInt32}`

interface SaleRow extends Omit<OrganizerSale, 'soldAt' | 'isGroupPass'> {
  readonly soldAt: number | string
  readonly isGroupPass: number
}

/** Tickets of UiTPAS that an organizer sold and did not take back, to be invoiced to who pays; undefined when there are more than `salesMax`. */
export async function organizerSales(
  warehouse: Pick<Warehouse, 'stream'>,
  { organizer, cardSystems, days: { firstDay, lastDay }, salesMax }: OrganizerSalesQuestion,
): Promise<readonly OrganizerSale[] | undefined> {
  const parameters: Parameters = { organizer, cardSystems, firstDay, lastDay, limit: salesMax + 1 }
  const sales: OrganizerSale[] = []
  for await (const rows of warehouse.stream<SaleRow>(SALES_SQL, parameters, 'financial report: sales of an organizer')) {
    for (const { soldAt, isGroupPass, ...sale } of rows)
      sales.push({ ...sale, soldAt: Number(soldAt), isGroupPass: isGroupPass === 1 })
  }
  return sales.length > salesMax ? undefined : sales
}
