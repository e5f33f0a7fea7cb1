import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import { AMINA, COUNTER, EVENT_UNLIMITED, SECRET } from '../small-registry.ts'

/** Longest that any of these takes: the time for a request plus the interval at which Node looks. */
const CLOSED_WITHIN_MS = 14_000

interface Spoken {
  readonly text: string
  readonly closed: boolean
  readonly afterMs: number
}

/** Writes the pieces one after the other, `everyMs` apart, and gives back what the server said until it hung up. */
function speak(port: number, pieces: Iterable<string | Buffer>, everyMs = 0): Promise<Spoken> {
  const { promise, resolve } = Promise.withResolvers<Spoken>()
  const started = performance.now()
  const socket = connect(port, '127.0.0.1')
  let text = ''
  const finish = (closed: boolean) => {
    clearTimeout(patience)
    socket.destroy()
    resolve({ text, closed, afterMs: performance.now() - started })
  }
  const patience = setTimeout(() => finish(false), CLOSED_WITHIN_MS)
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
  })
  socket.on('close', () => finish(true))
  socket.on('error', () => {})
  socket.on('connect', () => drip(socket, pieces[Symbol.iterator](), everyMs))
  return promise
}

function drip(socket: Socket, pieces: Iterator<string | Buffer>, everyMs: number): void {
  if (socket.destroyed) return
  const { value, done } = pieces.next()
  if (done) return
  socket.write(value)
  if (everyMs === 0) drip(socket, pieces, everyMs)
  else setTimeout(() => drip(socket, pieces, everyMs), everyMs)
}

function* characters(text: string): Iterable<string> {
  for (const character of text) yield character
}

const statusOf = ({ text }: Spoken) => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0)

describe.skipIf(!hasRedis)('somebody who does not speak HTTP as they should', () => {
  let service: IngestService
  let port = 0
  beforeAll(async () => {
    service = await IngestService.start()
    await service.app.listen({ host: '127.0.0.1', port: 0 })
    const address = service.app.server.address()
    port = typeof address === 'object' && address ? address.port : 0
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const body = JSON.stringify({ eventId: EVENT_UNLIMITED, uitpasNumber: AMINA.number })
  const head = (...lines: readonly string[]) => `POST /checkins HTTP/1.1\r\nHost: x\r\n${lines.join('\r\n')}\r\n\r\n`
  const json = 'Content-Type: application/json'

  test.each([
    ['no HTTP at all', ['hello\r\n\r\n'], 400],
    ['TLS', [Buffer.from([0x16, 0x03, 0x01, 0x00, 0xa5, 0x01, 0x00])], 400],
    ['two lengths that differ', [head(json, 'Content-Length: 5', 'Content-Length: 50'), body], 400],
    [
      'a length and chunks',
      [head(json, 'Content-Length: 5', 'Transfer-Encoding: chunked'), `5\r\n${body.slice(0, 5)}\r\n0\r\n\r\n`],
      400,
    ],
    ['a folded header', [head(json, 'X-A: b\r\n c')], 400],
    ['a header of 20 kB', [head(json, `X-A: ${'x'.repeat(20_000)}`)], 431],
    ['100,000 headers', [head(json, ...Array.from({ length: 100_000 }, (_, i) => `X-${i}: 1`))], 431],
    ['a chunk extension without end', [head(json, 'Transfer-Encoding: chunked'), `5;${'x'.repeat(50_000)}`], 401],
    ['a version that nobody knows', ['GET / HTTP/9.9\r\n\r\n'], 400],
  ])('gets a short problem document and no connection for %s', async (_name, pieces, status) => {
    const spoken = await speak(port, pieces)
    expect([statusOf(spoken), spoken.closed]).toEqual([status, true])
    expect(spoken.text).toContain('application/problem+json')
    expect(spoken.text.length).toBeLessThan(1_000)
  })

  test('is hung up on when headers, or a body, come a letter at a time, while others are served', async () => {
    const { authorization } = await service.bearer(COUNTER, SECRET)
    const slowHeaders = speak(port, characters(head(json, 'X-Slow: '.padEnd(60, 'x'))), 500)
    const slowBody = speak(
      port,
      [head(json, `Authorization: ${authorization}`, `Content-Length: ${body.length}`), ...characters(body)],
      500,
    )
    const neverReads = speak(port, [head(json, `Authorization: ${authorization}`, 'Content-Length: 60000'), body])
    const started = performance.now()
    const served = await fetch(`http://127.0.0.1:${port}/health`)
    const servedMs = performance.now() - started
    const [headers, bodies, half] = await Promise.all([slowHeaders, slowBody, neverReads])
    expect([statusOf(headers), headers.closed]).toEqual([408, true])
    expect([statusOf(bodies), bodies.closed]).toEqual([408, true])
    expect([statusOf(half), half.closed]).toEqual([408, true])
    expect(headers.afterMs).toBeLessThan(8_000)
    expect([served.status, servedMs < 2_000]).toEqual([200, true])
  })

  test('does not hold up the others with a megabyte of nested JSON', async () => {
    const { authorization } = await service.bearer(COUNTER, SECRET)
    const bomb = '['.repeat(1_000_000)
    const spoken = await speak(port, [head(json, `Authorization: ${authorization}`, `Content-Length: ${bomb.length}`), bomb])
    expect([statusOf(spoken), spoken.text.includes('body-too-large')]).toEqual([413, true])
  })

  test('cannot make the service believe another address by a header', async () => {
    const headers = { 'x-custom-token': 'GUESS', 'content-type': 'application/json' }
    const statuses: number[] = []
    for (let i = 0; i < 11; i++) {
      const reply = await fetch(`http://127.0.0.1:${port}/kiosk-devices/setup`, {
        method: 'PUT',
        headers: { ...headers, 'x-forwarded-for': `10.0.0.${i}` },
        body: JSON.stringify({ name: 'x', deviceId: 'y' }),
      })
      statuses.push(reply.status)
    }
    expect(statuses.at(-1)).toBe(429)
  })
})
