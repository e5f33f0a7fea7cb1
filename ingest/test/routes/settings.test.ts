import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noteTicketSale } from '../../src/registry/sold-event.ts'
import { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import { EVENT, EVENT_OF_OTHER, EVENT_OVER, EVENT_UNLIMITED, event, ORGANIZER, SECRET, STRANGER } from '../small-registry.ts'

const UITPAS = 'https://api.publiq.be/probs/uitpas'
const MANAGER = 'manager-client'
const READER = 'reader-client'
const CENTRAL = 'central-client'

function client(id: string, permissions: readonly string[]) {
  const permissionDetails = permissions.map((permission) => ({ id: permission }))
  return { id, name: id, secret: SECRET, permissions: [{ organizer: { id: ORGANIZER }, permissionDetails }] }
}

describe.skipIf(!hasRedis)('the settings of an event', () => {
  let service: IngestService
  beforeAll(async () => {
    service = await IngestService.start()
    await service.put('card-systems', [{ id: 26, name: 'UiTPAS Regio Hasselt' }])
    await service.put('clients', [
      client(MANAGER, ['EVENT_SETTINGS_READ', 'EVENT_SETTINGS_UPDATE', 'EVENTS_UPDATE']),
      client(READER, ['EVENT_SETTINGS_READ']),
      client(CENTRAL, ['EVENT_SETTINGS_READ_ALL', 'EVENT_SETTINGS_UPDATE_ALL', 'EVENTS_UPDATE_ALL']),
    ])
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const call = async (method: 'GET' | 'PUT', path: string, options: { as?: string; body?: unknown } = {}) =>
    await service.app.inject({
      method,
      url: `/events/${path}`,
      headers: { ...(await service.bearer(options.as ?? MANAGER)), 'content-type': 'application/json' },
      ...(options.body !== undefined && { payload: JSON.stringify(options.body) }),
    })

  test('surprise 27: are replaced as a whole: a limit that is left out is removed', async () => {
    const limits = {
      checkinLimit: { volume: 2, periodType: 'DAY' },
      passholderTicketLimit: { volume: 1, periodType: 'ABSOLUTE' },
    }
    const first = await call('PUT', `${EVENT}/settings`, { body: { id: EVENT, checkinPoints: 5, ...limits } })
    const read = await call('GET', `${EVENT}/settings`)
    const second = await call('PUT', `${EVENT}/settings`, { body: { id: EVENT, checkinPoints: 4 } })
    const readAgain = await call('GET', `${EVENT}/settings`, { as: READER })
    expect([first.statusCode, first.body, second.statusCode]).toEqual([204, '', 204])
    expect(read.json()).toEqual({ id: EVENT, checkinPoints: 5, ...limits })
    expect(readAgain.json()).toEqual({ id: EVENT, checkinPoints: 4 })
  })

  test('surprise 22: call the period of a limit periodType, and take no other name for it', async () => {
    const body = { id: EVENT, checkinPoints: 1, checkinLimit: { volume: 1, period: 'DAY' } }
    const reply = await call('PUT', `${EVENT}/settings`, { body })
    expect(reply.json()).toMatchObject({
      type: 'https://api.publiq.be/probs/body/invalid-data',
      schemaErrors: [{ jsonPointer: '/checkinLimit', error: 'Required property "periodType" missing.' }],
    })
  })

  test('outlive a later version of the event from UiTdatabank', async () => {
    await call('PUT', `${EVENT}/settings`, { body: { id: EVENT, checkinPoints: 6 } })
    await service.put('events', [event(EVENT, { title: 'Nieuwe naam' })])
    expect((await call('GET', `${EVENT}/settings`)).json()).toEqual({ id: EVENT, checkinPoints: 6 })
  })

  test('hold for the very next check-in', async () => {
    await call('PUT', `${EVENT_UNLIMITED}/settings`, { body: { id: EVENT_UNLIMITED, checkinPoints: 8 } })
    const reply = await service.app.inject({
      method: 'POST',
      url: '/checkins',
      headers: await service.bearer(),
      payload: { eventId: EVENT_UNLIMITED, uitpasNumber: '0914000123408' },
    })
    expect(reply.json()).toMatchObject({ points: 8 })
  })

  test('stay as they are once the event is over', async () => {
    const reply = await call('PUT', `${EVENT_OVER}/settings`, { body: { id: EVENT_OVER, checkinPoints: 6 } })
    expect([reply.statusCode, reply.json().type]).toEqual([400, 'urn:zuil:problem:event-over'])
    expect((await call('GET', `${EVENT_OVER}/settings`)).json()).toMatchObject({ checkinPoints: 1 })
  })

  test.each([
    ['GET', `${EVENT}/settings`, STRANGER, undefined, 403],
    ['GET', 'unknown/settings', STRANGER, undefined, 403],
    ['GET', 'unknown/settings', MANAGER, undefined, 404],
    ['GET', `${EVENT_OF_OTHER}/settings`, MANAGER, undefined, 403],
    ['GET', `${EVENT_OF_OTHER}/settings`, CENTRAL, undefined, 200],
    ['PUT', `${EVENT}/settings`, READER, { id: EVENT, checkinPoints: 1 }, 403],
    ['PUT', `${EVENT_OF_OTHER}/settings`, CENTRAL, { id: EVENT, checkinPoints: 1 }, 204],
    ['PUT', 'unknown/settings', MANAGER, { id: EVENT, checkinPoints: 1 }, 404],
    ['PUT', `${EVENT}/settings`, MANAGER, { checkinPoints: 1 }, 400],
    ['PUT', `${EVENT}/settings`, MANAGER, { id: EVENT, checkinPoints: -1 }, 400],
    ['PUT', `${EVENT}/settings`, MANAGER, { id: EVENT, checkinPoints: '1' }, 400],
    ['PUT', `${EVENT}/settings`, MANAGER, undefined, 400],
    ['GET', `${EVENT}/card-systems`, STRANGER, undefined, 200],
    ['GET', 'unknown/card-systems', STRANGER, undefined, 404],
    ['PUT', `${EVENT}/card-systems`, READER, [], 403],
    ['PUT', 'not an id/card-systems', CENTRAL, [], 404],
    ['PUT', `${EVENT}/card-systems`, MANAGER, { id: 14, enabled: true }, 400],
  ] as const)('answer %s /events/%s of %s with %j: %d', async (method, path, as, body, status) => {
    const reply = await call(method, encodeURI(path), { as, body })
    expect([reply.statusCode, reply.body]).toEqual([status, expect.anything()])
  })

  test('surprise 26: card systems may be put before the event is known; what is missing is disabled', async () => {
    const id = '1c0098e7-8860-45ea-9333-0000000000aa'
    const put = await call('PUT', `${id}/card-systems`, {
      as: CENTRAL,
      body: [
        { id: 26, enabled: true },
        { id: 14, enabled: false },
      ],
    })
    const before = await call('GET', `${id}/card-systems`)
    await service.put('events', [event(id, { title: 'Later' })])
    const known = await call('GET', `${id}/card-systems`)
    await call('PUT', `${id}/card-systems`, { as: CENTRAL, body: [] })
    const disabled = await call('GET', `${id}/card-systems`)
    expect([put.statusCode, before.statusCode, before.json().type]).toEqual([204, 404, `${UITPAS}/event-not-found`])
    expect(known.json()).toEqual([
      { id: 14, name: 'UiTPAS Maasland', enabled: false },
      { id: 26, name: 'UiTPAS Regio Hasselt', enabled: true },
    ])
    expect(disabled.json().map(({ enabled }: { enabled: boolean }) => enabled)).not.toContain(true)
  })

  test('surprise 26: whose event it will be is not known before, so an organizer enables its own card systems only', async () => {
    const id = '1c0098e7-8860-45ea-9333-0000000000ab'
    const mine = await call('PUT', `${id}/card-systems`, { body: [{ id: 14, enabled: true }] })
    const foreign = await call('PUT', `${id}/card-systems`, { body: [{ id: 26, enabled: true }] })
    expect([mine.statusCode, foreign.json().type]).toEqual([204, `${UITPAS}/invalid-card-system`])
  })

  test.each([
    [[{ id: 99, enabled: true }], `${UITPAS}/cardsystem-not-found`],
    [[{ id: 26, enabled: true }], `${UITPAS}/invalid-card-system`],
    [
      [
        { id: 14, enabled: true },
        { id: 14, enabled: true },
      ],
      'https://api.publiq.be/probs/body/invalid-data',
    ],
  ])('card systems %j are refused with %s', async (body, type) => {
    const reply = await call('PUT', `${EVENT}/card-systems`, { body })
    expect([reply.statusCode, reply.json().type]).toEqual([400, type])
  })

  test('manual distribution keys are enabled by hand, of their own card system only', async () => {
    const key = (id: number, kind: string) => ({
      id,
      name: `Sleutel ${id}`,
      cardSystem: { id: 14 },
      kind,
      splits: [{ sameCity: { participant: { type: 'FIXED', amount: 1.5 } } }],
    })
    await service.put('distribution-keys', [key(412, 'MANUAL'), key(413, 'MANUAL'), key(414, 'AUTOMATIC')])
    const body = (id: number, enabled = true) => [{ id: 14, enabled: true, manualDistributionKeys: [{ id, enabled }] }]
    const put = await call('PUT', `${EVENT_UNLIMITED}/card-systems`, { body: body(412) })
    const read = await call('GET', `${EVENT_UNLIMITED}/card-systems`)
    expect([put.statusCode, read.json()]).toEqual([
      204,
      [
        {
          id: 14,
          name: 'UiTPAS Maasland',
          enabled: true,
          manualDistributionKeys: [
            { id: 412, name: 'Sleutel 412', enabled: true },
            { id: 413, name: 'Sleutel 413', enabled: false },
          ],
        },
      ],
    ])
    expect(service.services.registry.event(EVENT_UNLIMITED)).toMatchObject({ manualKeys: [412] })
    const [unknown, automatic, sentBack] = await Promise.all([
      call('PUT', `${EVENT_UNLIMITED}/card-systems`, { body: body(999) }),
      call('PUT', `${EVENT_UNLIMITED}/card-systems`, { body: body(414) }),
      call('PUT', `${EVENT_UNLIMITED}/card-systems`, { body: read.json() }),
    ])
    expect(unknown?.json()).toMatchObject({ status: 400, type: `${UITPAS}/distributionkey-not-found` })
    expect(automatic?.json()).toMatchObject({ status: 400, type: `${UITPAS}/invalid-distributionkey` })
    expect(sentBack?.statusCode).toBe(204)
  })

  test('surprise 26: card systems stay as they are after the first sale', async () => {
    await noteTicketSale(service.services, EVENT)
    const reply = await call('PUT', `${EVENT}/card-systems`, { body: [] })
    expect([reply.statusCode, reply.json().type]).toEqual([400, `${UITPAS}/event-already-has-ticketsales`])
    expect((await call('GET', `${EVENT}/card-systems`)).json()).toMatchObject([{ id: 14, enabled: true }])
  })
})
