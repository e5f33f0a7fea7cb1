import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import { AMINA, BRAM, CELINE, COUNTER, DEVICE, EVENT, EVENT_UNLIMITED, SECRET, UNKNOWN_NUMBER } from '../small-registry.ts'

describe.skipIf(!hasRedis)('a request with an Idempotency-Key', () => {
  let service: IngestService
  beforeAll(async () => {
    service = await IngestService.start()
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const send = async (key: string, body: object, client?: string) => {
    const bearer = client === undefined ? await service.bearer() : await service.bearer(client, SECRET)
    const headers = { ...bearer, 'idempotency-key': key }
    return await service.app.inject({ method: 'POST', url: '/checkins', headers, payload: body })
  }
  const answer = ({ statusCode, body, headers }: Awaited<ReturnType<typeof send>>) => ({
    statusCode,
    body,
    receipt: headers['zuil-receipt'],
    type: headers['content-type'],
  })
  const balance = async (number: string) => {
    const reply = await service.app.inject({ url: `/passes?identifier=${number}`, headers: await service.bearer() })
    return reply.json().points
  }

  test('is answered byte for byte the same when it comes again, and counts once', async () => {
    const body = { eventId: EVENT_UNLIMITED, uitpasNumber: AMINA.number }
    const first = await send('twice', body)
    const again = await Promise.all([send('twice', body), send('twice', body)])
    expect(first.statusCode).toBe(201)
    expect(again.map(answer)).toEqual([answer(first), answer(first)])
    expect(await balance(AMINA.number)).toBe(2)
  })

  test('keeps its answer when the world has moved on: later points, another title, other settings', async () => {
    const body = { eventId: EVENT_UNLIMITED, uitpasNumber: BRAM.number }
    const first = await send('moved-on', body)
    await send('another', body)
    const { event } = await import('../small-registry.ts')
    await service.put('events', [event(EVENT_UNLIMITED, { title: 'Een andere titel', settings: { checkinPoints: 5 } })])
    expect(answer(await send('moved-on', body))).toEqual(answer(first))
  })

  test.each([
    ['by rule', { eventId: EVENT, uitpasNumber: CELINE.number }],
    ['because nobody has the card', { eventId: EVENT, uitpasNumber: UNKNOWN_NUMBER }],
    ['because the event is unknown', { eventId: 'nowhere', uitpasNumber: AMINA.number }],
  ])('is remembered when it was refused %s', async (name, body) => {
    const key = `refused/${name.replaceAll(' ', '-')}`
    const first = await send(key, body)
    expect(first.statusCode).toBe(400)
    expect(answer(await send(key, body))).toEqual(answer(first))
  })

  test('is remembered when the limit refused it, also after the check-in that took the limit is gone', async () => {
    const body = { eventId: EVENT, uitpasNumber: AMINA.number }
    const taken = await send('limit/first', body)
    const first = await send('limit/second', body)
    expect([taken.statusCode, first.statusCode]).toEqual([201, 400])
    await service.app.inject({ method: 'DELETE', url: `/checkins/${taken.json().id}`, headers: await service.bearer() })
    expect(answer(await send('limit/second', body))).toEqual(answer(first))
  })

  test('is refused with 422 when the key was used for something else', async () => {
    await send('reused', { eventId: EVENT_UNLIMITED, uitpasNumber: AMINA.number })
    const reply = await send('reused', { eventId: EVENT_UNLIMITED, uitpasNumber: BRAM.number })
    expect([reply.statusCode, reply.json().type]).toEqual([422, 'urn:zuil:problem:idempotency-key-reused'])
  })

  test('does not meet the same key of another client', async () => {
    const body = { eventId: EVENT_UNLIMITED, uitpasNumber: AMINA.number }
    const mine = await send('shared', body)
    const theirs = await send('shared', body, COUNTER)
    expect([mine.statusCode, theirs.statusCode]).toEqual([201, 201])
    expect(theirs.json().id).not.toBe(mine.json().id)
  })

  test('works at a kiosk', async () => {
    const headers = { 'x-custom-token': DEVICE, 'idempotency-key': 'kiosk' }
    const scan = () =>
      service.app.inject({ method: 'POST', url: '/kiosk-devices/checkins', headers, payload: { chipNumber: BRAM.chip } })
    const first = await scan()
    const again = await scan()
    expect([first.statusCode, again.statusCode]).toEqual([200, 200])
    expect([again.body, again.headers['zuil-receipt']]).toEqual([first.body, first.headers['zuil-receipt']])
  })

  test('leaves neither key nor card number readable in Redis', async () => {
    await send('a-secret-key-of-the-client', { eventId: EVENT_UNLIMITED, uitpasNumber: AMINA.number })
    const redis = service.redis.connect()
    const keys = await redis.keys('zuil:{0}:answers:*')
    const kept = await Promise.all(keys.map(async (key) => `${key} ${JSON.stringify(await redis.hgetall(key))}`))
    expect(kept.length).toBeGreaterThan(0)
    expect(kept.filter((text) => /a-secret-key|0914\d{9}|Idrissi/.test(text))).toEqual([])
  })
})
