import { RateLimiter } from '@zuil/core'
import { describe, expect, test } from 'vitest'
import { DEFAULT_LIMITS } from '../../src/services.ts'
import { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import { AMINA, BRAM, COUNTER, DEVICE, EVENT_UNLIMITED, FIXED_DEVICE, SECRET } from '../small-registry.ts'
import { until } from '../until.ts'

describe('a rate limit', () => {
  test('lets a burst through, then the rate, for each key', () => {
    let now = 0
    const limiter = new RateLimiter({ burst: 3, perSecond: 2 }, () => now)
    const take = (key: string) => limiter.take(key)
    expect(['a', 'a', 'a', 'a', 'b'].map(take)).toEqual([0, 0, 0, 1, 0])
    now = 500
    expect(['a', 'a'].map(take)).toEqual([0, 1])
    now = 60_000
    expect(['a', 'a', 'a', 'a'].map(take)).toEqual([0, 0, 0, 1])
  })

  test('forgets the oldest keys instead of growing', () => {
    const limiter = new RateLimiter({ burst: 1, perSecond: 0.001 }, () => 0)
    limiter.take('first')
    for (let i = 0; i < 20_000; i++) limiter.take(`k${i}`)
    expect(limiter.take('first')).toBe(0)
  })

  test('survives a clock that goes backwards', () => {
    let now = 1_000_000
    const limiter = new RateLimiter({ burst: 1, perSecond: 1 }, () => now)
    limiter.take('a')
    now = 0
    expect(limiter.take('a')).toBe(1)
    now = 1_000
    expect(limiter.take('a')).toBe(0)
  })
})

describe.skipIf(!hasRedis)('at its bounds the service', () => {
  const checkIn = async (service: IngestService) =>
    await service.app.inject({
      method: 'POST',
      url: '/checkins',
      headers: await service.bearer(COUNTER, SECRET),
      payload: { eventId: EVENT_UNLIMITED, uitpasNumber: AMINA.number },
    })

  test('holds back one kiosk that floods, and no other', async () => {
    const limits = {
      ...DEFAULT_LIMITS,
      kiosk: { burst: 3, perSecond: 0.01 },
      setup: { burst: 1, perSecond: 1 },
      selfCheckin: { burst: 1, perSecond: 1 },
    }
    await using service = await IngestService.start({ services: { limits } })
    const scan = (device: string) =>
      service.app.inject({
        method: 'POST',
        url: '/kiosk-devices/checkins',
        headers: { 'x-custom-token': device },
        payload: { chipNumber: BRAM.chip },
      })
    const statuses: number[] = []
    for (let i = 0; i < 5; i++) statuses.push((await scan(FIXED_DEVICE)).statusCode)
    const limited = await scan(FIXED_DEVICE)
    const other = await scan(DEVICE)
    expect(statuses).toEqual([200, 200, 200, 429, 429])
    expect([limited.json().type, Number(limited.headers['retry-after']) > 0]).toEqual([
      'https://api.publiq.be/probs/uitpas/rate-limited',
      true,
    ])
    expect(other.statusCode).toBe(200)
  })

  test.each([
    ['records', 0, /^\d+ records wait for the warehouse, at most 0 may$/],
    ['bytes', 0, /^the journal takes 0 MB of Redis/],
    ['oldestMs', -1, /^the oldest record has waited/],
    ['memory', 0.0001, /^\d+ % of the memory of Redis is in use, at most 0 % may$/],
  ] as const)('refuses new work above the watermark of %s, and still answers questions', async (name, bound, reason) => {
    const live = { ...DEFAULT_LIMITS.live, [name]: bound }
    await using service = await IngestService.start({ services: { limits: { ...DEFAULT_LIMITS, live } } })
    await service.redis.connect().config('SET', 'maxmemory', '100mb')
    await until('new work is refused', async () => (await checkIn(service)).statusCode === 503)
    const refused = await checkIn(service)
    const [pass, alive, ready] = await Promise.all([
      service.app.inject({ url: `/passes?identifier=${AMINA.number}`, headers: await service.bearer() }),
      service.app.inject({ url: '/health' }),
      service.app.inject({ url: '/health/ready' }),
    ])
    expect([refused.json().type, refused.headers['retry-after']]).toEqual(['urn:zuil:problem:overloaded', '1'])
    expect([pass.statusCode, alive.statusCode, ready.statusCode, ready.json().ready]).toEqual([200, 200, 503, false])
    expect(ready.json().reason).toMatch(reason)
  })

  test('refuses entries of the registry by memory alone, so that people at a door have room', async () => {
    const imports = { ...DEFAULT_LIMITS.imports, records: 0, oldestMs: -1, memory: 0.0001 }
    await using service = await IngestService.start({ services: { limits: { ...DEFAULT_LIMITS, imports } } })
    const headers = { authorization: `Bearer ${service.operatorToken}` }
    const put = () => service.app.inject({ method: 'PUT', url: '/registry/municipalities', headers, payload: [] })
    expect((await checkIn(service)).statusCode).toBe(201)
    expect((await put()).statusCode).toBe(200)
    await service.redis.connect().config('SET', 'maxmemory', '100mb')
    await until('entries are refused', async () => (await put()).statusCode === 503)
    expect((await put()).json()).toMatchObject({
      type: 'urn:zuil:problem:overloaded',
      detail: expect.stringMatching(/^\d+ % of the memory of Redis is in use, at most 0 % may; .*ZUIL_REDIS_MEMORY/),
    })
    expect((await checkIn(service)).statusCode).toBe(201)
  })

  test('refuses batches of devices sooner than people at a door', async () => {
    const imports = { ...DEFAULT_LIMITS.imports, records: 0 }
    const counted: string[] = []
    const intake = { answered: () => undefined, refused: (...refusal: readonly string[]) => void counted.push(refusal.join(' ')) }
    await using service = await IngestService.start({ services: { limits: { ...DEFAULT_LIMITS, imports }, intake } })
    const headers = { ...(await service.bearer(COUNTER, SECRET)), 'content-type': 'application/x-ndjson' }
    const batch = () => service.app.inject({ method: 'POST', url: '/batches', headers, payload: '{}\n' })
    expect((await checkIn(service)).statusCode).toBe(201)
    await until('batches are refused', async () => (await batch()).statusCode === 503)
    expect((await batch()).json()).toMatchObject({
      type: 'urn:zuil:problem:overloaded',
      detail: expect.stringContaining('records wait'),
    })
    expect((await checkIn(service)).statusCode).not.toBe(503)
    expect([...new Set(counted)]).toEqual(['imports records'])
  })

  test('answers 503 within seconds while Redis is away, and takes work again by itself', async () => {
    await using service = await IngestService.start()
    await checkIn(service)
    await service.redis.kill()
    const started = performance.now()
    const away = await checkIn(service)
    const awayMs = performance.now() - started
    await service.redis.restart()
    await until('work is taken again', async () => (await checkIn(service)).statusCode === 201)
    expect([away.statusCode, away.json().type, awayMs < 5_000]).toEqual([503, 'urn:zuil:problem:overloaded', true])
    expect(Number(away.headers['retry-after'])).toBeGreaterThan(0)
  })

  test('tells nothing about itself when something fails that never should', async () => {
    await using service = await IngestService.start()
    Object.assign(service.services.journal, {
      recordAt: async () => {
        throw new Error('secret detail of the inside')
      },
    })
    const made = await checkIn(service)
    const url = `/checkins/${made.json().id}`
    const reply = await service.app.inject({ method: 'DELETE', url, headers: await service.bearer(COUNTER, SECRET) })
    expect([reply.statusCode, reply.json()]).toEqual([500, { type: 'about:blank', title: 'Internal Server Error', status: 500 }])
  })
})
