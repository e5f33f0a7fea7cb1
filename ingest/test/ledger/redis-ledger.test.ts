import { type CommitItem, DAY_MS, formatPosition, GUARD_ADD_MAX } from '@zuil/core'
import { decodeRecord } from '@zuil/core/contracts/journal'
import { ENTRIES_PER_MS_MAX, ENTRY_RECORDS_MAX } from '@zuil/core/contracts/journal-entry'
import {
  answersKey,
  BALANCES_PER_ARRAY,
  balancesKey,
  CHANGED_ENTITIES_MAX,
  laneKeys,
  periodKey,
} from '@zuil/core/contracts/redis-keys'
import { describe, expect, test } from 'vitest'
import { LedgerError } from '../../src/ledger/ledger-error.ts'
import { QUEUE_ITEMS_MAX, RedisLedger } from '../../src/ledger/redis-ledger.ts'
import { journalOf } from '../journal.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'
import { aGuard, anItem, aProposal, aTransaction, LATER } from './builders.ts'

const KEY = { id: 'aa', fingerprint: '01' }

async function aLedger(server: RedisServer, options: { lanes?: number; connections?: number } = {}): Promise<RedisLedger> {
  const ledger = new RedisLedger({ connect: server.connect, lanes: options.lanes ?? 1, connections: options.connections ?? 2 })
  await ledger.start()
  return ledger
}

describe.skipIf(!hasRedis)('the ledger in Redis', () => {
  test('journals an item and tells position and counters', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    const [first, second] = await ledger.commit([anItem(), anItem({ proposal: aProposal([aGuard({ add: 4 })]) })])
    expect([first, second]).toMatchObject([
      { kind: 'committed', values: [1], otherwise: false },
      { kind: 'committed', values: [5], otherwise: false },
    ])
    const journal = await journalOf(server.connect())
    const ids = [first, second].map((outcome) => (outcome?.kind === 'committed' ? formatPosition(outcome.position) : ''))
    expect(journal.map(({ position }) => position)).toEqual(ids)
    await ledger.close()
  })

  test('applies the guards of an item whole or not at all, and tells the counter as it stands', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    const guards = [aGuard({ add: 3 }), aGuard({ counter: 'stock', add: 2, atMost: 1 })]
    expect(await ledger.commit([anItem({ proposal: aProposal(guards) })])).toEqual([{ kind: 'failed', index: 1, value: 0 }])
    const redis = server.connect()
    expect([(await journalOf(redis)).length, await redis.exists(balancesKey(0, 'points', 0))]).toEqual([0, 0])
    await ledger.close()
  })

  test('lets the items of one batch see each other', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    const item = anItem({ proposal: aProposal([aGuard({ atMost: 2 })]) })
    expect((await ledger.commit([item, item, item])).map(({ kind }) => kind)).toEqual(['committed', 'committed', 'failed'])
    await ledger.close()
  })

  test.each([
    ['may reach its upper bound', { add: 1, atMost: 5 }, 4, 5],
    ['may not pass it', { add: 1, atMost: 5 }, 5, undefined],
    ['may reach its lower bound', { add: -5, atLeast: 0 }, 5, 0],
    ['may not pass that', { add: -6, atLeast: 0 }, 5, undefined],
    ['reads with 0', { add: 0 }, 7, 7],
  ])('a guard %s', async (_title, guard, start, after) => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    await ledger.commit([anItem({ proposal: aProposal([aGuard({ add: start })]) })])
    const [outcome] = await ledger.commit([anItem({ proposal: aProposal([aGuard(guard)]) })])
    expect(outcome).toMatchObject(
      after === undefined ? { kind: 'failed', index: 0, value: start } : { kind: 'committed', values: [after] },
    )
    await ledger.close()
  })

  test('gives the last point away once, however many ask for it at the same time', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server, { connections: 8 })
    await ledger.commit([anItem({ proposal: aProposal([aGuard({ add: 1 })]) })])
    const spend = anItem({ proposal: aProposal([aGuard({ add: -1, atLeast: 0 })]) })
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => ledger.commit([spend])))
    expect(outcomes.flat().filter(({ kind }) => kind === 'committed')).toHaveLength(1)
    await ledger.close()
  })

  test('keeps a fact that breaks a rule, by what was proposed otherwise', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    const otherwise = {
      guards: [],
      record: { kind: 'transaction' as const, transaction: aTransaction({ flags: ['LIMIT_REACHED'], points: 0 }) },
    }
    const fact = anItem({ proposal: aProposal([aGuard({ atMost: 0 })], { otherwise }) })
    expect(await ledger.commit([fact])).toMatchObject([{ kind: 'committed', values: [], otherwise: true }])
    const [record] = await journalOf(server.connect())
    expect(record?.text).toContain('LIMIT_REACHED')
    await ledger.close()
  })

  test('a call of which some facts break a rule journals each with what it shares with others', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    const facts = [1, 2, 3, 4].map((eventNumber) => {
      const transaction = aTransaction({ eventNumber, birthYear: 1980 + eventNumber })
      const guards = [aGuard({ counter: `checkins/${eventNumber}`, atMost: eventNumber % 2 })]
      const flagged = {
        ...transaction,
        birthYear: eventNumber === 4 ? 0 : transaction.birthYear,
        flags: ['LIMIT_REACHED'] as const,
      }
      const otherwise = { guards: [], record: { kind: 'transaction' as const, transaction: flagged } }
      return anItem({ proposal: { guards, record: { kind: 'transaction', transaction }, otherwise } })
    })
    const outcomes = await ledger.commit(facts)
    expect(outcomes.map((outcome) => outcome.kind === 'committed' && outcome.otherwise)).toEqual([false, true, false, true])
    const records = (await journalOf(server.connect())).map(({ text }) => decodeRecord(text))
    const journalled = records.map((each) => each.kind === 'transaction' && each.transaction)
    expect(journalled).toMatchObject([
      { eventNumber: 1, birthYear: 1981, flags: [] },
      { eventNumber: 2, birthYear: 1982, flags: ['LIMIT_REACHED'] },
      { eventNumber: 3, birthYear: 1983, flags: [] },
      { eventNumber: 4, birthYear: 0, flags: ['LIMIT_REACHED'] },
    ])
    // As proposed, then as flagged: the first of each whole, of the others what differs.
    const [entry] = await server.connect().xrange(laneKeys(0).journal, '-', '+')
    const whole = entry?.[1][3]?.split('\n').map((line) => line.startsWith('"'))
    expect(whole).toEqual([true, false, false, false, true, false, false, false])
    await ledger.close()
  })

  test('counts for more owners than one command takes', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server, { connections: 1 })
    const owners = Array.from({ length: 2_500 }, (_, owner) => owner)
    const guards = (of: readonly number[]) =>
      of.flatMap((owner) => [
        aGuard({ owner, add: owner + 1 }),
        aGuard({ owner, counter: 'checkins/1', period: '2026-W47', expiresAt: LATER }),
      ])
    const items = Array.from({ length: 100 }, (_, n) =>
      anItem({ proposal: aProposal(guards(owners.slice(n * 25, (n + 1) * 25))) }),
    )
    for (let time = 1; time <= 2; time++) {
      const outcomes = await ledger.commit(items)
      expect(outcomes.flatMap((outcome) => (outcome.kind === 'committed' ? outcome.values : []))).toEqual(
        owners.flatMap((owner) => [time * (owner + 1), time]),
      )
    }
    const redis = server.connect()
    expect(await redis.strlen(balancesKey(0, 'points', 0))).toBe(BALANCES_PER_ARRAY * 8)
    // An array that grew has twice the room.
    expect(await redis.memory('USAGE', balancesKey(0, 'points', 0))).toBeLessThan(BALANCES_PER_ARRAY * 12)
    expect(await redis.hlen(periodKey(0, '2026-W47', 'checkins/1'))).toBe(2_500)
    expect(/cmdstat_bitfield:calls=(\d+)/.exec(await redis.info('commandstats'))?.[1]).toBe('6')
    await ledger.close()
  })

  test('forgets a limit after its period and keeps a balance', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    await ledger.commit([
      anItem({ proposal: aProposal([aGuard(), aGuard({ counter: 'checkins/1', period: '2026-W47', expiresAt: LATER })]) }),
    ])
    const redis = server.connect()
    const keys = [periodKey(0, '2026-W47', 'checkins/1'), balancesKey(0, 'points', 0)]
    expect(await Promise.all(keys.map((key) => redis.pexpiretime(key)))).toEqual([LATER, -1])
    await ledger.close()
  })

  test('forgets a limit also when the first one who asked for it was refused', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    const limit = { counter: 'checkins/1', period: '2026-W47', expiresAt: LATER }
    const hash = periodKey(0, '2026-W47', 'checkins/1')
    const redis = server.connect()
    await ledger.commit([anItem({ proposal: aProposal([aGuard({ ...limit, atMost: 0 })]) })])
    const before = await redis.exists(hash)
    for (let time = 0; time < 3; time++) await ledger.commit([anItem({ proposal: aProposal([aGuard(limit)]) })])
    expect([before, await redis.pexpiretime(hash), await redis.hget(hash, '12')]).toEqual([0, LATER, '3'])
    await ledger.close()
  })

  test('keeps holders of different lanes apart', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server, { lanes: 2 })
    const items = [12, 13].map((owner) => anItem({ owner, proposal: aProposal([aGuard({ owner })]) }))
    const lanes = (await ledger.commit(items)).map((outcome) => outcome.kind === 'committed' && outcome.position.lane)
    expect(lanes).toEqual([0, 1])
    const redis = server.connect()
    expect([(await journalOf(redis)).length, (await journalOf(redis, 1)).length]).toEqual([1, 1])
    await ledger.close()
  })

  test('keeps the order of one holder over several calls', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server, { connections: 8 })
    const items = Array.from({ length: 1_000 }, () => anItem())
    const values = (await ledger.commit(items)).map((outcome) => outcome.kind === 'committed' && outcome.values[0])
    expect(values).toEqual(items.map((_, index) => index + 1))
    await ledger.close()
  })

  test('starts the next millisecond when the sequence would outgrow an id', async () => {
    await using server = await RedisServer.start()
    await server.connect().xadd(laneKeys(0).journal, `${LATER}-${ENTRIES_PER_MS_MAX - 1}`, 'r', 'x')
    const ledger = await aLedger(server)
    const outcomes = [...(await ledger.commit([anItem(), anItem()])), ...(await ledger.commit([anItem()]))]
    const positions = outcomes.map((outcome) => outcome.kind === 'committed' && formatPosition(outcome.position))
    const last = ENTRIES_PER_MS_MAX * ENTRY_RECORDS_MAX
    expect(positions).toEqual([`${LATER}-${last}`, `${LATER}-${last + 1}`, `${LATER + 1}-${ENTRY_RECORDS_MAX}`])
    await ledger.close()
  })

  test.each<[string, Partial<CommitItem>]>([
    ['a step that is not a number', { proposal: aProposal([aGuard({ add: Number.NaN })]) }],
    ['a fraction', { proposal: aProposal([aGuard({ add: 0.5 })]) }],
    ['too large a step', { proposal: aProposal([aGuard({ add: GUARD_ADD_MAX + 1 })]) }],
    ['a bound that is not a number', { proposal: aProposal([aGuard({ atMost: Number.NaN })]) }],
    ['an owner that is none', { owner: -1 }],
    ['an end that is none', { proposal: aProposal([aGuard({ expiresAt: Number.POSITIVE_INFINITY })]) }],
    ['an entity with a space', { entities: ['event/1 2'] }],
    ['an entity that is no ASCII', { entities: ['event/é'] }],
    ['an entity without a name', { entities: [''] }],
    ['an entity of 101 characters', { entities: ['e'.repeat(101)] }],
    ['a key with a space', { request: { id: 'a b', fingerprint: '01' } }],
  ])('refuses %s before anything of the call is written', async (_title, members) => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    await expect(ledger.commit([anItem(), anItem(members)])).rejects.toThrow(RangeError)
    expect((await journalOf(server.connect())).length).toBe(0)
    await ledger.close()
  })

  test('refuses what does not fit its queue, and nothing of it is journalled', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    const flood = ledger.commit(new Array(QUEUE_ITEMS_MAX + 1).fill(anItem()))
    await expect(flood).rejects.toMatchObject({ code: 'overloaded', retryAfterSeconds: 1 })
    expect((await journalOf(server.connect())).length).toBe(0)
    expect(ledger.health).toEqual({ ready: true, reason: '', waiting: 0 })
    await ledger.close()
  })

  test('ends what waits before it closes, and takes nothing afterwards', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    const waiting = ledger.commit(new Array(2_000).fill(anItem()))
    await ledger.close()
    expect((await waiting).every(({ kind }) => kind === 'committed')).toBe(true)
    await expect(ledger.commit([anItem()])).rejects.toBeInstanceOf(LedgerError)
  })
})

describe.skipIf(!hasRedis)('a request key in Redis', () => {
  test('gives back the first outcome and answer, and commits nothing again', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    const item = anItem({ request: KEY, answer: 'the answer,\nof two lines' })
    const [first, again] = await ledger.commit([item, { ...item, answer: 'another' }])
    const later = await ledger.commit([item])
    const replayed = { kind: 'replayed', outcome: first, answer: 'the answer,\nof two lines' }
    expect([again, ...later]).toEqual([replayed, replayed])
    expect((await journalOf(server.connect())).length).toBe(1)
    await ledger.close()
  })

  test('conflicts with another request under the same key', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    const other = anItem({ request: { ...KEY, fingerprint: '02' } })
    expect((await ledger.commit([anItem({ request: KEY }), other]))[1]).toEqual({ kind: 'conflict' })
    expect(await ledger.commit([other])).toEqual([{ kind: 'conflict' }])
    await ledger.close()
  })

  test('remembers refusals, by rule and by guard', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    const { proposal: _none, ...byRule } = anItem({ request: KEY, answer: 'no' })
    const byGuard = anItem({ request: { ...KEY, id: 'bb' }, answer: 'full', proposal: aProposal([aGuard({ atMost: 0 })]) })
    expect(await ledger.commit([byRule, byRule, byGuard, byGuard])).toEqual([
      { kind: 'remembered' },
      { kind: 'replayed', outcome: { kind: 'remembered' }, answer: 'no' },
      { kind: 'failed', index: 0, value: 0 },
      { kind: 'replayed', outcome: { kind: 'failed', index: 0, value: 0 }, answer: 'full' },
    ])
    await ledger.close()
  })

  test('is kept to the end of the next day, and found there', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    const redis = server.connect()
    const [outcome] = await ledger.commit([anItem({ request: KEY })])
    const today = Math.floor((outcome?.kind === 'committed' ? outcome.position.ms : 0) / DAY_MS)
    const key = answersKey(0, today, KEY.id)
    expect(await redis.pexpiretime(key)).toBe((today + 2) * DAY_MS + 3_600_000)
    await redis.rename(key, answersKey(0, today - 1, KEY.id))
    expect(await ledger.commit([anItem({ request: KEY })])).toEqual([{ kind: 'replayed', outcome, answer: '' }])
    await ledger.close()
  })

  test('is not taken by a decision that was stale', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    const redis = server.connect()
    await redis.multi().set(laneKeys(0).registryVersion, 1).zadd(laneKeys(0).changed, 1, 'holder/12').exec()
    const old = anItem({ request: KEY, entities: ['holder/12'] })
    expect(await ledger.commit([old])).toEqual([{ kind: 'stale' }])
    expect(await ledger.commit([{ ...old, registryVersion: 1 }])).toMatchObject([{ kind: 'committed' }])
    await ledger.close()
  })
})

describe.skipIf(!hasRedis)('a decision on an older registry', () => {
  test.each<[string, Partial<CommitItem>, string]>([
    ['stands when it saw the present version', { registryVersion: 9, entities: ['holder/12'] }, 'committed'],
    ['stands when what it used did not change since', { registryVersion: 6, entities: ['holder/12'] }, 'committed'],
    ['stands when it used nothing', { registryVersion: 0 }, 'committed'],
    ['is stale when what it used changed since', { registryVersion: 6, entities: ['event/1', 'holder/12'] }, 'stale'],
    ['is stale when it saw a version that is still to come', { registryVersion: 10, entities: ['holder/12'] }, 'stale'],
  ])('%s', async (_title, members, kind) => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    const keys = laneKeys(0)
    await server.connect().multi().set(keys.registryVersion, 9).zadd(keys.changed, 6, 'holder/12', 9, 'event/1').exec()
    expect(await ledger.commit([anItem(members), anItem({ registryVersion: 9, entities: ['holder/12'] })])).toMatchObject([
      { kind },
      { kind: 'committed' },
    ])
    await ledger.close()
  })

  test('is stale when it is older than what is remembered of changes', async () => {
    await using server = await RedisServer.start()
    const ledger = await aLedger(server)
    const keys = laneKeys(0)
    const members = Array.from({ length: CHANGED_ENTITIES_MAX }, (_, index) => [index + 100, `holder/${index + 1_000}`]).flat()
    await server
      .connect()
      .multi()
      .set(keys.registryVersion, CHANGED_ENTITIES_MAX + 99)
      .zadd(keys.changed, ...members)
      .exec()
    const kinds = (
      await ledger.commit([99, 100].map((registryVersion) => anItem({ registryVersion, entities: ['event/1'] })))
    ).map(({ kind }) => kind)
    expect(kinds).toEqual(['stale', 'committed'])
    await ledger.close()
  })
})
