import { tableFromIPC } from 'apache-arrow'
import Fastify, { type FastifyInstance } from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { ChartRenderer } from '../../../src/server/charts/chart-renderer.ts'
import { dataApi } from '../../../src/server/data-api/data-api.ts'
import { LiveStreams } from '../../../src/server/live-stream/live-streams.ts'
import { ARROW_STREAM } from '../../../src/server/now/now-arrow.ts'
import { NowBoard } from '../../../src/server/now/now-board.ts'
import { NowFeed } from '../../../src/server/now/now-feed.ts'
import { AFTERNOON, busyFigures, FakeSource } from '../../fake-source.ts'
import { noFigures } from '../../no-figures.ts'

interface Api {
  readonly server: FastifyInstance
  readonly source: FakeSource
  readonly streams: LiveStreams
  readonly address: string
  readonly failures: unknown[]
}

/** The data API on a port of its own, with a clock that moves by hand. */
async function startApi({ readersMax = 10 } = {}): Promise<Api> {
  const source = new FakeSource(busyFigures(AFTERNOON))
  const time = { now: AFTERNOON }
  const clock = () => time.now
  const failures: unknown[] = []
  const charts = new ChartRenderer()
  const board = new NowBoard(new NowFeed({ source, clock, onFailure: () => undefined }), charts)
  const streams = new LiveStreams({ board, clock, readersMax, onFailure: (error) => failures.push(error) })
  const server = Fastify()
  await server.register(dataApi({ now: { board, streams }, figures: noFigures(clock) }), { prefix: '/api/v1' })
  const address = await server.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(async () => {
    streams.close()
    charts.close()
    await server.close()
  })
  return { server, source, streams, address, failures }
}

/** Reads a live stream until it has seen as many events as asked for, then leaves. */
async function readEvents(
  address: string,
  count: number,
): Promise<{ events: { event: string; data: unknown }[]; headers: Headers }> {
  const leave = new AbortController()
  const response = await fetch(address, { signal: leave.signal })
  const events: { event: string; data: unknown }[] = []
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const match = /^event: (\w+)\ndata: (.*)$/.exec(block)
      if (match) events.push({ event: match[1] ?? '', data: JSON.parse(match[2] ?? 'null') })
    }
    if (events.length >= count) break
  }
  leave.abort()
  return { events, headers: response.headers }
}

test('the figures come as JSON, with their freshness and their headers', async () => {
  const { server } = await startApi()
  const response = await server.inject('/api/v1/now')
  expect([response.statusCode, response.headers['content-type'], response.headers['cache-control']]).toEqual([
    200,
    'application/json; charset=utf-8',
    'no-store',
  ])
  const { minutes, ...rest } = response.json()
  const { asOf: _asOf, day, channels, venues, refusals, totals } = busyFigures(AFTERNOON)
  expect(rest).toEqual({
    asOf: '2026-11-21T13:03:27.500Z',
    day,
    freshness: { state: 'live', completeUntil: '2026-11-21T13:03:26.800Z', lagSeconds: 0.7, waiting: 3 },
    totals,
    channels,
    venues,
    refusals,
  })
  expect(minutes).toHaveLength(60)
  expect(minutes.at(-1)).toEqual({ minute: '2026-11-21T13:03:00.000Z', checkins: 29, provisional: true })
})

test('the same figures come as an Arrow stream that explains itself', async () => {
  const { server } = await startApi()
  const response = await server.inject({ url: '/api/v1/now', headers: { accept: ARROW_STREAM } })
  expect([response.statusCode, response.headers['content-type']]).toEqual([200, ARROW_STREAM])
  const table = tableFromIPC(response.rawPayload)
  const rows = table.toArray().map((row) => row.toJSON())
  expect(rows.filter(({ dimension }) => dimension === 'venue')).toHaveLength(19)
  expect(rows.find(({ key }) => key === '44021')).toEqual({
    figure: 'checkins',
    dimension: 'venue',
    key: '44021',
    name: 'Gent',
    value: 4210,
    provisional: false,
  })
  expect(rows.filter(({ dimension }) => dimension === 'channel').reduce((sum, { value }) => sum + value, 0)).toBe(rows[0]?.value)
  expect(table.schema.metadata.get('completeUntil')).toBe('2026-11-21T13:03:26.800Z')
  expect(Object.keys(JSON.parse(table.schema.metadata.get('dictionary') ?? '{}'))).toEqual(table.schema.names)
})

test.each([
  ['/api/v1/now', 'text/csv', 406, 'https://api.publiq.be/probs/header/not-acceptable'],
  ['/api/v1/elsewhere', '*/*', 404, 'https://api.publiq.be/probs/url/not-found'],
  ['/api/v1/now/stream?charts=de', '*/*', 404, 'https://api.publiq.be/probs/url/not-found'],
  ['/api/v1/now/stream?charts=nl&charts=fr', '*/*', 404, 'https://api.publiq.be/probs/url/not-found'],
])('%s with Accept %s is answered with the problem %i', async (url, accept, status, type) => {
  const { server } = await startApi()
  const response = await server.inject({ url, headers: { accept } })
  expect([response.statusCode, response.headers['content-type'], response.json().type, response.json().status]).toEqual([
    status,
    'application/problem+json',
    type,
    status,
  ])
})

test('while there are no figures the answer is 503 and says when to try again', async () => {
  const { server, source } = await startApi()
  source.failure = new Error('no warehouse at 10.0.0.7')
  const response = await server.inject('/api/v1/now')
  expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '5'])
  expect(response.body).not.toContain('10.0.0.7')
})

test('a reader of the stream gets the present figures at once and the next ones after a second', async () => {
  const { address } = await startApi()
  const { events, headers } = await readEvents(`${address}/api/v1/now/stream`, 2)
  expect([headers.get('content-type'), headers.get('content-encoding')]).toEqual(['text/event-stream; charset=utf-8', 'gzip'])
  expect(events.map(({ event }) => event)).toEqual(['now', 'now'])
  expect(events[0]?.data).toMatchObject({ day: '2026-11-21' })
})

test('a reader of the page gets it in the language asked for', async () => {
  const { address } = await startApi()
  const { events } = await readEvents(`${address}/api/v1/now/stream?charts=fr`, 1)
  expect(events[0]).toMatchObject({ event: 'view', data: { language: 'fr', freshness: { sentence: 'À jour jusqu’à 14:03:26' } } })
})

test('the reader after the last place is refused with 503, and let in when a place is free', async () => {
  const { address, streams } = await startApi({ readersMax: 1 })
  const leave = new AbortController()
  const first = await fetch(`${address}/api/v1/now/stream`, { signal: leave.signal })
  const second = await fetch(`${address}/api/v1/now/stream`)
  expect([first.status, second.status, second.headers.get('retry-after')]).toEqual([200, 503, '30'])
  expect(await second.json()).toMatchObject({ status: 503, title: 'Service Unavailable' })
  leave.abort()
  await expect.poll(() => streams.readers).toBe(0)
  expect((await readEvents(`${address}/api/v1/now/stream`, 1)).events).toHaveLength(1)
})

test('the source is looked at while somebody reads, and left alone afterwards', async () => {
  const { address, source, streams } = await startApi()
  expect([streams.isMoving(), source.looks]).toEqual([false, 0])
  await readEvents(`${address}/api/v1/now/stream`, 1)
  expect(source.looks).toBeGreaterThan(0)
  await expect.poll(() => streams.isMoving()).toBe(false)
})

test('a server that closes ends its streams instead of waiting for them', async () => {
  const { address, streams } = await startApi()
  const response = await fetch(`${address}/api/v1/now/stream`)
  const body = response.text()
  streams.close()
  await expect(body).resolves.toContain('event: now')
})

test('figures that cannot be drawn are reported, and the stream goes on with the next ones', async () => {
  const { address, source, failures } = await startApi()
  const good = source.figuresNow
  // `as` holds in no way: this is what a source that breaks its word would send.
  source.figuresNow = { ...good, venues: undefined as unknown as typeof good.venues }
  const events = readEvents(`${address}/api/v1/now/stream?charts=nl`, 1)
  await expect.poll(() => failures.length).toBeGreaterThan(0)
  source.figuresNow = good
  expect((await events).events).toMatchObject([{ event: 'view' }])
})
