import { type CostShares, shareCosts } from './cost-sharing.ts'
import { takeOf } from './counters.ts'
import { type Coupon, couponTariffId, type GrantedCoupon, isForEvent, isValidCoupon } from './coupon.ts'
import { type DistributionKey, partsFor, type Ticket } from './distribution-key.ts'
import type { Event, PeriodLimit } from './event.ts'
import { type Holder, hasBlockedMembership } from './holder.ts'
import { entityId } from './identifiers.ts'
import { FURTHER_RECORDS_MAX } from './ledger.ts'
import { type EndUserMessage, MESSAGES } from './messages.ts'
import type { Organizer } from './organizer.ts'
import type { Programme } from './programme.ts'
import { lostSocialTariff } from './social-tariff.ts'
import type { Take } from './transaction.ts'

/** Tickets of one request: it is all or nothing, so it has to fit one commit. */
export const TICKETS_MAX = FURTHER_RECORDS_MAX + 1

export const TARIFF_TYPES = ['SOCIALTARIFF', 'COUPON'] as const
export type TariffType = (typeof TARIFF_TYPES)[number]

/** Id and name of the tariff that the cheapest distribution key makes. */
export const SOCIAL_TARIFF_ID = 'SOCIALTARIFF'
export const SOCIAL_TARIFF_NAME = 'Kansentarief'

/** Distribution keys and coupons, looked up. */
export interface TariffBook {
  /** Keys of a card system that need no coupon. */
  readonly keysOf: (cardSystem: number) => readonly DistributionKey[]
  readonly key: (id: number) => DistributionKey | undefined
  readonly coupon: (id: string) => Coupon | undefined
}

const NO_TARIFFS: TariffBook = { keysOf: () => [], key: () => undefined, coupon: () => undefined }

/** The book as far as a programme has tariffs. */
export function tariffBookOf({ hasTariffs }: Pick<Programme, 'hasTariffs'>, book: TariffBook): TariffBook {
  return hasTariffs ? book : NO_TARIFFS
}

/** A ticket with everything known about who sells it to whom. */
export interface TariffQuestion extends Ticket {
  readonly event: Event
  readonly organizer: Organizer | undefined
  readonly holder: Holder
}

/** A bound on tickets: `volume` units of the counter that a sale takes one of. */
export interface TicketLimit {
  readonly take: Take
  readonly limit: PeriodLimit
  /** EVENT, ORGANIZER: of one passholder there. EVERYBODY: of all of them at the event. GROUP: of the year. */
  readonly level: 'EVENT' | 'ORGANIZER' | 'EVERYBODY' | 'GROUP' | 'COUPON'
}

/** A tariff that the rules allow; whether its limits do, the counters say. */
export interface Tariff {
  readonly id: string
  readonly name: string
  readonly type: TariffType
  readonly key: DistributionKey
  readonly shares: CostShares
  readonly limits: readonly TicketLimit[]
  /** Of a coupon tariff. */
  readonly coupon?: Coupon
}

/** Counts the tickets of a holder at an event at the social tariff. */
export function salesCounter(eventNumber: number): string {
  return `sales/${eventNumber}`
}

/** Counts the tickets of a group at the social tariff. */
export const GROUP_QUOTA_COUNTER = 'quota'

/** Counts the tickets of an event at the social tariff; the owner is the event. */
const EVENT_TICKETS_COUNTER = 'tickets'

/** The tariffs that the rules allow: the social tariff first, then coupons in the order in which they were granted. */
export function tariffsOf(question: TariffQuestion, book: TariffBook): readonly Tariff[] {
  const social = socialTariffOf(question, book)
  const coupons = (question.holder.coupons ?? []).flatMap((granted) => couponTariff(granted, question, book) ?? [])
  return social ? [social, ...coupons.filter(isFirstOfId)] : coupons.filter(isFirstOfId)
}

/** A coupon that was granted twice is one tariff: the grant that comes first. */
function isFirstOfId(tariff: Tariff, index: number, tariffs: readonly Tariff[]): boolean {
  return tariffs.findIndex(({ id }) => id === tariff.id) === index
}

/** The key that costs the participant least; of several the one with the lowest id. */
function socialTariffOf(question: TariffQuestion, book: TariffBook): Tariff | undefined {
  let best: { readonly key: DistributionKey; readonly shares: CostShares } | undefined
  for (const cardSystem of question.event.cardSystems) {
    for (const key of book.keysOf(cardSystem)) {
      const parts = key.socialTariff === undefined ? undefined : partsFor(key, question)
      if (!parts) continue
      const shares = shareCosts(question.price, parts)
      const difference = best ? shares.participant - best.shares.participant : -1
      if (difference < 0 || (difference === 0 && key.id < (best?.key.id ?? 0))) best = { key, shares }
    }
  }
  if (!best) return undefined
  return { id: SOCIAL_TARIFF_ID, name: SOCIAL_TARIFF_NAME, type: 'SOCIALTARIFF', ...best, limits: socialTariffLimits(question) }
}

/** What is the holder's own comes first: who may buy no more is told so, also when there are no tickets left. */
function socialTariffLimits(question: TariffQuestion): readonly TicketLimit[] {
  const { event, holder } = question
  const own = holder.passType === 'GROUP' ? groupLimits(holder) : personLimits(question)
  if (event.ticketsMax === undefined) return own
  const take = takeOf(EVENT_TICKETS_COUNTER, 'ABSOLUTE', 'EVENT')
  return [...own, { take, limit: { volume: event.ticketsMax, period: 'ABSOLUTE' }, level: 'EVERYBODY' }]
}

/** A group has its quota of a year; what one person may buy is no rule for it. */
function groupLimits({ ticketsPerYear }: Holder): readonly TicketLimit[] {
  if (ticketsPerYear === undefined) return []
  const limit: PeriodLimit = { volume: ticketsPerYear, period: 'YEAR' }
  return [{ take: takeOf(GROUP_QUOTA_COUNTER, 'YEAR'), limit, level: 'GROUP' }]
}

function personLimits({ event, organizer }: TariffQuestion): readonly TicketLimit[] {
  const limits: TicketLimit[] = []
  if (event.passholderTicketLimit) {
    const limit = event.passholderTicketLimit
    limits.push({ take: takeOf(salesCounter(event.number), limit.period), limit, level: 'EVENT' })
  }
  if (organizer?.passholderTicketLimit) {
    const limit = organizer.passholderTicketLimit
    limits.push({ take: takeOf(`sales-of/${entityId(organizer.id)}`, limit.period), limit, level: 'ORGANIZER' })
  }
  return limits
}

function couponTariff(granted: GrantedCoupon, question: TariffQuestion, book: TariffBook): Tariff | undefined {
  if (!isValidCoupon(granted, question.at)) return undefined
  const coupon = book.coupon(granted.coupon)
  if (!coupon || !isForEvent(coupon, question.event)) return undefined
  if (hasBlockedMembership(question.holder, coupon.cardSystem)) return undefined
  const key = book.key(coupon.distributionKey)
  const parts = key && partsFor(key, question)
  if (!key || !parts) return undefined
  const limits = couponLimits(granted, coupon, question.event)
  const shares = shareCosts(question.price, parts)
  return { id: couponTariffId(coupon), name: coupon.name, type: 'COUPON', key, shares, limits, coupon }
}

/** Counted for each grant: a coupon that is given again next year starts anew. */
function couponLimits({ id }: GrantedCoupon, coupon: Coupon, event: Event): readonly TicketLimit[] {
  const limits: TicketLimit[] = []
  if (coupon.exchangeLimit) limits.push(couponLimit(couponCounter(id), coupon.exchangeLimit))
  if (coupon.eventLimit) limits.push(couponLimit(`${couponCounter(id)}/${event.number}`, coupon.eventLimit))
  return limits
}

/** Counts the tickets of a granted coupon, by the id of the grant. */
export function couponCounter(grantedId: number): string {
  return `coupon/${grantedId}`
}

function couponLimit(counter: string, limit: PeriodLimit): TicketLimit {
  return { take: takeOf(counter, limit.period), limit, level: 'COUPON' }
}

/** What is left of a limit. */
export type RemainingOf = (limit: TicketLimit) => number

export interface AvailableTariff {
  readonly tariff: Tariff
  /** Tickets that can still be bought at once, at least 1 and at most {@link TICKETS_MAX}. */
  readonly remaining: number
}

export interface Availability {
  readonly available: readonly AvailableTariff[]
  /** Why a tariff that the holder may expect is missing. */
  readonly endUserMessage?: EndUserMessage
}

/** What is left of tariffs, and what to tell about the rest. `type` absent: both. */
export function availabilityOf(
  question: TariffQuestion,
  tariffs: readonly Tariff[],
  { remainingOf, type }: { readonly remainingOf: RemainingOf; readonly type?: TariffType | undefined },
): Availability {
  const asked = tariffs.filter((tariff) => type === undefined || tariff.type === type)
  const counted = asked.map((tariff) => ({ tariff, remaining: Math.min(TICKETS_MAX, ...tariff.limits.map(remainingOf)) }))
  const available = counted.filter(({ remaining }) => remaining > 0)
  const usedUp = asked.find((tariff) => !available.some((other) => other.tariff === tariff))
  const reached = usedUp?.limits.find((limit) => remainingOf(limit) <= 0)
  if (reached) return { available, endUserMessage: limitMessage(reached) }
  const lost = type === 'COUPON' ? undefined : lostSocialTariff(question.holder, question.event.cardSystems)
  if (lost) return { available, endUserMessage: lost.endUserMessage }
  return available.length > 0 ? { available } : { available, endUserMessage: MESSAGES.noTariff() }
}

export function limitMessage({ level, limit }: Pick<TicketLimit, 'level' | 'limit'>): EndUserMessage {
  switch (level) {
    case 'EVENT':
      return MESSAGES.ticketLimitReached(limit.volume, limit.period)
    case 'ORGANIZER':
      return MESSAGES.organizerTicketLimitReached(limit.volume, limit.period)
    case 'EVERYBODY':
      return MESSAGES.eventTicketsGone()
    case 'GROUP':
      return MESSAGES.groupQuotaReached(limit.volume)
    case 'COUPON':
      return MESSAGES.couponLimitReached(limit.volume, limit.period)
  }
}

/**
 * The tariffs that a holder with the social tariff from the organizer's own municipality would have, for showing before
 * anybody is known. Limits are as if nothing was bought yet.
 */
export function staticTariffs(
  { event, organizer, price, at }: Omit<TariffQuestion, 'holder'>,
  book: TariffBook,
): readonly AvailableTariff[] {
  const holder: Holder = {
    number: 0,
    passType: 'INDIVIDUAL',
    homeNis: organizer?.nis ?? 0,
    homePostalCode: '',
    birthYear: 0,
    memberships: event.cardSystems.map((cardSystem) => ({ cardSystem, status: 'ACTIVE', socialTariff: 'ACTIVE' })),
  }
  const tariff = socialTariffOf({ event, organizer, holder, price, at }, book)
  if (!tariff) return []
  return [{ tariff, remaining: Math.min(TICKETS_MAX, ...tariff.limits.map(({ limit }) => limit.volume)) }]
}
