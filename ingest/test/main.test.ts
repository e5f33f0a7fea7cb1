import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeRecord } from '@zuil/core/contracts/journal'
import { describe, expect, test } from 'vitest'
import { startIngest } from '../src/main.ts'
import { installationSecret, Secrets } from '../src/secrets.ts'
import { testConfig } from './ingest-service.ts'
import { journalOf } from './journal.ts'
import { hasRedis, RedisServer } from './redis-server.ts'
import { AMINA, CELINE, COUNTER, EVENT, EVENT_UNLIMITED, REGISTRY, SECRET } from './small-registry.ts'
import { until } from './until.ts'

class Installation implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'zuil-main-'))
  readonly redis: RedisServer

  constructor(redis: RedisServer) {
    this.redis = redis
  }

  config(port = 0) {
    return { ...testConfig(this.redis.port, this.folder), port, secret: '' }
  }

  async load(url: string): Promise<void> {
    const token = new Secrets(installationSecret(this.folder)).token('operator')
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    for (const [kind, entries] of Object.entries(REGISTRY)) {
      const reply = await fetch(`${url}/registry/${kind}`, { method: 'PUT', headers, body: JSON.stringify(entries) })
      if (!reply.ok) throw new Error(`${kind}: ${reply.status}`)
      await reply.text()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.redis[Symbol.asyncDispose]()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

async function tokenOf(url: string): Promise<string> {
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: COUNTER, client_secret: SECRET })
  const reply = await fetch(`${url}/realms/uitid/protocol/openid-connect/token`, { method: 'POST', body: form })
  // Our own answer, whose shape the tests of the realm check.
  return ((await reply.json()) as { access_token: string }).access_token
}

const checkIn = (url: string, token: string, eventId: string, uitpasNumber: string) =>
  fetch(`${url}/checkins`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ eventId, uitpasNumber }),
  })

describe.skipIf(!hasRedis)('an ingest process', () => {
  test('answers what it accepted, journals the refusals it counted, and then is gone', async () => {
    await using installation = new Installation(await RedisServer.start())
    const ingest = await startIngest(installation.config())
    await installation.load(ingest.url)
    const token = await tokenOf(ingest.url)
    await until('the registry is there', async () => (await checkIn(ingest.url, token, EVENT, CELINE.number)).status === 400)
    const work = Array.from({ length: 200 }, () =>
      checkIn(ingest.url, token, EVENT_UNLIMITED, AMINA.number).then(
        (reply) => reply.status,
        () => 0,
      ),
    )
    const stopped = ingest.stop()
    const statuses = await Promise.all(work)
    await stopped
    const journal = await journalOf(installation.redis.connect())
    const records = journal.map(({ text }) => decodeRecord(text))
    const accepted = statuses.filter((status) => status === 201).length
    expect(records.filter(({ kind }) => kind === 'transaction').length).toBe(accepted)
    expect(records.some(({ kind }) => kind === 'refusals')).toBe(true)
    expect(statuses.filter((status) => status !== 201 && status !== 503 && status !== 0)).toEqual([])
    await expect(fetch(`${ingest.url}/health`)).rejects.toThrow()
  })

  test('shares its port, its tokens and its registry with another one', async () => {
    await using installation = new Installation(await RedisServer.start())
    const first = await startIngest(installation.config())
    await installation.load(first.url)
    const second = await startIngest(installation.config())
    try {
      const token = await tokenOf(first.url)
      const replies = [
        await checkIn(first.url, token, EVENT, AMINA.number),
        await checkIn(second.url, token, EVENT, AMINA.number),
      ]
      expect(replies.map((reply) => reply.status)).toEqual([201, 400])
    } finally {
      await Promise.all([first.stop(), second.stop()])
    }
  })

  test.skipIf(process.platform !== 'linux')('listens beside another one on the same port', async () => {
    await using installation = new Installation(await RedisServer.start())
    const first = await startIngest(installation.config())
    const port = Number(new URL(first.url).port)
    await first.stop()
    const pair = await Promise.all([startIngest(installation.config(port)), startIngest(installation.config(port))])
    const replies = await Promise.all([1, 2, 3, 4].map(() => fetch(`http://127.0.0.1:${port}/health`)))
    await Promise.all(pair.map((ingest) => ingest.stop()))
    expect(replies.map((reply) => reply.status)).toEqual([200, 200, 200, 200])
  })

  test('does not start without Redis, and says so by a code', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'zuil-main-'))
    try {
      await expect(startIngest(testConfig(9, folder))).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('127.0.0.1:9'),
      })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
