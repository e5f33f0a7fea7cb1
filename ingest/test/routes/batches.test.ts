import { gzipSync } from 'node:zlib'
import { BATCH_LINES_MAX } from '@zuil/core/contracts/http-batch'
import { describe, expect, test } from 'vitest'
import { BATCH_BYTES_MAX } from '../../src/routes/batches.ts'
import { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import {
  AMINA,
  BRAM,
  CELINE,
  COUNTER,
  DEVICE,
  EVENT,
  EVENT_OF_OTHER,
  EVENT_OVER,
  EVENT_UNLIMITED,
  FIXED_DEVICE,
  SECRET,
  UNKNOWN_NUMBER,
} from '../small-registry.ts'

interface Batch {
  readonly lines: readonly unknown[] | string | Buffer
  readonly headers?: Record<string, string>
}

async function send(service: IngestService, { lines, headers }: Batch) {
  const payload =
    typeof lines === 'string' || Buffer.isBuffer(lines) ? lines : lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  const credentials = headers?.['x-custom-token'] === undefined ? await service.bearer(COUNTER, SECRET) : {}
  return await service.app.inject({
    method: 'POST',
    url: '/batches',
    headers: { ...credentials, 'content-type': 'application/x-ndjson', ...headers },
    payload,
  })
}

const results = (reply: { readonly body: string }): readonly Record<string, unknown>[] =>
  reply.body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

const ago = (ms: number) => new Date(Date.now() - ms).toISOString()
const DAY_MS = 86_400_000

describe.skipIf(!hasRedis)('POST /batches', () => {
  test('answers every line for itself, in their order', async () => {
    await using service = await IngestService.start()
    const scannedAt = ago(1_000)
    const reply = await send(service, {
      lines: [
        { nonce: 'a', scannedAt, eventId: EVENT_UNLIMITED, uitpasNumber: AMINA.number },
        { nonce: 'b', scannedAt, eventId: EVENT_UNLIMITED, chipNumber: BRAM.chip.toLowerCase() },
        { nonce: 'c', scannedAt, eventId: EVENT_UNLIMITED, uitpasNumber: UNKNOWN_NUMBER },
        { nonce: 'd', scannedAt, eventId: EVENT_OF_OTHER, uitpasNumber: AMINA.number },
        { nonce: 'e', scannedAt, uitpasNumber: AMINA.number },
        { nonce: 'f', scannedAt: 'yesterday', eventId: EVENT, uitpasNumber: AMINA.number },
        { nonce: 'g', scannedAt, eventId: EVENT, uitpasNumber: AMINA.number, chipNumber: AMINA.chip },
        { nonce: 'h', scannedAt, eventId: EVENT_OVER, uitpasNumber: AMINA.number },
        { nonce: 'i', scannedAt: ago(9 * DAY_MS), eventId: EVENT_UNLIMITED, uitpasNumber: AMINA.number },
        { nonce: 'j', scannedAt, eventId: EVENT_UNLIMITED, uitpasNumber: CELINE.number },
        null,
      ],
    })
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, expect.stringContaining('application/x-ndjson')])
    const told = results(reply).map(({ line, nonce, result, status, points, flags, problem }) => ({
      line,
      nonce,
      result,
      status,
      ...(points !== undefined && { points }),
      ...(flags !== undefined && { flags }),
      ...(problem !== undefined && { type: (problem as { type: string }).type.split('/probs/')[1] }),
    }))
    expect(told).toEqual([
      { line: 1, nonce: 'a', result: 'accepted', status: 201, points: 2 },
      { line: 2, nonce: 'b', result: 'accepted', status: 201, points: 2 },
      { line: 3, nonce: 'c', result: 'refused', status: 400, type: 'uitpas/passholder-not-found' },
      { line: 4, nonce: 'd', result: 'refused', status: 403, type: 'auth/forbidden' },
      { line: 5, nonce: 'e', result: 'refused', status: 400, type: 'body/invalid-data' },
      { line: 6, nonce: 'f', result: 'refused', status: 400, type: 'body/invalid-data' },
      { line: 7, nonce: 'g', result: 'refused', status: 400, type: 'body/invalid-data' },
      { line: 8, nonce: 'h', result: 'flagged', status: 201, points: 0, flags: ['OUTSIDE_WINDOW'] },
      { line: 9, nonce: 'i', result: 'flagged', status: 201, points: 0, flags: ['LATE'] },
      { line: 10, nonce: 'j', result: 'flagged', status: 201, points: 0, flags: ['CARD_NOT_ACTIVE'] },
      { line: 11, nonce: '', result: 'refused', status: 400, type: 'body/invalid-data' },
    ])
  })

  test('takes a batch that comes twice once, with the ids of the first time', async () => {
    await using service = await IngestService.start()
    const scannedAt = ago(1_000)
    const lines = Array.from({ length: 700 }, (_, i) => ({
      nonce: `n${i}`,
      scannedAt,
      eventId: EVENT,
      uitpasNumber: i % 2 ? AMINA.number : BRAM.number,
    }))
    const first = results(await send(service, { lines }))
    const again = results(await send(service, { lines }))
    expect(first.filter(({ result }) => result === 'accepted').length).toBe(2)
    expect(first.filter(({ result }) => result === 'flagged').length).toBe(698)
    expect(again).toEqual(first.map((line) => ({ ...line, result: 'replayed', status: 200 })))
    const pass = await service.app.inject({ url: `/passes?identifier=${AMINA.number}`, headers: await service.bearer() })
    expect(pass.json().points).toBe(1)
  })

  test('refuses a nonce that comes with another check-in, and keeps nonces of callers apart', async () => {
    await using service = await IngestService.start()
    const line = { nonce: 'same', scannedAt: ago(1_000), eventId: EVENT_UNLIMITED, uitpasNumber: AMINA.number }
    await send(service, { lines: [line] })
    const [other] = results(await send(service, { lines: [{ ...line, uitpasNumber: BRAM.number }] }))
    const [kiosk] = results(await send(service, { lines: [line], headers: { 'x-custom-token': DEVICE } }))
    expect(other).toMatchObject({ result: 'refused', status: 422 })
    expect(kiosk).toMatchObject({ result: 'accepted', status: 201 })
  })

  test('of a kiosk counts for the event it was fixed on, and for no event of others', async () => {
    await using service = await IngestService.start()
    const lines = [
      { nonce: '1', scannedAt: ago(1_000), chipNumber: AMINA.chip },
      { nonce: '2', scannedAt: ago(1_000), eventId: EVENT_OF_OTHER, chipNumber: AMINA.chip },
    ]
    const told = results(await send(service, { lines, headers: { 'x-custom-token': FIXED_DEVICE } }))
    expect(told).toMatchObject([
      { result: 'accepted', points: 2 },
      { result: 'refused', status: 403 },
    ])
  })

  test('may be compressed, and answered as one JSON array', async () => {
    await using service = await IngestService.start()
    const line = JSON.stringify({ nonce: 'z', scannedAt: ago(1_000), eventId: EVENT, uitpasNumber: AMINA.number })
    const reply = await send(service, {
      lines: gzipSync(`${line}\n${line}`),
      headers: { 'content-encoding': 'gzip', accept: 'application/json' },
    })
    expect(reply.json()).toMatchObject([{ result: 'accepted' }, { result: 'replayed' }])
  })

  test.each([
    ['nothing', { lines: '' }, 400],
    ['more lines than allowed', { lines: '{}\n'.repeat(BATCH_LINES_MAX + 1) }, 413],
    ['more bytes than allowed', { lines: 'x'.repeat(BATCH_BYTES_MAX + 1) }, 413],
    ['a bomb', { lines: gzipSync(Buffer.alloc(BATCH_BYTES_MAX * 4)), headers: { 'content-encoding': 'gzip' } }, 413],
    ['what only claims to be compressed', { lines: 'hello', headers: { 'content-encoding': 'gzip' } }, 400],
    ['another compression', { lines: 'hello', headers: { 'content-encoding': 'br' } }, 415],
    ['JSON', { lines: '[]', headers: { 'content-type': 'application/json' } }, 415],
  ])('refuses %s as a whole', async (_name, batch, status) => {
    await using service = await IngestService.start()
    const reply = await send(service, batch)
    expect([reply.statusCode, reply.json().status]).toEqual([status, status])
  })

  test('names an overlong line and goes on with the others', async () => {
    await using service = await IngestService.start()
    const good = JSON.stringify({ nonce: 'g', scannedAt: ago(1_000), eventId: EVENT, uitpasNumber: AMINA.number })
    const reply = await send(service, { lines: `${'x'.repeat(3_000)}\n\n${good}\n` })
    expect(results(reply)).toMatchObject([
      { line: 1, status: 413 },
      { line: 2, status: 400 },
      { line: 3, status: 201 },
    ])
  })
})
