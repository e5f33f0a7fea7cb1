import { brusselsDay, formatDay } from './brussels.ts'
import { takenGuard } from './counters.ts'
import type { Event } from './event.ts'
import { eventFacts } from './event-facts.ts'
import { NO_EXCHANGE } from './exchange.ts'
import type { Guard } from './guard.ts'
import type { Card, Holder } from './holder.ts'
import { holderFacts } from './holder-facts.ts'
import type { Proposal } from './ledger.ts'
import { MESSAGES } from './messages.ts'
import type { Organizer } from './organizer.ts'
import { type Programme, type ProgrammeBook, usedProgramme } from './programme.ts'
import type { Refusal } from './refusal.ts'
import { lostSocialTariff } from './social-tariff.ts'
import {
  limitMessage,
  SOCIAL_TARIFF_ID,
  type Tariff,
  type TariffBook,
  TICKETS_MAX,
  type TicketLimit,
  tariffBookOf,
  tariffsOf,
} from './tariff.ts'
import type { Exchange, Transaction } from './transaction.ts'

/** One ticket that is sold, with everything found that its names lead to. */
export interface TicketLine {
  /** Whether the UiTPAS number that was sent is one. */
  readonly isNumberValid: boolean
  /** As sent. */
  readonly eventId: string
  readonly event: Event | undefined
  readonly organizer: Organizer | undefined
  readonly card: Card | undefined
  readonly holder: Holder | undefined
  /** Id of the tariff, as sent. */
  readonly tariff: string
  /** Regular price in cents, more than 0. */
  readonly price: number
  readonly label: string
}

/** Tickets that are sold together: all of them or none. */
export interface TicketSaleCommand {
  /** At least one and at most `TICKETS_MAX`. */
  readonly lines: readonly TicketLine[]
  /** Epoch ms, by the caller's clock. */
  readonly now: number
  /** Id of the API client. */
  readonly client: string
  /** Id and fingerprint of the request key, joined by a dot; empty without one. */
  readonly request: string
  readonly book: TariffBook
  readonly programmes: ProgrammeBook
}

/** Who may buy a ticket for what. */
export interface TicketSubject {
  readonly event: Event
  readonly programme: Programme
  readonly organizer: Organizer | undefined
  readonly card: Card
  readonly holder: Holder
}

export type TicketSaleDecision =
  /** `index`: the line that cannot be sold; nothing is. */
  | { readonly kind: 'refused'; readonly index: number; readonly refusal: Refusal }
  | {
      readonly kind: 'proposed'
      readonly proposal: Proposal
      /** The tariff of each line. */
      readonly tariffs: readonly Tariff[]
      /** What each guard of the proposal stands for. */
      readonly guarded: readonly GuardedLimit[]
    }

/** A limit and the line that takes of it. */
export interface GuardedLimit extends Pick<TicketLimit, 'level' | 'limit'> {
  readonly index: number
}

/** The rules on event, programme, card and membership, in the order of the API; then the ticket is a matter of tariffs. */
export function ticketSubject(
  line: Pick<TicketLine, 'isNumberValid' | 'eventId' | 'event' | 'organizer' | 'card' | 'holder'>,
  { now, programmes }: Pick<TicketSaleCommand, 'now' | 'programmes'>,
): { readonly subject: TicketSubject } | { readonly refusal: Refusal } {
  const { organizer, card, holder } = line
  if (!line.isNumberValid) {
    return refuse('invalid-uitpas-number', 'UiTPAS number invalid: PARSE_INVALID_UITPASNUMBER', MESSAGES.invalidNumber())
  }
  const found = ticketEvent(line)
  if ('refusal' in found) return found
  if (!card || !holder || card.holder !== holder.number) {
    return refuse('passholder-not-found', 'Passholder not found: UNKNOWN_UITPASNUMBER', MESSAGES.passNotFound())
  }
  const used = usedProgramme({ programme: found.event.programme, holder, at: now }, programmes)
  if ('refusal' in used) return used
  if (card.status !== 'ACTIVE') {
    const text = card.status === 'BLOCKED' ? MESSAGES.cardBlocked() : MESSAGES.cardNotUsable()
    return refuse('invalid-card-status', `The card is ${card.status}: INVALID_CARD_STATUS`, text)
  }
  if (!holder.memberships.some((membership) => membership.status === 'ACTIVE')) {
    const detail = 'Passholder has no active cardsystem memberships: PASSHOLDER_NO_ACTIVE_CARDSYSTEMS'
    return refuse('passholder-no-active-cardsystems', detail, MESSAGES.noActiveMembership())
  }
  return { subject: { event: found.event, programme: used.programme, organizer, card, holder } }
}

/** An event that tickets can be registered for. When does not matter: sales come in before and after it. */
export function ticketEvent({
  event,
  eventId,
}: Pick<TicketLine, 'event' | 'eventId'>): { readonly event: Event } | { readonly refusal: Refusal } {
  const isThere = event?.workflowStatus !== 'DELETED' && event?.workflowStatus !== 'REJECTED'
  if (event && isThere && event.cardSystems.length > 0) return { event }
  return refuse('event-not-found', `Event id ${eventId} not found: UNKNOWN_EVENT_CDBID`, MESSAGES.eventWithoutTariff())
}

/** Decides by rule; what the limits say is left to the guards of the proposal, so that two sales at once are no way around. */
export function decideTicketSale(command: TicketSaleCommand): TicketSaleDecision {
  if (command.lines.length === 0 || command.lines.length > TICKETS_MAX) {
    throw new RangeError(`A sale has 1 to ${TICKETS_MAX} tickets`)
  }
  const tariffs: Tariff[] = []
  const transactions: Transaction[] = []
  const guards: Guard[] = []
  const guarded: GuardedLimit[] = []
  for (const [index, line] of command.lines.entries()) {
    const found = ticketSubject(line, command)
    if ('refusal' in found) return { kind: 'refused', index, refusal: found.refusal }
    const chosen = chosenTariff(line, found.subject, command)
    if ('refusal' in chosen) return { kind: 'refused', index, refusal: chosen.refusal }
    const transaction = freeze(command, line, { ...found.subject, tariff: chosen.tariff })
    tariffs.push(chosen.tariff)
    transactions.push(transaction)
    for (const { take, level, limit } of chosen.tariff.limits) {
      guards.push({ ...takenGuard(take, transaction), atMost: limit.volume })
      guarded.push({ index, level, limit })
    }
  }
  const records = transactions.map((transaction) => ({ kind: 'transaction', transaction }) as const)
  const [record, ...further] = records
  if (!record) throw new RangeError('A sale has at least one ticket')
  return { kind: 'proposed', proposal: { guards, record, ...(further.length > 0 && { further }) }, tariffs, guarded }
}

/** The refusal when the guard of a limit failed; `value`: tickets that were bought before. */
export function ticketLimitRefusal({ level, limit }: GuardedLimit, value: number): Refusal {
  const isUsedUp = value >= limit.volume
  return {
    code: isUsedUp ? 'maximum-reached' : 'invalid-number-of-tickets',
    detail: `${level} allows ${limit.volume} tickets per ${limit.period}, ${value} were sold before: MAXIMUM_REACHED`,
    endUserMessage: isUsedUp ? limitMessage({ level, limit }) : MESSAGES.tooManyTickets(limit.volume - value),
  }
}

function chosenTariff(
  line: TicketLine,
  { event, programme, organizer, holder }: TicketSubject,
  { now, book }: TicketSaleCommand,
): { readonly tariff: Tariff } | { readonly refusal: Refusal } {
  const tariffs = tariffsOf({ event, organizer, holder, price: line.price, at: now }, tariffBookOf(programme, book))
  const tariff = tariffs.find(({ id }) => id === line.tariff)
  if (tariff) return { tariff }
  if (line.tariff !== SOCIAL_TARIFF_ID) {
    return refuse('invalid-coupon', 'The passholder has no such coupon for this ticket', MESSAGES.invalidCoupon())
  }
  const lost = lostSocialTariff(holder, event.cardSystems)
  if (lost) return { refusal: lost }
  return refuse('invalid-distributionkey', 'No distribution key gives this passholder a tariff', MESSAGES.noTariff())
}

/** Everything a figure needs, as it is at this moment. */
function freeze(
  { now, client, request }: TicketSaleCommand,
  { label, price }: TicketLine,
  { event, card, holder, tariff }: TicketSubject & { readonly tariff: Tariff },
): Transaction {
  return {
    kind: 'TICKET_SALE',
    programme: event.programme,
    occurredAt: now,
    occurredOn: formatDay(brusselsDay(now)),
    channel: 'COUNTER',
    ...holderFacts(holder, card),
    ...eventFacts(event),
    device: '',
    client,
    points: 0,
    limitPeriod: '',
    flags: [],
    request,
    exchange: exchangeOf(tariff, label, price),
  }
}

function exchangeOf({ id, key, shares, limits }: Tariff, label: string, regularPrice: number): Exchange {
  return {
    ...NO_EXCHANGE,
    tariff: id,
    label,
    regularPrice,
    price: shares.participant,
    organizerShare: shares.organizer,
    localGovernmentShare: shares.localGovernment,
    flemishGovernmentShare: shares.flemishGovernment,
    distributionKey: key.id,
    takes: limits.map(({ take }) => take),
  }
}

function refuse(code: Refusal['code'], detail: string, endUserMessage: Refusal['endUserMessage']): { readonly refusal: Refusal } {
  return { refusal: { code, detail, endUserMessage } }
}
