import { type CostParts, shareCosts } from '../cost-sharing.ts'

/** A ticket as it is settled: cents as they were frozen when it was sold, and the places that they are about. */
export interface SettlementTicket {
  /** Id of the transaction. */
  readonly id: string
  /** Day of the sale in Brussels, `yyyy-mm-dd`. */
  readonly day: string
  /** NIS code of the holder's municipality at the sale, after mergers; 0 when abroad or unknown. */
  readonly payer: number
  readonly organizer: string
  /** NIS code of the organizer's municipality at the sale, after mergers; 0 when unknown. */
  readonly host: number
  /** Id of the distribution key that made the shares. */
  readonly key: number
  readonly regularPrice: number
  readonly participant: number
  readonly organizerShare: number
  readonly localGovernment: number
  readonly flemishGovernment: number
}

/**
 * SOLD: in the period that is settled. LATE: in a period that was closed before it arrived. VOIDED: settled before, taken back since; it
 * counts negatively, as it was settled.
 */
export const ENTRY_KINDS = ['SOLD', 'LATE', 'VOIDED'] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]

/** A ticket in one settlement. `origin`: key of the period in which it was sold. */
export interface SettlementEntry {
  readonly kind: EntryKind
  readonly origin: string
  readonly ticket: SettlementTicket
}

/** A period as settlements know it; days as `yyyy-mm-dd`. */
export interface SettlementSpan {
  readonly period: string
  readonly firstDay: string
  readonly lastDay: string
}

/**
 * The entry of a ticket that no closing has.
 * @throws {RangeError} when it was sold outside of all these periods: then it must not be settled here
 */
export function entryOf(ticket: SettlementTicket, period: SettlementSpan, closed: readonly SettlementSpan[]): SettlementEntry {
  const isWithin = ({ firstDay, lastDay }: SettlementSpan) => firstDay <= ticket.day && ticket.day <= lastDay
  if (isWithin(period)) return { kind: 'SOLD', origin: period.period, ticket }
  const origin = closed.find(isWithin)
  if (!origin) throw new RangeError(`Ticket ${ticket.id} of ${ticket.day} is of no period that is settled`)
  return { kind: 'LATE', origin: origin.period, ticket }
}

/** The ticket as it would have been shared by other parts of the same price. */
export function sharedBy(ticket: SettlementTicket, parts: CostParts): SettlementTicket {
  const { participant, organizer, localGovernment, flemishGovernment } = shareCosts(ticket.regularPrice, parts)
  return { ...ticket, participant, organizerShare: organizer, localGovernment, flemishGovernment }
}
