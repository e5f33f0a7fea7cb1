import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import {
  AMINA,
  BRAM,
  CELINE,
  DIRK,
  EVENT_UNLIMITED,
  GROUP,
  ORGANIZER,
  passholder,
  SECRET,
  STOCK,
  STRANGER,
  UNKNOWN_NUMBER,
} from '../small-registry.ts'

const UITPAS = 'https://api.publiq.be/probs/uitpas'
const READER = 'reader-client'
const PERMISSIONS = [
  'PASSES_READ',
  'PASSES_CHIPNUMBERS_READ',
  'PASSES_INSZNUMBERS_READ',
  'PASSHOLDERS_SEARCH_BY_ID',
  'GROUPPASSES_SEARCH',
  'CARDS_READ',
  'PASSHOLDER_COUPONS_READ',
  'GROUPPASS_COUPONS_READ',
]
/** 26 February 1987. */
const INSZ = '87022600190'
/** 1 January 2001: right with a 2 before it only. */
const INSZ_AFTER_2000 = '01010100126'
const NOBODY = '84010100191'
const ELIF = { number: '0919002007723', chip: '04A1B2C3D45E90', id: '9c96f13c-90b4-4253-9e16-000000000009' } as const
const CARD_SYSTEM = expect.objectContaining({ id: 14, name: 'UiTPAS Maasland' })

describe.skipIf(!hasRedis)('what the registry is asked for', () => {
  let service: IngestService
  beforeAll(async () => {
    service = await IngestService.start()
    const permissionDetails = PERMISSIONS.map((id) => ({ id }))
    const permissions = [{ organizer: { id: ORGANIZER }, permissionDetails }]
    await service.put('clients', [{ id: READER, name: READER, secret: SECRET, permissions }])
    const amina = {
      ...passholder(AMINA, { firstName: 'Amina', name: 'El Idrissi' }),
      inszNumber: INSZ,
      email: 'amina@example.org',
      registrationOrganizer: { id: ORGANIZER },
    }
    await service.put('passholders', [amina])
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const get = async (url: string, client = READER) => {
    const reply = await service.app.inject({ url, headers: await service.bearer(client, SECRET) })
    return { status: reply.statusCode, body: reply.json(), retryAfter: reply.headers['retry-after'] }
  }

  test('a passholder is shown with memberships, balance and what came with the body', async () => {
    const payload = { eventId: EVENT_UNLIMITED, uitpasNumber: AMINA.number }
    await service.app.inject({ method: 'POST', url: '/checkins', headers: await service.bearer(), payload })
    const { status, body } = await get(`/passholders/${AMINA.id.toUpperCase()}`)
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        id: AMINA.id,
        name: 'El Idrissi',
        firstName: 'Amina',
        inszNumber: INSZ,
        email: 'amina@example.org',
        gender: 'X',
        dateOfBirth: '1987-05-12',
        registrationOrganizer: expect.objectContaining({ id: ORGANIZER, name: 'Bibliotheek Maasmechelen' }),
        postalCode: '3630',
        city: 'Maasmechelen',
        address: { postalCode: '3630', city: 'Maasmechelen' },
        points: 2,
        uitpasNumber: AMINA.number,
        cardSystemMemberships: [
          expect.objectContaining({ cardSystem: CARD_SYSTEM, uitpasNumber: AMINA.number, status: 'ACTIVE' }),
        ],
      },
    })
  })

  test('a suspended social tariff says until when, as the registry was given it', async () => {
    const until = '2099-12-31T22:59:59+00:00'
    const socialTariff = { status: 'SUSPENDED', endDate: '2100-04-30T21:59:59+00:00', suspendedUntilDate: until }
    await service.put('passholders', [passholder(ELIF, { firstName: 'Elif', name: 'Kaya', socialTariff })])
    const { body } = await get(`/passholders/${ELIF.id}`)
    const { endDate } = socialTariff
    expect(body.cardSystemMemberships[0].socialTariff).toEqual({
      status: 'SUSPENDED',
      endDate,
      inGracePeriod: false,
      suspendedUntilDate: until,
      expired: false,
    })
  })

  test('a group is found by its numbers and its id, and is no passholder', async () => {
    const group = {
      id: GROUP.id,
      uitpasNumber: GROUP.number,
      name: 'Jeugdwerking',
      cardStatus: 'ACTIVE',
      cardSystem: CARD_SYSTEM,
    }
    const queries = [`uitpasNumber=${GROUP.number}`, `chipNumber=${GROUP.chip.toLowerCase()}`]
    queries.push(queries.join('&'))
    for (const query of queries) {
      const { body } = await get(`/grouppasses?${query}`)
      expect(body).toEqual({ totalItems: 1, member: [expect.objectContaining(group)] })
    }
    expect((await get(`/grouppasses/${GROUP.id}`)).body).toMatchObject(group)
    expect((await get(`/grouppasses?uitpasNumber=${GROUP.number}&limit=0`)).body).toEqual({ totalItems: 1, member: [] })
    expect((await get(`/passholders/${GROUP.id}`)).body.type).toBe(`${UITPAS}/passholder-not-found`)
    expect((await get(`/grouppasses/${AMINA.id}`)).status).toBe(404)
    const other = await get(`/grouppasses?uitpasNumber=${GROUP.number}&chipNumber=${AMINA.chip}`)
    expect(other.body).toEqual({ totalItems: 0, member: [] })
  })

  test.each([
    ['in use', `uitpasNumber=${AMINA.number}`, { uitpasNumber: AMINA.number, chipNumber: AMINA.chip, status: 'ACTIVE' }],
    ['of a group, by its chip', `chipNumber=${GROUP.chip.toLowerCase()}`, { uitpasNumber: GROUP.number, socialTariff: true }],
    ['that is blocked', `uitpasNumber=${CELINE.number}`, { status: 'BLOCKED', socialTariff: false }],
    ['that nobody has yet', `chipNumber=${STOCK.chip}`, { uitpasNumber: STOCK.number, status: 'LOCAL_STOCK' }],
    [
      'by both numbers',
      `uitpasNumber=${AMINA.number}&chipNumber=${AMINA.chip}`,
      { cardSystem: CARD_SYSTEM, cardType: 'NFC_CARD' },
    ],
  ])('a card %s is shown', async (_which, query, shown) => {
    const { status, body } = await get(`/cards?${query}`)
    expect({ status, body }).toEqual({ status: 200, body: expect.objectContaining(shown) })
  })

  test('a pass is found by INSZ number, and only by a number that checks', async () => {
    const byNumber = await get(`/passes?identifier=${AMINA.number}`)
    for (const url of [`/passes?identifier=${INSZ}`, `/insz-numbers/${INSZ}`, `/chip-numbers/${AMINA.chip}`]) {
      expect(await get(url)).toEqual(byNumber)
    }
    expect((await get('/passes?identifier=87022600191')).status).toBe(404)
    expect((await get(`/insz-numbers/${NOBODY}`)).status).toBe(404)
  })

  test('an INSZ number is used while somebody has it, and no longer', async () => {
    const state = async (insz: string) => (await get(`/passholders/status/insz-numbers/${insz}`)).body
    const elif = passholder(ELIF, { firstName: 'Elif', name: 'Kaya' })
    await service.put('passholders', [{ ...elif, inszNumber: INSZ_AFTER_2000 }])
    const used = await state(INSZ_AFTER_2000)
    await service.put('passholders', [{ ...elif, inszNumber: NOBODY }])
    expect([used, await state(INSZ_AFTER_2000), await state(NOBODY), await state(INSZ)]).toEqual(
      ['USED', 'UNUSED', 'USED', 'USED'].map((each) => ({ state: each })),
    )
    expect((await get('/passholders/status/insz-numbers/87022600191')).body).toMatchObject({
      status: 400,
      type: `${UITPAS}/invalid-insz-number`,
    })
  })

  test('coupons are shown with what is left of them, the active ones unless others are asked for', async () => {
    const coupon = { id: 'BON', name: 'Cultuurbon', cardSystem: { id: 14 }, distributionKey: { id: 3 } }
    await service.put('coupons', [{ ...coupon, exchangeConstraint: { volume: 2, period: 'YEAR' } }])
    const granted = [
      { id: 1, coupon: { id: 'BON' }, validityPeriod: { begin: '2020-01-01T00:00:00+00:00' } },
      { id: 2, coupon: { id: 'BON' }, validityPeriod: { begin: '2020-01-01T00:00:00+00:00', end: '2021-01-01T00:00:00+00:00' } },
    ]
    await service.put('passholders', [{ ...passholder(BRAM, { firstName: 'Bram', name: 'Peeters' }), coupons: granted }])
    const ids = async (query: string) =>
      (await get(`/passholders/${BRAM.id}/coupons${query}`)).body.map(({ id }: { id: number }) => id)
    expect((await get(`/passholders/${BRAM.id}/coupons?organizerId=${ORGANIZER}`)).body).toEqual([
      {
        id: 1,
        coupon: { id: 'BON', name: 'Cultuurbon' },
        validityPeriod: { begin: '2020-01-01T00:00:00+00:00' },
        status: 'ACTIVE',
        remaining: { volume: 2, period: 'YEAR' },
      },
    ])
    expect([await ids('?status=EXPIRED'), await ids('?status=ALL')]).toEqual([[2], [1, 2]])
    expect((await get(`/grouppasses/${GROUP.id}/coupons`)).body).toEqual([])
    expect((await get(`/grouppasses/${BRAM.id}/coupons`)).status).toBe(404)
    expect((await get(`/passholders/${BRAM.id}/coupons?organizerId=nobody`)).body).toMatchObject({
      status: 400,
      type: `${UITPAS}/organizer-not-found`,
    })
  })

  test.each([
    ['an unknown passholder', '/passholders/9c96f13c-0000-0000-0000-000000000000', 404],
    ['me, which is for user tokens', '/passholders/me/transactions', 403],
    ['no number of a card', '/cards', 404],
    ['a number of a card that is none', '/cards?uitpasNumber=123', 400],
    ['a card that does not exist', `/cards?uitpasNumber=${UNKNOWN_NUMBER}`, 404],
    ['two numbers of two cards', `/cards?uitpasNumber=${AMINA.number}&chipNumber=${BRAM.chip}`, 404],
    ['a chip of a blocked card', `/chip-numbers/${CELINE.chip}`, 400],
    ['a chip of a blocked membership', `/chip-numbers/${DIRK.chip}`, 400],
    ['a chip that is none', '/chip-numbers/zz', 404],
    ['a group by no number', '/grouppasses', 404],
    ['a group by a wrong number', '/grouppasses?uitpasNumber=0914090001018', 400],
    ['a page of groups that is too long', `/grouppasses?uitpasNumber=${GROUP.number}&limit=501`, 400],
  ])('%s is answered as documented', async (_which, url, status) => {
    expect((await get(url)).status).toBe(status)
  })

  test.each([
    `/passholders/${AMINA.id}`,
    `/grouppasses?uitpasNumber=${GROUP.number}`,
    `/grouppasses/${GROUP.id}`,
    `/cards?uitpasNumber=${AMINA.number}`,
    `/chip-numbers/${AMINA.chip}`,
    `/insz-numbers/${INSZ}`,
    `/passes?identifier=${INSZ}`,
    `/checkins?passholderId=${AMINA.id}&organizerId=${ORGANIZER}`,
    `/ticket-sales?passholderId=${AMINA.id}&organizerId=${ORGANIZER}`,
    `/ticket-sales?eventId=${EVENT_UNLIMITED}`,
    `/passholders/${AMINA.id}/transactions`,
    `/passholders/${AMINA.id}/coupons`,
    `/rewards/redeemed?uitpasNumber=${AMINA.number}`,
  ])('%s needs its permission', async (url) => {
    expect((await get(url, STRANGER)).status).toBe(403)
    expect((await service.app.inject({ url })).statusCode).toBe(401)
  })
})
