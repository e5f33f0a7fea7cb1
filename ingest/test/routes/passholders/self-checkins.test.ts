import { DAY_MS } from '@zuil/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../../../src/app.ts'
import { checkinCode, codeDay } from '../../../src/checkins/checkin-code.ts'
import type { Services } from '../../../src/services.ts'
import { IngestService } from '../../ingest-service.ts'
import { hasRedis } from '../../redis-server.ts'
import {
  AMINA,
  BRAM,
  CELINE,
  DIRK,
  EVENT,
  EVENT_CANCELLED,
  EVENT_OVER,
  EVENT_UNLIMITED,
  event,
  GROUP,
  ORGANIZER,
  REGISTRY,
  SECRET,
} from '../../small-registry.ts'

const APP = 'app-client'
const UITPAS = 'https://api.publiq.be/probs/uitpas'
/** A Saturday, 12:00 in Brussels, in the future of every clock: Redis keeps counters by its own. */
const NOON = Date.parse('2099-11-21T12:00:00+01:00')

describe.skipIf(!hasRedis)('a self check-in', () => {
  let service: IngestService
  let clock = NOON
  beforeAll(async () => {
    service = await IngestService.start({ services: { now: () => clock } })
    await service.put('clients', [
      {
        id: APP,
        name: 'App',
        secret: SECRET,
        permissions: [{ organizer: { id: ORGANIZER }, permissionDetails: [{ id: 'PASSHOLDERS_SELF_CHECKIN' }] }],
      },
    ])
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const codeOf = (eventId: string, now = NOON) => checkinCode(service.services.secrets, { id: eventId }, codeDay(now))
  const scan = async (passholderId: string, checkinCodeText: string, client = APP) =>
    await service.app.inject({
      method: 'POST',
      url: `/passholders/${passholderId}/checkins`,
      headers: await service.bearer(client, SECRET),
      payload: { checkinCode: checkinCodeText },
    })
  const refusalOf = async (passholderId: string, code: string) => {
    const reply = await scan(passholderId, code)
    const { type, endUserMessage } = reply.json()
    return [reply.statusCode, type?.slice(UITPAS.length + 1), typeof endUserMessage?.nl]
  }

  test('gives the points of the event behind the code, in the shape of its own channel (surprise 2)', async () => {
    const reply = await scan(AMINA.id, codeOf(EVENT_UNLIMITED))
    expect([reply.statusCode, reply.json()]).toEqual([201, { addedPoints: 2, totalPoints: 2 }])
    expect(reply.headers['zuil-receipt']).toMatch(/^0\.\d+-\d+$/)
  })

  test('over the limit is not allowed, by the same limit as at the counter (surprise 6)', async () => {
    expect((await scan(BRAM.id, codeOf(EVENT))).statusCode).toBe(201)
    expect(await refusalOf(BRAM.id, codeOf(EVENT))).toEqual([400, 'checkin-not-allowed', 'string'])
  })

  test('of a family comes in parallel with one code, and each member gets one point (surprise 28)', async () => {
    const cardOf = (n: number) => ({ id: `9c96f13c-90b4-4253-9e16-10000000000${n}`, number: '', chip: '' })
    const members = [1, 2, 3, 4, 5].map((n) => cardOf(n))
    const [template] = REGISTRY.passholders
    await service.put(
      'passholders',
      members.map(({ id }, n) => ({
        ...template,
        id,
        cardSystemMemberships: [
          {
            ...template?.cardSystemMemberships[0],
            uitpasNumber: FAMILY_NUMBERS[n],
            currentCard: { uitpasNumber: FAMILY_NUMBERS[n], cardType: 'DIGITAL', status: 'ACTIVE' },
          },
        ],
      })),
    )
    const replies = await Promise.all([...members, ...members].map(({ id }) => scan(id, codeOf(EVENT))))
    expect(replies.map((reply) => reply.statusCode).sort()).toEqual([...Array(5).fill(201), ...Array(5).fill(400)])
  })

  test.each([
    ['a code that nobody gave', () => [AMINA.id, 'QQQQQQQ'], 'checkin-code-invalid'],
    ['a code of any length', () => [AMINA.id, 'Q'.repeat(5_000)], 'checkin-code-invalid'],
    ['the code of yesterday', () => [AMINA.id, codeOf(EVENT, NOON - DAY_MS)], 'checkin-code-expired'],
    ['the code of the day before yesterday', () => [AMINA.id, codeOf(EVENT, NOON - 2 * DAY_MS)], 'checkin-code-invalid'],
    ['a passholder that nobody knows', () => ['no-such-passholder', codeOf(EVENT)], 'passholder-not-found'],
    ['a group pass', () => [GROUP.id, codeOf(EVENT)], 'checkin-not-allowed'],
    ['a blocked membership', () => [DIRK.id, codeOf(EVENT)], 'passholder-no-active-cardsystems'],
    ['an event that is over', () => [AMINA.id, codeOf(EVENT_OVER)], 'checkin-not-allowed'],
    ['an event that is cancelled', () => [AMINA.id, codeOf(EVENT_CANCELLED)], 'checkin-not-allowed'],
  ])('with %s is refused, always with a Dutch message (surprise 23)', async (_what, request, problem) => {
    const [passholder = '', code = ''] = request()
    expect(await refusalOf(passholder, code)).toEqual([400, problem, 'string'])
  })

  test('needs no card that works', async () => {
    expect((await scan(CELINE.id, codeOf(EVENT_UNLIMITED))).statusCode).toBe(201)
  })

  test('takes a fixed code of the registry, of an event that came a moment ago', async () => {
    const id = '1c0098e7-8860-45ea-9333-0000000000aa'
    const fixed = event(id, { title: 'Vaste code' })
    await service.put('events', [{ ...fixed, uitpas: { ...fixed.uitpas, checkinCode: 'https://vaste.code/LGIWNWB' } }])
    clock += 2_000
    const reply = await scan(AMINA.id, 'https://vaste.code/LGIWNWB')
    expect(reply.statusCode).toBe(201)
  })

  test('is for clients with the permission', async () => {
    const reply = await service.app.inject({
      method: 'POST',
      url: `/passholders/${AMINA.id}/checkins`,
      headers: await service.bearer(),
      payload: { checkinCode: codeOf(EVENT) },
    })
    expect([reply.statusCode, reply.json().type]).toEqual([403, 'https://api.publiq.be/probs/auth/forbidden'])
  })

  test('that fails for any other reason has a Dutch message too, which apps show without looking (surprise 23)', async () => {
    const url = `/passholders/${AMINA.id}/checkins`
    const headers = await service.bearer(APP, SECRET)
    const replies = [
      await service.app.inject({ method: 'POST', url, payload: {} }),
      await service.app.inject({ method: 'POST', url, headers: await service.bearer(), payload: { checkinCode: 'x' } }),
      await service.app.inject({ method: 'POST', url, headers, payload: {} }),
      await service.app.inject({ method: 'POST', url, headers: { ...headers, 'content-type': 'text/xml' }, payload: '<a/>' }),
    ]
    const busy = await buildApp({ services: { ...service.services, ledger: FULL }, logLevel: 'silent' })
    replies.push(await busy.inject({ method: 'POST', url, headers, payload: { checkinCode: 'x' } }))
    await busy.close()
    expect(replies.map((reply) => [reply.statusCode, typeof reply.json().endUserMessage?.nl])).toEqual(
      [401, 403, 400, 415, 503].map((status) => [status, 'string']),
    )
  })

  test('is slowed down for a passholder for whom codes are guessed', async () => {
    const replies = []
    for (let n = 0; n < 25; n++) replies.push(await scan('guessed-passholder', 'WRONGCO'))
    expect(replies.at(-1)?.statusCode).toBe(429)
    expect(replies.at(-1)?.headers['retry-after']).toBe('1')
    expect(replies.at(-1)?.json().endUserMessage.nl).toContain('straks')
  })
})

describe('the day of a check-in code', () => {
  test('begins at 03:05 in Brussels, so that a night keeps its code', () => {
    const evening = codeDay(Date.parse('2099-11-21T23:00:00+01:00'))
    expect(codeDay(Date.parse('2099-11-22T03:04:59+01:00'))).toBe(evening)
    expect(codeDay(Date.parse('2099-11-22T03:05:00+01:00'))).toBe(evening + 1)
  })
})

/** A ledger that takes no work. */
const FULL: Services['ledger'] = {
  health: { ready: false, reason: 'the ledger is full', waiting: 0 },
  commit: () => Promise.reject(new Error('nobody should get here')),
}

/** Numbers of digital cards, with their check digits. */
const FAMILY_NUMBERS = ['0900004518305', '0900004518404', '0900011902815', '0900011903417', '0900000093204']
