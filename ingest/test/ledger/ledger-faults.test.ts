import type { CommitOutcome } from '@zuil/core'
import { formatPosition } from '@zuil/core'
import { balancesKey, laneKeys, periodKey } from '@zuil/core/contracts/redis-keys'
import { describe, expect, test } from 'vitest'
import { RedisLedger } from '../../src/ledger/redis-ledger.ts'
import { counterOf } from '../counter.ts'
import { journalOf } from '../journal.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'
import { TcpProxy } from '../tcp-proxy.ts'
import { until } from '../until.ts'
import { aGuard, anItem, aProposal, aTransaction, LATER } from './builders.ts'

const BALANCE = { counter: 'points', owner: 12, period: '' }
/** A limit, of which a value that is no number can stand in Redis. */
const LIMIT = { counter: 'checkins/1', owner: 12, period: '2026-W47' }
const STORED_LIMIT = [periodKey(0, LIMIT.period, LIMIT.counter), '12'] as const

async function aLedger(server: RedisServer, port = server.port): Promise<RedisLedger> {
  const ledger = new RedisLedger({ connect: (options) => server.connectTo(port, options), lanes: 1, connections: 2 })
  await ledger.start()
  return ledger
}

function positionsOf(outcomes: readonly CommitOutcome[]): string[] {
  return outcomes.flatMap((outcome) => (outcome.kind === 'committed' ? [formatPosition(outcome.position)] : []))
}

describe.skipIf(!hasRedis)('when Redis fails', () => {
  test('what was accepted is there after kill -9, and the ledger goes on by itself', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    const accepted: string[] = []
    for (let round = 0; round < 3; round++) {
      const senders = Array.from({ length: 20 }, async () => {
        for (let isUp = true; isUp; ) {
          const outcomes = await ledger.commit([anItem(), anItem({ owner: 13 })]).catch(() => [])
          accepted.push(...positionsOf(outcomes))
          isUp = outcomes.length > 0
        }
      })
      const goal = accepted.length + 2_000
      await until('enough is accepted', () => accepted.length >= goal)
      await server.kill()
      await Promise.all(senders)
      await expect(ledger.commit([anItem()])).rejects.toMatchObject({ code: 'unavailable' })
      expect(ledger.health.ready).toBe(false)
      await server.restart()
      await until('the ledger is ready', () => ledger.health.ready)
    }
    const redis = server.connect()
    const present = new Set((await journalOf(redis)).map(({ position }) => position))
    expect(accepted.filter((id) => !present.has(id))).toEqual([])
    expect(new Set(accepted).size).toBe(accepted.length)
    expect(await counterOf(redis, 1, BALANCE)).toBe(present.size)
    await ledger.close()
  })

  test('a call whose reply was lost is not sent again, and its retry under the same key tells how it ended', async () => {
    await using server = await RedisServer.start()
    await using proxy = await TcpProxy.start(server.port)
    const ledger = await aLedger(server, proxy.port)
    const item = anItem({ request: { id: 'aa', fingerprint: '01' }, answer: 'yes' })
    proxy.dropNextReply()
    await expect(ledger.commit([item])).rejects.toMatchObject({ code: 'unavailable' })
    await until('the ledger is ready', () => ledger.health.ready)
    expect(await ledger.commit([item])).toMatchObject([
      { kind: 'replayed', outcome: { kind: 'committed', values: [1] }, answer: 'yes' },
    ])
    const redis = server.connect()
    expect([(await journalOf(redis)).length, await counterOf(redis, 1, BALANCE)]).toEqual([1, 1])
    await ledger.close()
  })

  test('without memory nothing of a batch is written, and it goes on when there is some', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    const redis = server.connect()
    await ledger.commit([anItem()])
    await redis.config('SET', 'maxmemory', '1')
    const batch = [anItem(), anItem({ request: { id: 'aa', fingerprint: '01' } })]
    await expect(ledger.commit(batch)).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: 2 })
    const { proposal: _none, ...remembered } = anItem({ request: { id: 'bb', fingerprint: '01' } })
    await expect(ledger.commit([remembered])).rejects.toMatchObject({ code: 'unavailable' })
    await redis.config('SET', 'maxmemory', '0')
    expect([(await journalOf(redis)).length, await counterOf(redis, 1, BALANCE)]).toEqual([1, 1])
    expect(await redis.keys(`${laneKeys(0).answers.replaceAll(/[{}]/g, '?')}*`)).toEqual([])
    expect(positionsOf(await ledger.commit(batch))).toHaveLength(2)
    await ledger.close()
  })

  test('a Redis that forgot the script is given it again', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    await server.connect().script('FLUSH')
    expect(positionsOf(await ledger.commit([anItem()]))).toHaveLength(1)
    await ledger.close()
  })

  test('a Redis that is paused for longer than a call may take counts as away, and late replies confuse nothing', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    await server.connect().client('PAUSE', 3_500, 'ALL')
    await expect(ledger.commit([anItem()])).rejects.toMatchObject({ code: 'unavailable' })
    await until('the ledger is ready', () => ledger.health.ready)
    const outcomes = await ledger.commit([anItem({ proposal: aProposal([aGuard({ owner: 13 })]) })])
    expect(outcomes).toMatchObject([{ kind: 'committed', values: [1] }])
    await ledger.close()
  }, 15_000)

  test.each<[string, (server: RedisServer) => Promise<unknown>]>([
    ['a counter that is not a number', (server) => server.connect().hset(...STORED_LIMIT, 'nan')],
    ['a counter that is not an integer', (server) => server.connect().hset(...STORED_LIMIT, '1.5')],
    ['a counter beyond what a number holds', (server) => server.connect().hset(...STORED_LIMIT, '9007199254740993000')],
    ['a limit of another type', (server) => server.connect().set(STORED_LIMIT[0], 'x')],
    ['balances of another type', (server) => server.connect().hset(balancesKey(0, 'points', 0), 'x', '1')],
    [
      'a balance beyond what a number holds',
      (server) => server.connect().bitfield(balancesKey(0, 'points', 0), 'SET', 'i64', '#12', '9007199254740993000'),
    ],
    ['a journal of another type', (server) => server.connect().set(laneKeys(0).journal, 'x')],
  ])('%s stops the ledger before anything is written', async (_title, damage) => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    await damage(server)
    const limited = aProposal([aGuard(), aGuard({ ...LIMIT, add: 1, expiresAt: LATER })])
    const other = { ...LIMIT, counter: 'checkins/2' }
    const batch = [anItem({ owner: 114, proposal: aProposal([aGuard(other)]) }), anItem({ proposal: limited })]
    await expect(ledger.commit(batch)).rejects.toMatchObject({ code: 'unhealthy' })
    expect(ledger.health).toMatchObject({ ready: false, reason: expect.stringContaining('zuil reconcile') })
    await expect(ledger.commit([anItem({ owner: 99 })])).rejects.toMatchObject({ code: 'unhealthy' })
    expect(await counterOf(server.connect(), 1, other)).toBe(0)
    await ledger.close()
  })

  test('a record with every kind of character comes back as it was', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    const transaction = aTransaction({ client: 'é\u0000\n"\\ 🎟' })
    await ledger.commit([anItem({ proposal: aProposal([aGuard()], { record: { kind: 'transaction', transaction } }) })])
    const [record] = await journalOf(server.connect())
    expect(record?.text).toContain(JSON.stringify(transaction.client).slice(1, -1))
    await ledger.close()
  })
})
