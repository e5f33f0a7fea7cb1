import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import {
  AMINA,
  BRAM,
  CELINE,
  COUNTER,
  DIRK,
  EVENT_UNLIMITED,
  GROUP,
  ORGANIZER,
  SECRET,
  STOCK,
  STRANGER,
  UNKNOWN_NUMBER,
} from '../small-registry.ts'

const UITPAS = 'https://api.publiq.be/probs/uitpas'

describe.skipIf(!hasRedis)('a pass', () => {
  let service: IngestService
  beforeAll(async () => {
    service = await IngestService.start()
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const get = async (url: string, client?: string) =>
    await service.app.inject({
      url,
      headers: client === undefined ? await service.bearer() : await service.bearer(client, SECRET),
    })

  test('is found by UiTPAS number and chip, in either case and by the older address, with the same content', async () => {
    const replies = await Promise.all(
      [
        `/passes?identifier=${BRAM.number}`,
        `/passes?identifier=${BRAM.chip}`,
        `/passes?identifier=${BRAM.chip.toLowerCase()}`,
        `/passes/${BRAM.number}`,
      ].map((url) => get(url)),
    )
    const expected = {
      passholderId: BRAM.id,
      passType: 'INDIVIDUAL',
      uitpasNumber: BRAM.number,
      firstName: 'Bram',
      points: 0,
      postalCode: '3630',
      cardSystem: { id: 14, name: 'UiTPAS Maasland', cities: [{ postalCode: '3630', name: 'Maasmechelen' }], permanent: true },
      socialTariff: { status: 'EXPIRED', endDate: '2026-04-30T21:59:59+00:00' },
      messages: [{ level: 'WARN', text: expect.stringContaining('kansentarief') }],
    }
    expect(replies.map((reply) => [reply.statusCode, reply.json()])).toEqual(replies.map(() => [200, expected]))
  })

  test('shows the balance of this moment', async () => {
    const payload = { eventId: EVENT_UNLIMITED, uitpasNumber: AMINA.number }
    await service.app.inject({ method: 'POST', url: '/checkins', headers: await service.bearer(), payload })
    expect((await get(`/passes?identifier=${AMINA.number}`)).json().points).toBe(2)
  })

  test('of a group has the name of the group', async () => {
    const reply = await get(`/passes?identifier=${GROUP.number}`)
    expect(reply.json()).toMatchObject({
      passType: 'GROUP',
      firstName: 'Jeugdwerking',
      points: 0,
      socialTariff: { status: 'NONE' },
    })
  })

  test.each([
    ['a blocked card by identifier', `/passes?identifier=${CELINE.number}`, 400, 'invalid-card-status'],
    ['a blocked card by number', `/passes/${CELINE.number}`, 400, 'card-blocked'],
    ['a blocked membership', `/passes?identifier=${DIRK.number}`, 400, 'passholder-blocked'],
    ['a blocked membership by number', `/passes/${DIRK.number}`, 400, 'passholder-blocked'],
    ['a card that nobody has', `/passes?identifier=${STOCK.number}`, 400, 'invalid-card-status'],
    ['a card that nobody has by number', `/passes/${STOCK.number}`, 404, 'pass-not-found'],
    ['an unknown number', `/passes?identifier=${UNKNOWN_NUMBER}`, 404, 'pass-not-found'],
    ['an unknown chip', '/passes?identifier=04FFFFFFFFFFFF', 404, 'pass-not-found'],
    ['no identifier of any kind', '/passes?identifier=hello', 404, 'pass-not-found'],
  ])('is refused for %s', async (_name, url, status, slug) => {
    const reply = await get(url)
    expect([reply.statusCode, reply.json().type]).toEqual([status, `${UITPAS}/${slug}`])
  })

  test("that is not active says which status its card has, and whose it was only when it was somebody's", async () => {
    const [blocked, stock] = await Promise.all([
      get(`/passes?identifier=${CELINE.number}`),
      get(`/passes?identifier=${STOCK.number}`),
    ])
    expect(blocked.json()).toMatchObject({ cardStatus: 'BLOCKED', passholderId: CELINE.id, passType: 'INDIVIDUAL' })
    expect(stock.json()).toMatchObject({ cardStatus: 'LOCAL_STOCK' })
    expect(stock.json()).not.toHaveProperty('passholderId')
  })

  test('needs PASSES_READ, and an identifier', async () => {
    const [forbidden, missing, twice] = await Promise.all([
      get(`/passes?identifier=${AMINA.number}`, COUNTER),
      get('/passes'),
      get(`/passes?identifier=${AMINA.number}&identifier=x`),
    ])
    expect([forbidden.statusCode, missing.statusCode, twice.statusCode]).toEqual([403, 404, 404])
  })

  test('never stands in the answer to a client without permissions', async () => {
    const reply = await get(`/passes?identifier=${AMINA.number}`, STRANGER)
    expect([reply.statusCode, reply.body.includes('Amina')]).toEqual([403, false])
  })

  test('permissions of a client come for each organizer, with a Dutch label', async () => {
    const [counter, stranger] = await Promise.all([get('/permissions', COUNTER), get('/permissions', STRANGER)])
    expect(counter.json()).toEqual([
      {
        organizer: {
          id: ORGANIZER,
          name: 'Bibliotheek Maasmechelen',
          linkedLocationId: '2bfc6f1a-edb7-4bc3-ac3a-f9162693390b',
          address: { street: 'Koninginnelaan 1', postalCode: '3630', city: 'Maasmechelen' },
        },
        permissions: ['CHECKINS_WRITE'],
        permissionDetails: [{ id: 'CHECKINS_WRITE', label: { nl: 'Punten sparen' }, cardSystemIds: [14] }],
        linkedOrganizers: [],
      },
    ])
    expect([stranger.statusCode, stranger.json()]).toEqual([200, []])
  })
})
