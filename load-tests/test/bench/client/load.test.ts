import { createServer, type Server, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { LoadJob } from '../../../bench/client/job.ts'
import { runLoad } from '../../../bench/client/load.ts'

interface Asked {
  readonly path: string
  readonly authorization: string
  readonly key: string
  readonly body: string
}

const asked: Asked[] = []
let server: Server
let port = 0

beforeEach(async () => {
  asked.length = 0
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const { authorization = '', 'idempotency-key': key = '' } = request.headers
      asked.push({ path: request.url ?? '', authorization, key: String(key), body })
      const answer = request.url === '/batches' ? body.replace(/.+\n/g, '{"status":201}\n') : '{}'
      response.writeHead(request.url === '/batches' ? 200 : 201, { 'content-length': Buffer.byteLength(answer) }).end(answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})

afterEach(async () => {
  vi.restoreAllMocks()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function job(changes: Partial<LoadJob> = {}): LoadJob {
  return {
    target: { host: '127.0.0.1', port },
    token: 'secret',
    population: { seed: 1, passholders: 100, events: 5, organizers: 1 },
    request: { kind: 'checkins', first: 0 },
    connections: 3,
    durationMs: 20_000,
    requestsMax: 50,
    ...changes,
  }
}

describe('the load client', () => {
  test('makes the asked number of requests, each another visit, and counts what was accepted', async () => {
    const result = await runLoad(job())
    expect(result).toMatchObject({ requests: 50, accepted: 50, statuses: { 201: 50 }, latency: { count: 50 } })
    expect(new Set(asked.map(({ body }) => body)).size).toBe(50)
    expect(asked[0]).toMatchObject({ path: '/checkins', authorization: 'Bearer secret' })
  })

  test('continues the visits where it is told to begin', async () => {
    await runLoad(job({ requestsMax: 10 }))
    const first = asked.map(({ body }) => body)
    await runLoad(job({ requestsMax: 10, request: { kind: 'checkins', first: 10 } }))
    expect(new Set(asked.map(({ body }) => body)).size).toBe(first.length + 10)
  })

  test('gives each request a key of its own when asked to', async () => {
    await runLoad(job({ requestsMax: 10, request: { kind: 'checkins', first: 0, isKeyed: true } }))
    expect(new Set(asked.map(({ key }) => key)).size).toBe(10)
  })

  test('keeps a fixed rate in an open loop', async () => {
    const result = await runLoad(job({ rate: 100, requestsMax: 30 }))
    // request 29 is due after 290 ms; a slow machine makes it later, never earlier
    expect([result.requests, result.seconds >= 0.29]).toEqual([30, true])
  })

  test('sends batches of lines that differ, and counts the items that were accepted', async () => {
    const plan = { kind: 'batches', first: 0, lines: 20, scannedAt: '2026-11-21T10:00:00.000Z' } as const
    const result = await runLoad(job({ request: plan, requestsMax: 4 }))
    const lines = asked.flatMap(({ body }) => body.trimEnd().split('\n'))
    expect([result.accepted, lines.length, new Set(lines).size]).toEqual([80, 80, 80])
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ scannedAt: plan.scannedAt })
  })

  test('sells each ticket to another holder or for another event, and counts the answers with 200', async () => {
    const result = await runLoad(job({ request: { kind: 'ticket-sales', first: 0 }, requestsMax: 10 }))
    // the server answers 201 to all but batches, which is no sale
    expect([result.requests, result.accepted, new Set(asked.map(({ body }) => body)).size]).toEqual([10, 0, 10])
    expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject([{ regularPrice: 12, tariff: { id: 'SOCIALTARIFF' } }])
  })

  test('does not count an answer about tariffs in which there is none', async () => {
    server.removeAllListeners('request')
    let tariffs = 0
    server.on('request', (_request, response) => {
      response.end(tariffs++ % 2 === 0 ? '{"available":[{"id":"SOCIALTARIFF"}]}' : '{"available":[]}')
    })
    const result = await runLoad(job({ request: { kind: 'tariffs', first: 0 }, requestsMax: 10 }))
    expect([result.requests, result.accepted]).toEqual([10, 5])
  })

  test('goes on with a new connection when the server ends the old one after some requests', async () => {
    server.maxRequestsPerSocket = 4
    const result = await runLoad(job())
    expect([result.accepted, result.failure]).toEqual([50, undefined])
  })

  test('takes the end of an idle connection for no failure', async () => {
    server.keepAliveTimeout = 1
    server.keepAliveTimeoutBuffer = 0
    const result = await runLoad(job({ rate: 20, requestsMax: 8, connections: 2 }))
    expect([result.accepted, result.failure]).toEqual([8, undefined])
  })

  test('does not ask first over a connection that stood unused for longer than servers wait', async () => {
    const { now } = performance
    let laterMs = 0
    let connections = 0
    let first: ServerResponse | undefined
    vi.spyOn(performance, 'now').mockImplementation(() => now.call(performance) + laterMs)
    server.on('connection', () => connections++)
    server.removeAllListeners('request')
    server.on('request', (request, response) => {
      request.resume()
      // the first is answered once the other connection is asked over, three seconds after it was opened
      laterMs = 3_000
      if (first) for (const answer of [first, response]) answer.writeHead(201, { 'content-length': 0 }).end()
      first ??= response
    })
    const result = await runLoad(job({ rate: 10, requestsMax: 2, connections: 2 }))
    expect([result.accepted, connections]).toEqual([2, 3])
  })

  test('says why it failed when the server goes away', async () => {
    server.removeAllListeners('request')
    server.on('request', (request) => request.socket.destroy())
    const result = await runLoad(job())
    expect([result.requests, typeof result.failure]).toEqual([0, 'string'])
  })

  test.each([
    [{ connections: 0 }, 'connections'],
    [{ durationMs: Number.POSITIVE_INFINITY }, 'durationMs'],
    [{ requestsMax: 501 }, 'different turns'],
    [{ target: { host: '192.0.2.1', port: 80 } }, 'loopback'],
  ] as const)('refuses a load without sensible bounds: %j', async (changes, reason) => {
    await expect(runLoad(job(changes))).rejects.toThrow(reason)
  })
})
