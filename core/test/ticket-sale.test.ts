import {
  type CommitItem,
  type Coupon,
  type DistributionKey,
  decideTicketSale,
  type Holder,
  lostSocialTariff,
  MemoryLedger,
  ONLY_UITPAS,
  type Position,
  periodGuard,
  salesCounter,
  type TariffBook,
  type TicketLine,
  tariffsOf,
  ticketLimitRefusal,
  voidTransaction,
} from '@zuil/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aCard, aHolder, aMembership, anEvent, NOON } from './builders.ts'

const NOTHING = { type: 'FIXED', cents: 0 } as const
const parts = (percentage: number) => ({
  participant: { type: 'SHARE' as const, basisPoints: percentage * 100 },
  organizer: NOTHING,
  localGovernment: { type: 'REMAINDER_SHARE' as const, basisPoints: 5000 },
  flemishGovernment: NOTHING,
})
const aKey = (members: Partial<DistributionKey> = {}): DistributionKey => ({
  id: 1,
  name: 'Kansentarief',
  cardSystem: 5,
  kind: 'AUTOMATIC',
  organizers: [],
  prices: [],
  socialTariff: 'MY_CARDSYSTEM',
  splits: [{ sameCity: parts(20), otherCity: parts(30) }],
  ...members,
})
const aCoupon = (members: Partial<Coupon> = {}): Coupon => ({
  id: 'COUPON_1',
  name: 'Bon',
  description: '',
  cardSystem: 5,
  distributionKey: 9,
  status: 'ACTIVE',
  organizers: [],
  events: [],
  ...members,
})
const bookOf = (keys: readonly DistributionKey[], coupons: readonly Coupon[] = []): TariffBook => ({
  keysOf: (cardSystem) => keys.filter((key) => key.cardSystem === cardSystem && key.kind !== 'COUPON'),
  key: (id) => keys.find((key) => key.id === id),
  coupon: (id) => coupons.find((coupon) => coupon.id === id),
})
const ORGANIZER = { id: anEvent().organizer, name: 'De Krook', nis: 44021, cardSystems: [5] }
const entitled = (members: Partial<Holder> = {}) =>
  aHolder({ memberships: [aMembership({ socialTariff: 'ACTIVE' })], ...members })
const ticket = (members: object = {}) => ({
  event: anEvent(),
  organizer: ORGANIZER,
  holder: entitled(),
  price: 1000,
  at: NOON,
  ...members,
})
const priceOf = (question: object, keys: readonly DistributionKey[]) =>
  tariffsOf(ticket(question), bookOf(keys))[0]?.shares.participant

describe('which tariffs a holder has', () => {
  test('surprise 9: the social tariff holds in its own card system only, unless the key honours others', () => {
    const holder = entitled({ memberships: [aMembership({ cardSystem: 7, socialTariff: 'ACTIVE' })] })
    expect(priceOf({ holder }, [aKey()])).toBeUndefined()
    expect(priceOf({ holder }, [aKey({ socialTariff: 'AT_LEAST_ONE_CARDSYSTEM' })])).toBe(200)
    expect(lostSocialTariff(holder, [5])).toBeUndefined()
  })

  test('surprise 11: the stored state decides, never the end date', () => {
    const membership = { socialTariffEndsAt: NOON - 1 }
    const inGrace = entitled({ memberships: [aMembership({ ...membership, socialTariff: 'GRACE' })] })
    const expired = entitled({ memberships: [aMembership({ socialTariffEndsAt: NOON + 1, socialTariff: 'EXPIRED' })] })
    expect(priceOf({ holder: inGrace }, [aKey()])).toBe(200)
    expect(priceOf({ holder: expired }, [aKey()])).toBeUndefined()
    expect(lostSocialTariff(expired, [5])?.code).toBe('social-tariff-expired')
  })

  test('a suspended right and a blocked membership give none', () => {
    const suspended = entitled({ memberships: [aMembership({ socialTariff: 'SUSPENDED' })] })
    expect(lostSocialTariff(suspended, [5])?.code).toBe('social-tariff-suspended')
    expect(
      priceOf({ holder: entitled({ memberships: [aMembership({ status: 'BLOCKED', socialTariff: 'ACTIVE' })] }) }, [aKey()]),
    ).toBeUndefined()
  })

  test('the cheapest key counts, and of equal ones the lowest id', () => {
    const keys = [aKey({ id: 3, splits: [{ sameCity: parts(50), otherCity: parts(50) }] }), aKey({ id: 2 }), aKey({ id: 1 })]
    expect(tariffsOf(ticket(), bookOf(keys))[0]?.key.id).toBe(1)
  })

  test('conditions on price, town, organizer and period are all to hold', () => {
    expect(priceOf({}, [aKey({ prices: [{ comparison: 'LESS_THAN', cents: 1000 }] })])).toBeUndefined()
    expect(priceOf({}, [aKey({ prices: [{ comparison: 'EQUAL_TO', cents: 1000 }] })])).toBe(200)
    expect(priceOf({}, [aKey({ city: 'NOT_IN' })])).toBeUndefined()
    expect(priceOf({ holder: entitled({ homeNis: 1 }) }, [aKey()])).toBe(300)
    expect(priceOf({}, [aKey({ organizers: ['somebody-else'] })])).toBeUndefined()
    expect(priceOf({}, [aKey({ splits: [{ until: NOON, sameCity: parts(1), otherCity: parts(1) }, ...aKey().splits] })])).toBe(
      200,
    )
    expect(priceOf({}, [aKey({ kind: 'MANUAL' })])).toBeUndefined()
    expect(priceOf({ event: anEvent({ manualKeys: [1] }) }, [aKey({ kind: 'MANUAL' })])).toBe(200)
  })

  test('school keys are enabled by hand: half a day costs € 1.50, a whole day € 3.00, other events go by the automatic key', () => {
    const fixed = (cents: number) => ({ ...parts(0), participant: { type: 'FIXED' as const, cents } })
    const school = (id: number, cents: number) =>
      aKey({ id, kind: 'MANUAL', splits: [{ sameCity: fixed(cents), otherCity: fixed(cents) }] })
    const keys = [aKey(), school(412, 150), school(413, 300)]
    const price = (manualKeys: readonly number[]) => priceOf({ event: anEvent({ manualKeys }), price: 2_000 }, keys)
    expect([price([]), price([412]), price([413]), price([412, 413])]).toEqual([400, 150, 300, 150])
  })

  test('a coupon is for its places, and not for who its card system blocked', () => {
    const coupons = [{ id: 77, coupon: 'COUPON_1' }]
    const isOffered = (coupon: Partial<Coupon>, holder: Partial<Holder> = {}) => {
      const book = bookOf([aKey({ id: 9, kind: 'COUPON' })], [aCoupon(coupon)])
      return tariffsOf(ticket({ holder: entitled({ coupons, ...holder }) }), book).length > 0
    }
    const blocked = [aMembership({ socialTariff: 'ACTIVE' }), aMembership({ cardSystem: 7, status: 'BLOCKED' })]
    expect({
      here: isOffered({ locations: [anEvent().location] }),
      elsewhere: isOffered({ locations: ['somewhere-else'] }),
      blocked: isOffered({ cardSystem: 7 }, { memberships: blocked }),
      notBlocked: isOffered({}, { memberships: blocked }),
    }).toEqual({ here: true, elsewhere: false, blocked: false, notBlocked: true })
  })

  test('tickets for everybody together are a limit of the event, after what one person may buy', () => {
    const event = anEvent({ passholderTicketLimit: { volume: 1, period: 'WEEK' }, ticketsMax: 50 })
    const levels = (holder: Holder) =>
      tariffsOf(ticket({ event, holder }), bookOf([aKey()]))[0]?.limits.map(({ level, take }) => [level, take])
    const ofAll = ['EVERYBODY', '@tickets ABSOLUTE']
    expect(levels(entitled())).toEqual([['EVENT', 'sales/4711 WEEK'], ofAll])
    expect(levels(entitled({ passType: 'GROUP' }))).toEqual([ofAll])
  })

  test('surprise 16 turned round: without a limit there is no bound but that of a request', () => {
    const { passholderTicketLimit: _none, ...event } = anEvent()
    expect(tariffsOf(ticket({ event }), bookOf([aKey()]))[0]?.limits).toEqual([])
  })
})

const LIMIT = 3
const EVENT = anEvent({ passholderTicketLimit: { volume: LIMIT, period: 'WEEK' } })
const BOOK = bookOf([aKey(), aKey({ id: 9, kind: 'COUPON' })], [aCoupon({ exchangeLimit: { volume: 2, period: 'DAY' } })])
const HOLDER = entitled({ coupons: [{ id: 77, coupon: 'COUPON_1' }] })
const aLine = (members: Partial<TicketLine> = {}): TicketLine => ({
  isNumberValid: true,
  eventId: EVENT.id,
  event: EVENT,
  organizer: ORGANIZER,
  card: aCard(),
  holder: HOLDER,
  tariff: 'SOCIALTARIFF',
  price: 1200,
  label: '',
  ...members,
})
const decideOn = (lines: readonly TicketLine[]) =>
  decideTicketSale({ lines, now: NOON, client: 'c', request: '', book: BOOK, programmes: ONLY_UITPAS })
const SOCIAL = periodGuard(salesCounter(EVENT.number), HOLDER.number, { period: 'WEEK', instant: NOON })
const COUPONS = periodGuard('coupon/77', HOLDER.number, { period: 'DAY', instant: NOON })

describe('tickets for everybody together', () => {
  const event = anEvent({ ticketsMax: 2 })
  const buy = (number: number) => {
    const holder = entitled({ number })
    const decision = decideOn([aLine({ event, holder, card: aCard({ holder: number }) })])
    if (decision.kind !== 'proposed') throw new Error('refused by rule')
    return { item: { owner: number, proposal: decision.proposal, entities: [], registryVersion: 0 }, decision }
  }

  test('go to who comes first, are refused with a message of their own, and come back with a void', async () => {
    const ledger = new MemoryLedger({ clock: () => NOON, lanes: 2 })
    const sold = []
    for (const number of [12, 13, 14]) sold.push(...(await ledger.commit([buy(number).item])))
    expect(sold.map(({ kind }) => kind)).toEqual(['committed', 'committed', 'failed'])
    const [first, , third] = sold
    if (first?.kind !== 'committed' || third?.kind !== 'failed') throw new Error('sold otherwise')
    const guarded = buy(14).decision.guarded[third.index]
    expect(guarded && ticketLimitRefusal(guarded, third.value)).toMatchObject({
      code: 'maximum-reached',
      endUserMessage: { nl: expect.stringContaining('op') },
    })
    const { record } = buy(12).item.proposal
    if (record.kind !== 'transaction') throw new Error('not a ticket')
    await ledger.commit([{ ...buy(12).item, proposal: voidTransaction(first.position, record.transaction) }])
    expect((await ledger.commit([buy(14).item]))[0]?.kind).toBe('committed')
  })
})

describe('selling tickets', () => {
  test('surprise 21: tariff, shares and home are frozen in the transaction', () => {
    const decision = decideOn([aLine()])
    if (decision.kind !== 'proposed' || decision.proposal.record.kind !== 'transaction') throw new Error('not sold')
    const { transaction } = decision.proposal.record
    expect(transaction).toMatchObject({ kind: 'TICKET_SALE', homeNis: 44021, socialTariff: 'ACTIVE', points: 0 })
    expect(transaction.exchange).toMatchObject({
      price: 240,
      localGovernmentShare: 480,
      organizerShare: 480,
      takes: ['sales/4711 WEEK'],
    })
    expect(decideOn([aLine()])).toEqual(decision)
  })

  test('surprise 18: a ticket is no visit: it takes no check-in and gives no point, and that of a group has no person', () => {
    const recordOf = (line: TicketLine) => {
      const decision = decideOn([line])
      if (decision.kind !== 'proposed') throw new Error('not sold')
      return decision.proposal
    }
    const own = recordOf(aLine())
    expect(own.guards.map(({ counter }) => counter)).toEqual(['sales/4711'])
    expect(own.record).toMatchObject({ transaction: { kind: 'TICKET_SALE', points: 0, limitPeriod: '' } })
    const group = entitled({ passType: 'GROUP', birthYear: 0, ticketsPerYear: 9 })
    const { guards, record } = recordOf(aLine({ holder: group }))
    expect(guards.map(({ counter }) => counter)).toEqual(['quota'])
    expect(record).toMatchObject({ transaction: { birthYear: 0, exchange: { takes: ['quota YEAR'] } } })
  })

  test('the first ticket that cannot be sold is named', () => {
    expect(decideOn([aLine(), aLine({ holder: undefined })])).toMatchObject({ kind: 'refused', index: 1 })
    expect(decideOn([aLine({ tariff: 'REWARD1234' })])).toMatchObject({ refusal: { code: 'invalid-coupon' } })
  })

  test('limits are never exceeded, and a void restores exactly, in any order of sales and voids', async () => {
    const sell = fc.array(fc.constantFrom('SOCIALTARIFF', 'COUPON_1'), { minLength: 1, maxLength: 4 })
    const step = fc.oneof(sell, fc.nat(20))
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const ledger = new MemoryLedger({ clock: () => NOON })
        const commit = async (proposal: NonNullable<CommitItem['proposal']>) =>
          (await ledger.commit([{ owner: HOLDER.number, proposal, entities: [], registryVersion: 0 }]))[0]
        const open: { position: Position; tariff: string }[] = []
        for (const each of steps) {
          if (typeof each === 'number') {
            const [sold] = open.splice(each % Math.max(open.length, 1), 1)
            const found = ledger.journal().find(({ position }) => position.sequence === sold?.position.sequence)
            if (found?.record.kind === 'transaction') await commit(voidTransaction(found.position, found.record.transaction))
          } else {
            const decision = decideOn(each.map((tariff) => aLine({ tariff })))
            if (decision.kind !== 'proposed') throw new Error('refused by rule')
            const outcome = await commit(decision.proposal)
            if (outcome?.kind !== 'committed') continue
            const { position } = outcome
            open.push(...each.map((tariff, n) => ({ position: { ...position, sequence: position.sequence + n }, tariff })))
          }
          const social = open.filter(({ tariff }) => tariff === 'SOCIALTARIFF').length
          expect([ledger.value(SOCIAL), ledger.value(COUPONS)]).toEqual([social, open.length - social])
          expect(social).toBeLessThanOrEqual(LIMIT)
          expect(open.length - social).toBeLessThanOrEqual(2)
        }
      }),
    )
  })
})
