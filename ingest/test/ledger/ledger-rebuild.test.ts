import { ENTRY_RECORDS_MAX } from '@zuil/core/contracts/journal-entry'
import { BALANCE_TYPE, BALANCES_PER_ARRAY, balancesKey, laneKeys } from '@zuil/core/contracts/redis-keys'
import { describe, expect, test } from 'vitest'
import { type LedgerSource, rebuildLedger } from '../../src/ledger/ledger-rebuild.ts'
import { RedisLedger } from '../../src/ledger/redis-ledger.ts'
import { counterOf } from '../counter.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'
import { aGuard, anItem, aProposal, LATER } from './builders.ts'

async function* portions<T>(...all: T[][]): AsyncIterable<readonly T[]> {
  yield* all
}

/** Answers are kept by the day on the clock of Redis, which nobody holds still. */
const NOW = Date.now()
/** Its last record is later than every clock: a new one must still come behind it. */
const END = { lane: 0, ms: LATER, sequence: 3 }

const SOURCE: LedgerSource = {
  ends: [{ position: END, range: 7 }],
  counters: () =>
    portions(
      [{ counter: 'points', owner: 12, period: '', value: 41 }],
      [{ counter: 'checkins/1', owner: 12, period: '2026-W47', value: 1, expiresAt: LATER }],
    ),
  requests: () =>
    portions([
      {
        lane: 0,
        id: 'aa',
        fingerprint: '01',
        outcome: { kind: 'committed', position: { lane: 0, ms: 5, sequence: 0 }, values: [41], otherwise: false },
        answer: 'yes\nindeed',
        keptUntil: NOW + 1_000_000,
      },
      { lane: 0, id: 'bb', fingerprint: '01', outcome: { kind: 'remembered' }, answer: 'too old', keptUntil: NOW - 1 },
    ]),
}

describe.skipIf(!hasRedis)('a rebuilt ledger', () => {
  test('goes on where it ended: balances, limits, kept answers and positions', async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    const options = { redis, lanes: 1, now: () => NOW }
    expect(await rebuildLedger(SOURCE, options)).toEqual({ counters: 2, requests: 2 })
    const ledger = new RedisLedger({ connect: server.connect, lanes: 1, connections: 1 })
    await ledger.start()
    const limit = aGuard({ counter: 'checkins/1', period: '2026-W47', atMost: 1, expiresAt: LATER })
    const outcomes = await ledger.commit([
      anItem({ request: { id: 'aa', fingerprint: '01' } }),
      anItem({ request: { id: 'bb', fingerprint: '01' } }),
      anItem({ proposal: aProposal([limit]) }),
    ])
    expect(outcomes).toEqual([
      {
        kind: 'replayed',
        outcome: { kind: 'committed', position: { lane: 0, ms: 5, sequence: 0 }, values: [41], otherwise: false },
        answer: 'yes\nindeed',
      },
      { kind: 'committed', position: { ...END, sequence: ENTRY_RECORDS_MAX }, values: [42], otherwise: false },
      { kind: 'failed', index: 0, value: 1 },
    ])
    const { sealed, loaded, range, loadedRange } = laneKeys(0)
    expect(await redis.mget(sealed, loaded, range, loadedRange)).toEqual([`${LATER}-3`, `${LATER}-3`, '7', '7'])
    await ledger.close()
  })

  test('gives the same when it is run again, and does not write over a journal unasked', async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    const options = { redis, lanes: 1, now: () => NOW }
    await rebuildLedger(SOURCE, options)
    await expect(rebuildLedger(SOURCE, options)).rejects.toMatchObject({ code: 'not-empty' })
    await rebuildLedger(SOURCE, { ...options, force: true })
    expect(await counterOf(redis, 1, { counter: 'points', owner: 12, period: '' })).toBe(41)
    expect(await redis.strlen(balancesKey(0, 'points', 0))).toBe(BALANCES_PER_ARRAY * 8)
  })

  test('keeps no counter and no reservation of before, and stands in the lanes that took the requests', async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    await redis.hset('zuil:{1}:n::0', '1:stock', '9')
    await redis.bitfield('zuil:{1}:b:points:0', 'SET', BALANCE_TYPE, '#7', 9)
    await redis.hset('zuil:{1}:reserved', 'aa', 'of before')
    const request = { id: 'aa', fingerprint: '01', answer: 'yes', keptUntil: Date.now() + 1_000_000 }
    const outcome = { kind: 'committed', position: { lane: 1, ms: 5, sequence: 0 }, values: [1], otherwise: false } as const
    const source: LedgerSource = {
      ends: [{ position: { ...END, lane: 1 }, range: 7 }],
      counters: () => portions([{ counter: 'points', owner: 13, period: '', value: 41 }]),
      requests: () => portions([{ ...request, lane: 1, outcome }]),
    }
    await rebuildLedger(source, { redis, lanes: 2, now: Date.now, force: true })
    const balances = [13, 15].map((owner) => counterOf(redis, 2, { counter: 'points', owner, period: '' }))
    expect(await Promise.all(balances)).toEqual([41, 0])
    expect(await redis.exists('zuil:{1}:n::0', 'zuil:{1}:reserved')).toBe(0)
    const ledger = new RedisLedger({ connect: server.connect, lanes: 2, connections: 1 })
    await ledger.start()
    const [again] = await ledger.commit([
      anItem({ owner: 13, proposal: aProposal([aGuard({ owner: 13 })]), request: { id: 'aa', fingerprint: '01' } }),
    ])
    expect(again).toEqual({ kind: 'replayed', outcome, answer: 'yes' })
    await ledger.close()
  })

  test('can be run again after it was interrupted', async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    const options = { redis, lanes: 1, now: () => NOW }
    const broken: LedgerSource = {
      ...SOURCE,
      requests: () => {
        throw new Error('the warehouse went away')
      },
    }
    await expect(rebuildLedger(broken, options)).rejects.toThrow('the warehouse went away')
    await rebuildLedger(SOURCE, options)
    expect(await redis.get(laneKeys(0).loaded)).toBe(`${LATER}-3`)
  })
})
