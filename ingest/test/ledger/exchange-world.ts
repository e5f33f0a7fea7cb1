import {
  bonusProposal,
  type Card,
  type CheckinCommand,
  CheckinWindows,
  type CommitItem,
  type Coupon,
  type DistributionKey,
  decide,
  decideRedemption,
  decideTicketSale,
  type Event,
  grantProposal,
  type Holder,
  ONLY_UITPAS,
  type Organizer,
  type Position,
  type Proposal,
  type RedemptionCommand,
  type Reward,
  type TariffBook,
  type TicketSaleCommand,
  type Transaction,
  voidTransaction,
} from '@zuil/core'
import fc from 'fast-check'

/** A few people, events and rewards with limits of every kind, and what people do with them. */

const HOUR_MS = 3_600_000
/** Far ahead of every clock that runs this, so that no counter is over; a Friday, days before months and weeks change. */
const START = Date.parse('2090-07-28T12:00:00+02:00')
/** More than a week, across the end of a month. */
const HOURS_MAX = 10 * 24

const ORGANIZER: Organizer = {
  id: 'de-krook',
  name: 'De Krook',
  nis: 44021,
  cardSystems: [5],
  passholderTicketLimit: { volume: 4, period: 'MONTH' },
}

const HOLDERS: readonly Holder[] = [1, 2, 65, 66].map((number) => ({
  number,
  passType: number === 66 ? 'GROUP' : 'INDIVIDUAL',
  homeNis: number === 2 ? 11002 : 44021,
  homePostalCode: '9000',
  birthYear: 1987,
  memberships: [{ cardSystem: 5, status: 'ACTIVE', socialTariff: 'ACTIVE' }],
  coupons: [{ id: number, coupon: 'BON' }],
  ...(number === 66 && { ticketsPerYear: 5 }),
}))

const EVENTS: readonly Event[] = [
  anEvent(1, {
    checkinPoints: 2,
    checkinLimit: { volume: 1, period: 'DAY' },
    passholderTicketLimit: { volume: 2, period: 'WEEK' },
  }),
  anEvent(2, { checkinPoints: 3, checkinLimit: { volume: 2, period: 'WEEK' } }),
  anEvent(3, { checkinPoints: 1, passholderTicketLimit: { volume: 1, period: 'ABSOLUTE' }, ticketsMax: 3 }),
]

const REWARDS: readonly Reward[] = [
  aReward(1, { points: 3, unitsMax: 4 }),
  aReward(2, { points: 2, redeemLimit: { volume: 2, period: 'WEEK' } }),
  aReward(3, { type: 'WELCOME', points: 0, unitsMax: 2 }),
]

const KEYS: readonly DistributionKey[] = [
  aKey(1, { splits: [{ sameCity: parts(2000, 4000), otherCity: parts(2500, 5500) }] }),
  aKey(2, { kind: 'COUPON', splits: [{ sameCity: parts(3333, 3333), otherCity: parts(3333, 1) }] }),
]
const COUPONS: readonly Coupon[] = [
  {
    id: 'BON',
    name: 'Bon',
    description: '',
    cardSystem: 5,
    distributionKey: 2,
    status: 'ACTIVE',
    organizers: [],
    events: [],
    exchangeLimit: { volume: 3, period: 'MONTH' },
    eventLimit: { volume: 2, period: 'DAY' },
  },
]
const BOOK: TariffBook = {
  keysOf: (cardSystem) => KEYS.filter((key) => key.cardSystem === cardSystem && key.kind !== 'COUPON'),
  key: (id) => KEYS.find((key) => key.id === id),
  coupon: (id) => COUPONS.find((coupon) => coupon.id === id),
}
const RULES = { windows: new CheckinWindows(), offlineDaysMax: 7, programmes: ONLY_UITPAS }

interface Ticket {
  readonly who: Holder
  readonly event: Event
  readonly tariff: string
  readonly price: number
}

/** What somebody does, or does again with the same key. A void takes back one of what stands by then. */
export type Step =
  | {
      readonly kind: 'checkin'
      readonly who: Holder
      readonly event: Event
      readonly channel: 'COUNTER' | 'BATCH'
      readonly at: number
    }
  | { readonly kind: 'sale'; readonly tickets: readonly Ticket[]; readonly at: number }
  | { readonly kind: 'redeem' | 'grant'; readonly who: Holder; readonly reward: Reward; readonly at: number }
  | { readonly kind: 'bonus'; readonly who: Holder; readonly points: number; readonly id: number }
  | { readonly kind: 'void'; readonly which: number }

export interface Action {
  readonly step: Step
  /** Number of the request key; few, so that keys come again with the same and with another request. */
  readonly key?: number
}

const who = fc.constantFrom(...HOLDERS)
const person = fc.constantFrom(...HOLDERS.filter(({ passType }) => passType === 'INDIVIDUAL'))
const at = fc.integer({ min: 0, max: HOURS_MAX }).map((hours) => START + hours * HOUR_MS)
const event = fc.constantFrom(...EVENTS)
const tariff = fc.constantFrom('SOCIALTARIFF', 'SOCIALTARIFF', 'COUPON_BON')
const ticket = fc.record({ who, event, tariff, price: fc.integer({ min: 1, max: 5_000 }) })
const channel = fc.constantFrom('COUNTER' as const, 'BATCH' as const)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('checkin' as const), who: person, event, channel, at }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('sale' as const), tickets: fc.array(ticket, { minLength: 1, maxLength: 4 }), at }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('redeem' as const, 'redeem' as const, 'grant' as const),
      who: person,
      reward: fc.constantFrom(...REWARDS),
      at,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('bonus' as const),
      who: person,
      points: fc.integer({ min: 1, max: 6 }),
      id: fc.nat(3),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('void' as const), which: fc.nat(60) }) },
)
const action: fc.Arbitrary<Action> = fc.record({ step, key: fc.nat(5) }, { requiredKeys: ['step'] })

/** Long enough that limits are reached. Some actions come a second time, as from a client that saw no answer. */
export const histories: fc.Arbitrary<readonly Action[]> = fc
  .array(fc.record({ action, again: fc.nat(5) }), { minLength: 40, maxLength: 90, size: 'max' })
  .map((all) => all.flatMap(({ action, again }) => (again === 0 ? [action, action] : [action])))

/** A transaction and where it stands. */
export interface Standing {
  readonly position: Position
  readonly transaction: Transaction
}

/** What is committed for an action; undefined when there is nothing that could be taken back. */
export function itemOf({ step, key }: Action, standing: readonly Standing[]): CommitItem | undefined {
  const found = step.kind === 'void' ? standing[step.which % Math.max(standing.length, 1)] : undefined
  if (step.kind === 'void' && !found) return undefined
  const proposal = step.kind === 'void' ? voidOf(found) : proposalOf(step, requestOf(step, key))
  const request = key === undefined || step.kind === 'void' ? undefined : requestOf(step, key)
  const owner = ownerOf(proposal)
  // A key belongs to one owner, as it belongs to one client who asks again for the same.
  const scoped = request && { id: `${owner}0${request.id}`, fingerprint: request.fingerprint }
  return { owner, proposal, entities: [], registryVersion: 0, ...(scoped && { request: scoped, answer: `answer ${key}` }) }
}

function ownerOf({ record }: Proposal): number {
  if (record.kind !== 'transaction' && record.kind !== 'void') throw new Error('Only transactions have an owner')
  return record.transaction.holder
}

function voidOf(found: Standing | undefined): Proposal {
  if (!found) throw new Error('There is nothing to take back')
  return voidTransaction(found.position, found.transaction)
}

function requestOf(step: Step, key: number | undefined): { id: string; fingerprint: string } | undefined {
  if (key === undefined) return undefined
  let hash = 7
  for (const character of JSON.stringify(step)) hash = (hash * 31 + character.charCodeAt(0)) % 0xffffffff
  return { id: String(key), fingerprint: hash.toString(16).padStart(8, '0') }
}

/** @throws when the same inputs are decided in two ways, or one of the commands is refused by rule. */
function proposalOf(step: Exclude<Step, { kind: 'void' }>, request: { id: string; fingerprint: string } | undefined): Proposal {
  const text = request ? `${request.id}.${request.fingerprint}` : ''
  const [first, second] = [decided(step, text), decided(step, text)]
  if (JSON.stringify(first) !== JSON.stringify(second)) throw new Error('Decided twice, differently')
  return first
}

function decided(step: Exclude<Step, { kind: 'void' }>, request: string): Proposal {
  switch (step.kind) {
    case 'checkin':
      return proposed(decide(checkinOf(step, request), RULES))
    case 'sale':
      return proposed(decideTicketSale(saleOf(step, request)))
    case 'redeem':
      return proposed(decideRedemption(redemptionOf(step, request)))
    case 'grant':
      return grantProposal({
        now: step.at,
        reward: { ...step.reward, type: 'WELCOME', points: 0 },
        holder: step.who,
        card: cardOf(step.who),
      })
    case 'bonus': {
      const bonus = { id: `b${step.id}`, to: { passholderId: 'x' }, points: step.points, label: 'x', programme: 'uitpas' }
      return bonusProposal({ now: START, bonus, holder: step.who, card: cardOf(step.who) })
    }
  }
}

function proposed(decision: { kind: 'refused' } | { kind: 'proposed'; proposal: Proposal }): Proposal {
  if (decision.kind === 'refused') throw new Error(`Refused by rule: ${JSON.stringify(decision)}`)
  return decision.proposal
}

function checkinOf({ who, event, channel, at }: Extract<Step, { kind: 'checkin' }>, request: string): CheckinCommand {
  return {
    kind: 'CHECKIN',
    channel,
    now: at,
    occurredAt: at,
    event,
    card: cardOf(who),
    holder: who,
    device: '',
    client: 'c',
    request,
  }
}

function saleOf({ tickets, at }: Extract<Step, { kind: 'sale' }>, request: string): TicketSaleCommand {
  const lines = tickets.map(({ who, event, tariff, price }) => ({
    isNumberValid: true,
    eventId: event.id,
    event,
    organizer: ORGANIZER,
    card: cardOf(who),
    holder: who,
    tariff,
    price,
    label: '',
  }))
  return { lines, now: at, client: 'c', request, book: BOOK, programmes: ONLY_UITPAS }
}

function redemptionOf({ who, reward, at }: Extract<Step, { kind: 'redeem' | 'grant' }>, request: string): RedemptionCommand {
  return {
    kind: 'REDEMPTION',
    channel: 'COUNTER',
    now: at,
    rewardId: reward.id,
    reward,
    card: cardOf(who),
    holder: who,
    organizer: ORGANIZER.id,
    venueNis: 0,
    code: '',
    client: 'c',
    request,
    programmes: ONLY_UITPAS,
  }
}

function cardOf({ number }: Holder): Card {
  return { number, holder: number, cardSystem: 5, status: 'ACTIVE' }
}

function anEvent(number: number, members: Partial<Event>): Event {
  return {
    id: `event-${number}`,
    number,
    title: 'Feest',
    organizer: 'de-krook',
    location: '',
    locationName: '',
    venueNis: 44021,
    type: '',
    theme: '',
    calendar: { type: 'permanent', openingHours: [], closedDays: [], adjustedDays: [] },
    workflowStatus: 'APPROVED',
    available: true,
    cardSystems: [5],
    programme: 'uitpas',
    checkinPoints: 1,
    ...members,
  }
}

function aReward(number: number, members: Partial<Reward>): Reward {
  return {
    id: String(number),
    number,
    title: 'Koffie',
    type: 'POINTS',
    points: 1,
    programme: 'uitpas',
    cardSystems: [],
    owningCardSystem: 5,
    residentsOf: [],
    organizers: [],
    categories: [],
    forKids: false,
    sport: false,
    featured: false,
    online: false,
    status: 'ACTIVE',
    ...members,
  }
}

function parts(participant: number, localGovernment: number) {
  const nothing = { type: 'FIXED', cents: 0 } as const
  return {
    participant: { type: 'SHARE', basisPoints: participant } as const,
    localGovernment: { type: 'REMAINDER_SHARE', basisPoints: localGovernment } as const,
    flemishGovernment: { type: 'FIXED', cents: 7 } as const,
    organizer: nothing,
  }
}

function aKey(id: number, members: Partial<DistributionKey>): DistributionKey {
  return {
    id,
    name: 'Sleutel',
    cardSystem: 5,
    kind: 'AUTOMATIC',
    organizers: [],
    prices: [],
    socialTariff: 'MY_CARDSYSTEM',
    splits: [],
    ...members,
  }
}
