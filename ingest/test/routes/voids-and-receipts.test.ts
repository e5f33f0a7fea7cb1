import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { formatPosition, type Transaction } from '@zuil/core'
import { entryIdOf } from '@zuil/core/contracts/journal-entry'
import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { describe, expect, test } from 'vitest'
import { HubTransactions } from '../../src/hub/hub-transactions.ts'
import { IngestService } from '../ingest-service.ts'
import { hasRedis } from '../redis-server.ts'
import {
  AMINA,
  BRAM,
  COUNTER,
  DEVICE,
  EVENT,
  EVENT_UNLIMITED,
  ORGANIZER,
  OTHER_ORGANIZER,
  SECRET,
  STRANGER,
} from '../small-registry.ts'

const NOT_FOUND = 'https://api.publiq.be/probs/url/not-found'

async function checkIn(service: IngestService, eventId: string, headers: Record<string, string> = {}) {
  const payload = { eventId, uitpasNumber: AMINA.number }
  return await service.app.inject({
    method: 'POST',
    url: '/checkins',
    headers: { ...(await service.bearer()), ...headers },
    payload,
  })
}

async function voidIt(service: IngestService, id: string, client?: string) {
  const headers = client === undefined ? await service.bearer() : await service.bearer(client, SECRET)
  return await service.app.inject({ method: 'DELETE', url: `/checkins/${id}`, headers })
}

async function balance(service: IngestService): Promise<number> {
  const reply = await service.app.inject({ url: `/passes?identifier=${AMINA.number}`, headers: await service.bearer() })
  return reply.json().points
}

/** What the hub answers when the journal is trimmed: `answer` for every id, 404 without one. */
class HubServer implements AsyncDisposable {
  readonly server = createServer((request, response) => {
    this.requests.push(`${request.headers.authorization} ${request.url}`)
    response.statusCode = this.answer === undefined ? 404 : 200
    response.end(JSON.stringify(this.answer ?? {}))
  })
  readonly requests: string[] = []
  answer: object | undefined

  async url(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    // A TCP server that listens has such an address.
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }
}

describe.skipIf(!hasRedis)('DELETE /checkins/{checkinId}', () => {
  test('takes points and limit back, once', async () => {
    await using service = await IngestService.start()
    const made = await checkIn(service, EVENT)
    const first = await voidIt(service, made.json().id)
    const second = await voidIt(service, made.json().id)
    expect([first.statusCode, first.body]).toEqual([204, ''])
    expect([second.statusCode, second.json().type]).toEqual([404, NOT_FOUND])
    expect(await balance(service)).toBe(0)
    expect((await checkIn(service, EVENT)).statusCode).toBe(201)
  })

  test('counts once when many ask at the same time', async () => {
    await using service = await IngestService.start()
    const { id } = (await checkIn(service, EVENT_UNLIMITED)).json()
    const replies = await Promise.all(Array.from({ length: 20 }, () => voidIt(service, id)))
    expect(replies.map((reply) => reply.statusCode).sort()).toEqual([204, ...Array.from({ length: 19 }, () => 404)])
    expect(await balance(service)).toBe(0)
  })

  test('finds nothing under ids that were never given out', async () => {
    await using service = await IngestService.start()
    const { id } = (await checkIn(service, EVENT)).json()
    const forged = `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`
    const ids = [forged, 'b8bb996e-1114-4c2c-bf64-f9f018f86676', 'x', '%00', '..%2f..']
    const replies = await Promise.all(ids.map((each) => voidIt(service, each)))
    expect(replies.map((reply) => reply.statusCode)).toEqual(ids.map(() => 404))
    expect(await balance(service)).toBe(1)
  })

  test('needs the permission for the organizer of the event', async () => {
    await using service = await IngestService.start()
    const { id } = (await checkIn(service, EVENT)).json()
    const other = {
      id: STRANGER,
      name: STRANGER,
      secret: SECRET,
      permissions: [{ organizer: { id: OTHER_ORGANIZER }, permissionDetails: [{ id: 'CHECKINS_WRITE' }] }],
    }
    const none = await voidIt(service, id, STRANGER)
    await service.put('clients', [other])
    const elsewhere = await voidIt(service, id, STRANGER)
    expect([none.statusCode, elsewhere.statusCode, await balance(service)]).toEqual([403, 403, 1])
    expect(elsewhere.json().detail).toContain(ORGANIZER)
  })

  test('asks the hub when the journal is trimmed, and believes it when the check-in is void', async () => {
    await using hub = new HubServer()
    const hubTransactions = new HubTransactions({ url: await hub.url(), token: 'internal', fetch })
    await using service = await IngestService.start({ services: { hub: hubTransactions } })
    const made = await checkIn(service, EVENT_UNLIMITED)
    const receipt = String(made.headers['zuil-receipt'])
    const transaction = await trimmed(service, receipt)
    const unknown = await voidIt(service, made.json().id)
    hub.answer = { transaction, voided: true }
    const isVoid = await voidIt(service, made.json().id)
    hub.answer = { transaction, voided: false }
    const done = await voidIt(service, made.json().id)
    expect([unknown.statusCode, isVoid.statusCode, done.statusCode]).toEqual([404, 404, 204])
    expect(hub.requests[0]).toBe(`Bearer internal /internal/transactions/${made.json().id}?position=${receipt}`)
    expect(await balance(service)).toBe(0)
  })

  test('answers 503 and when to come back while the hub is away', async () => {
    await using service = await IngestService.start()
    const made = await checkIn(service, EVENT_UNLIMITED)
    await trimmed(service, String(made.headers['zuil-receipt']))
    const reply = await voidIt(service, made.json().id)
    expect([reply.statusCode, reply.headers['retry-after'], reply.json().status]).toEqual([503, '5', 503])
  })
})

/** The transaction at a receipt, after its record left the journal as if it were loaded. */
async function trimmed(service: IngestService, receipt: string): Promise<Transaction> {
  const position = receipt.slice(2)
  const [ms = '', sequence = ''] = position.split('-')
  const record = await service.services.journal.recordAt({ lane: 0, ms: Number(ms), sequence: Number(sequence) })
  if (record?.kind !== 'transaction') throw new Error(`No transaction at ${receipt}`)
  const redis = service.redis.connect()
  await redis.set(laneKeys(0).loaded, position)
  await redis.xdel(laneKeys(0).journal, entryIdOf({ ms: Number(ms), sequence: Number(sequence) }))
  return record.transaction
}

describe.skipIf(!hasRedis)('a receipt', () => {
  const read = async (service: IngestService, id: string) =>
    await service.app.inject({ url: `/receipts/${id}`, headers: await service.bearer(COUNTER, SECRET) })

  test('tells how far the check-in has come', async () => {
    await using service = await IngestService.start()
    const made = await checkIn(service, EVENT_UNLIMITED)
    const id = String(made.headers['zuil-receipt'])
    const before = await read(service, id)
    await service.redis.connect().set(laneKeys(0).loaded, id.slice(2))
    const after = await read(service, id)
    const shown = { id, journalled: true, journalledAt: made.json().creationDate }
    expect([before.json(), after.json()]).toEqual([
      { ...shown, loaded: false },
      { ...shown, loaded: true },
    ])
  })

  test('is there for kiosks, and for nobody without credentials', async () => {
    await using service = await IngestService.start()
    const headers = { 'x-custom-token': DEVICE }
    const made = await service.app.inject({
      method: 'POST',
      url: '/kiosk-devices/checkins',
      headers,
      payload: { chipNumber: BRAM.chip },
    })
    const url = `/receipts/${made.headers['zuil-receipt']}`
    const [kiosk, nobody] = await Promise.all([service.app.inject({ url, headers }), service.app.inject({ url })])
    expect([kiosk.statusCode, nobody.statusCode]).toEqual([200, 401])
  })

  test('that was never given out does not exist', async () => {
    await using service = await IngestService.start()
    const far = formatPosition({ lane: 0, ms: Date.now() + 60_000, sequence: 0 })
    const replies = await Promise.all(
      ['0.1-0', `0.${far}`, '7.1-0', 'x', '0.-1-0', '0.1-99999999999'].map((id) => read(service, id)),
    )
    // What would have been loaded long ago is asked of the hub, and there is none in this test.
    expect(replies.map((reply) => reply.statusCode)).toEqual([404, 404, 404, 404, 404, 404])
  })

  test('is awaited until the check-in is in the warehouse with Prefer: wait=stored', async () => {
    await using service = await IngestService.start()
    const redis = service.redis.connect()
    const loads = setInterval(() => {
      redis.set(laneKeys(0).loaded, `${Date.now() + 60_000}-0`).catch(() => {})
    }, 20)
    const reply = await checkIn(service, EVENT_UNLIMITED, { prefer: 'respond-async, wait=stored' })
    clearInterval(loads)
    expect([reply.statusCode, reply.headers['preference-applied']]).toEqual([201, 'wait=stored'])
  })

  test('comes without Preference-Applied when the warehouse takes too long', async () => {
    await using service = await IngestService.start({ services: {} })
    const { journal } = service.services
    const waited: number[] = []
    Object.assign(journal, {
      waitUntilLoaded: async (_position: object, timeoutMs: number) => {
        waited.push(timeoutMs)
        return false
      },
    })
    const reply = await checkIn(service, EVENT_UNLIMITED, { prefer: 'wait=stored' })
    expect([reply.statusCode, reply.headers['preference-applied'], waited]).toEqual([201, undefined, [5_000]])
    expect(reply.headers['zuil-receipt']).toMatch(/^0\.\d+-\d+$/)
  })
})
