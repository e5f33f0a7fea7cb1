import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import { AMINA, BRAM, CELINE, event, GROUP, ORGANIZER, OTHER_ORGANIZER, passholder, STRANGER } from '../small-registry.ts'

const WEEKLY = '1c0098e7-8860-45ea-9333-0000000000a1'
const UNLIMITED = '1c0098e7-8860-45ea-9333-0000000000a2'
const FOREIGN = '1c0098e7-8860-45ea-9333-0000000000a3'
const SELLER = 'seller-client'
const SECRET = 'seller-secret'
const share = (percentage: number) => ({ type: 'PERCENTAGE', percentage })

const KEYS = [
  {
    id: 141,
    name: 'Kansentarief 20/40/40',
    cardSystem: { id: 14 },
    kind: 'AUTOMATIC',
    splits: [{ sameCity: { participant: share(20), localGovernment: share(40), organizer: share(40) } }],
  },
  {
    id: 142,
    name: 'Bon',
    cardSystem: { id: 14 },
    kind: 'COUPON',
    splits: [{ sameCity: { participant: share(50), localGovernment: share(50) } }],
  },
]
const COUPON = {
  id: 'COUPON_12',
  name: 'Halve prijs',
  cardSystem: { id: 14 },
  distributionKey: { id: 142 },
  exchangeConstraint: { volume: 2, period: 'DAY' },
}
const ENTITLED = { status: 'ACTIVE', endDate: '2020-04-30T21:59:59+00:00', inGracePeriod: true }

interface Sale {
  readonly eventId?: string
  readonly uitpasNumber?: string
  readonly tariff?: string
  readonly regularPrice?: number | string
}
const sale = ({ eventId = WEEKLY, uitpasNumber = AMINA.number, tariff = 'SOCIALTARIFF', regularPrice = 12 }: Sale = {}) => ({
  tariff: { id: tariff },
  uitpasNumber,
  eventId,
  regularPrice,
})

describe.skipIf(!hasRedis)('tariffs and ticket sales', () => {
  let service: IngestService

  beforeAll(async () => {
    service = await IngestService.start()
    await service.put('distribution-keys', KEYS)
    await service.put('coupons', [COUPON])
    await service.put('events', [
      event(WEEKLY, {
        title: 'Toneel',
        settings: { checkinPoints: 1, passholderTicketLimit: { volume: 1, periodType: 'WEEK' } },
      }),
      event(UNLIMITED, { title: 'Museum', settings: { checkinPoints: 1 } }),
      event(FOREIGN, { title: 'Zwemmen', organizer: OTHER_ORGANIZER, place: '2bfc6f1a-edb7-4bc3-ac3a-000000000001' }),
    ])
    await service.put('passholders', [passholder(AMINA, { firstName: 'Amina', name: 'El Idrissi', socialTariff: ENTITLED })])
    await service.put('group-passes', [
      {
        id: GROUP.id,
        name: 'Jeugdwerking',
        uitpasNumber: GROUP.number,
        cardStatus: 'ACTIVE',
        cardSystem: { id: 14 },
        address: { postalCode: '3630', city: 'Maasmechelen' },
        socialTariff: { status: 'ACTIVE', totalTicketsPerYear: 3 },
        coupons: [{ id: 7, coupon: { id: 'COUPON_12' } }],
      },
    ])
    const permissions = ['TARIFFS_READ', 'TICKETSALES_REGISTER'].map((id) => ({ id }))
    await service.put('clients', [
      {
        id: SELLER,
        name: SELLER,
        secret: SECRET,
        permissions: [{ organizer: { id: ORGANIZER }, permissionDetails: permissions }],
      },
    ])
  })
  afterAll(async () => {
    await service[Symbol.asyncDispose]()
  })

  const tariffs = async (query: Record<string, string>, path = '/tariffs') =>
    await service.app.inject({ url: path, query, headers: await service.bearer(SELLER, SECRET) })
  const sell = async (sales: unknown, headers: Record<string, string> = {}) =>
    await service.app.inject({
      method: 'POST',
      url: '/ticket-sales',
      headers: { ...(await service.bearer(SELLER, SECRET)), 'content-type': 'application/json', ...headers },
      payload: JSON.stringify(sales),
    })
  const cancel = async (id: string) =>
    await service.app.inject({ method: 'DELETE', url: `/ticket-sales/${id}`, headers: await service.bearer(SELLER, SECRET) })
  const asked = (members: Record<string, string> = {}) => ({
    regularPrice: '12.00',
    eventId: WEEKLY,
    uitpasNumber: AMINA.number,
    ...members,
  })

  test('€ 12.00 costs € 2.40; surprise 11: the social tariff holds past its end date during grace', async () => {
    const reply = await tariffs(asked())
    expect(reply.json()).toEqual({
      available: [{ id: 'SOCIALTARIFF', name: 'Kansentarief', price: 2.4, type: 'SOCIALTARIFF', remaining: 1 }],
    })
  })

  test('surprises 17, 24 and 29: a text as price is taken, what is used up is a normal answer, a cancelled sale frees its place', async () => {
    const reply = await sell([
      { ...sale({ regularPrice: '12.00' }), id: 'mine', passholder: { name: 'x' }, regularPriceLabel: 'Basis' },
    ])
    expect(reply.statusCode).toBe(200)
    const [sold] = reply.json()
    expect(sold).toMatchObject({
      tariff: { id: 'SOCIALTARIFF', name: 'Kansentarief', price: 2.4, type: 'SOCIALTARIFF' },
      tariffId: 'SOCIALTARIFF',
      eventTitle: 'Toneel',
      regularPrice: 12,
      regularPriceLabel: 'Basis',
    })
    expect(sold).not.toHaveProperty('passholder')
    expect(reply.headers['zuil-receipt']).toMatch(/^0\./)
    const after = (await tariffs(asked())).json()
    expect(after.available).toEqual([])
    expect(after.endUserMessage.nl).toContain('maximaal 1 keer per week')
    expect((await sell([sale()])).json()).toMatchObject({ type: expect.stringMatching(/maximum-reached$/), jsonPointer: '/0' })
    expect((await cancel(sold.id)).statusCode).toBe(204)
    expect((await cancel(sold.id)).json()).toMatchObject({ status: 404, type: expect.stringMatching(/ticket-sale-not-found$/) })
    expect((await tariffs(asked())).json().available).toHaveLength(1)
  })

  test('surprise 17: an array is sold as a whole or not at all', async () => {
    const refused = await sell([sale({ eventId: UNLIMITED }), sale({ eventId: UNLIMITED, uitpasNumber: CELINE.number })])
    expect(refused.json()).toMatchObject({ type: expect.stringMatching(/invalid-card-status$/), jsonPointer: '/1' })
    const tooMany = await sell([
      sale({ uitpasNumber: GROUP.number }),
      ...Array.from({ length: 3 }, () => sale({ uitpasNumber: GROUP.number })),
    ])
    expect(tooMany.json()).toMatchObject({ type: expect.stringMatching(/invalid-number-of-tickets$/), jsonPointer: '/3' })
    const [tariff] = (await tariffs(asked({ uitpasNumber: GROUP.number }))).json().available
    expect(tariff.remaining).toBe(3)
    const sold = await sell([1, 2, 3].map(() => sale({ uitpasNumber: GROUP.number })))
    expect(new Set(sold.json().map(({ id }: { id: string }) => id)).size).toBe(3)
    expect((await cancel(sold.json()[2].id)).statusCode).toBe(204)
    expect((await tariffs(asked({ uitpasNumber: GROUP.number, type: 'SOCIALTARIFF' }))).json().available).toMatchObject([
      { remaining: 1 },
    ])
  })

  test('a coupon has its own price and its own limit', async () => {
    const query = asked({ uitpasNumber: GROUP.number, type: 'COUPON' })
    expect((await tariffs(query)).json().available).toEqual([
      { id: 'COUPON_12', name: 'Halve prijs', price: 6, type: 'COUPON', remaining: 2 },
    ])
    const coupon = { uitpasNumber: GROUP.number, tariff: 'COUPON_12' }
    expect((await sell([sale(coupon), sale(coupon)])).statusCode).toBe(200)
    expect((await tariffs(query)).json().endUserMessage.nl).toContain('maximaal 2 keer per dag')
    expect((await sell([sale({ tariff: 'COUPON_99' })])).json().type).toMatch(/invalid-coupon$/)
  })

  test('surprise 10: an expired social tariff is refused for tariffs and sales', async () => {
    expect((await tariffs(asked({ uitpasNumber: BRAM.number }))).json().type).toMatch(/social-tariff-expired$/)
    expect((await sell([sale({ uitpasNumber: BRAM.number })])).json()).toMatchObject({
      status: 400,
      type: expect.stringMatching(/social-tariff-expired$/),
      jsonPointer: '/0',
    })
  })

  test('the same request again gets the same answer, another one with its key is refused', async () => {
    const headers = { 'idempotency-key': 'sale-1' }
    const first = await sell([sale({ eventId: UNLIMITED })], headers)
    const again = await sell([sale({ eventId: UNLIMITED })], headers)
    expect(again.json()).toEqual(first.json())
    expect((await sell([sale({ eventId: UNLIMITED, regularPrice: 13 })], headers)).statusCode).toBe(422)
    const refused = { 'idempotency-key': 'sale-2' }
    const wrong = await sell([sale({ uitpasNumber: CELINE.number })], refused)
    expect((await sell([sale({ uitpasNumber: CELINE.number })], refused)).json()).toEqual(wrong.json())
  })

  test('a hundred tickets go in one request, more do not', async () => {
    const many = (count: number) => Array.from({ length: count }, () => sale({ eventId: UNLIMITED }))
    expect((await sell(many(100), { 'idempotency-key': 'hundred' })).json()).toHaveLength(100)
    expect((await sell(many(101))).json().type).toMatch(/body\/invalid-data$/)
  })

  test('of many sales at once, a weekly limit lets one through', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => sell([sale()])))
    expect(replies.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
  })

  test('tickets for everybody together go to who comes first, and one that is cancelled comes back', async () => {
    const few = '1c0098e7-8860-45ea-9333-0000000000a4'
    const premiere = event(few, { title: 'Première', settings: { checkinPoints: 1 } })
    await service.put('events', [{ ...premiere, uitpas: { ...premiere.uitpas, ticketsMax: 2 } }])
    const remaining = async () => (await tariffs(asked({ eventId: few }))).json().available[0]?.remaining
    expect(await remaining()).toBe(2)
    const replies = await Promise.all(
      [AMINA, GROUP, AMINA, GROUP].map(({ number }) => sell([sale({ eventId: few, uitpasNumber: number })])),
    )
    const sold = replies.filter(({ statusCode }) => statusCode === 200)
    expect(sold).toHaveLength(2)
    expect((await tariffs(asked({ eventId: few }))).json()).toEqual({
      available: [],
      endUserMessage: expect.objectContaining({ nl: 'De tickets aan kansentarief voor deze activiteit zijn op.' }),
    })
    expect((await sell([sale({ eventId: few })])).json().type).toMatch(/maximum-reached$/)
    await cancel(sold[0]?.json()[0].id)
    expect(await remaining()).toBe(1)
    const two = await sell([sale({ eventId: few }), sale({ eventId: few })])
    expect(two.json()).toMatchObject({ type: expect.stringMatching(/invalid-number-of-tickets$/), jsonPointer: '/1' })
  })

  test('bad bodies name their element', async () => {
    expect((await sell([sale(), sale({ regularPrice: 'veel' })])).json().schemaErrors).toMatchObject([
      { jsonPointer: '/1/regularPrice' },
    ])
    expect((await sell([sale({ regularPrice: 0 })])).statusCode).toBe(400)
    expect((await sell([])).statusCode).toBe(400)
    expect((await sell({})).statusCode).toBe(400)
    const { tariff, ...deprecated } = sale({ eventId: UNLIMITED })
    expect((await sell([{ ...deprecated, tariffId: tariff.id }])).statusCode).toBe(200)
    expect((await sell([deprecated])).statusCode).toBe(400)
  })

  test('only who may sell for the organizer sells, asks and cancels', async () => {
    expect((await sell([sale({ eventId: FOREIGN })])).statusCode).toBe(403)
    expect((await tariffs(asked({ eventId: FOREIGN }))).statusCode).toBe(403)
    const [sold] = (await sell([sale({ eventId: UNLIMITED })])).json()
    const stranger = await service.bearer(STRANGER)
    const reply = await service.app.inject({ method: 'DELETE', url: `/ticket-sales/${sold.id}`, headers: stranger })
    expect(reply.statusCode).toBe(403)
    expect((await service.app.inject({ url: '/tariffs', query: asked() })).statusCode).toBe(401)
  })

  test('the static tariff is that of a holder with the social tariff from the same town', async () => {
    const query = { regularPrice: '12', eventId: WEEKLY }
    expect((await tariffs(query, '/tariffs/static')).json().available).toMatchObject([{ price: 2.4, remaining: 1 }])
    expect((await tariffs({ ...query, regularPrice: '0' }, '/tariffs/static')).json().type).toMatch(
      /social-tariff-not-available$/,
    )
    expect((await tariffs({ ...query, eventId: 'nowhere' }, '/tariffs/static')).json()).toMatchObject({ status: 400 })
  })
})
