import { type CommitItem, type CommitOutcome, type Entry, type Guard, MemoryLedger } from '@zuil/core'
import { laneKeys } from '@zuil/core/contracts/redis-keys'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RedisLedger } from '../../src/ledger/redis-ledger.ts'
import { counterOf } from '../counter.ts'
import { journalOf } from '../journal.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'
import { aTransaction, LATER } from './builders.ts'

const LANES = 2
const OWNERS = [1, 2, 65, 66]
const COUNTERS = [
  { counter: 'points', period: '' },
  { counter: 'checkins/1', period: '2026-11-21', expiresAt: LATER },
  { counter: 'checkins/2', period: '2026-11-21', expiresAt: LATER },
]

type Step =
  | { readonly kind: 'commit'; readonly items: readonly CommitItem[] }
  | { readonly kind: 'change'; readonly lane: number; readonly entity: string }

const guards = (owner: number, isBounded: boolean): fc.Arbitrary<Guard> =>
  fc
    .record({
      counter: fc.constantFrom(...COUNTERS),
      add: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(-1_000_000, 1_000_000)),
      atMost: fc.option(fc.integer({ min: -2, max: 4 }), { nil: undefined }),
      atLeast: fc.option(fc.integer({ min: -4, max: 2 }), { nil: undefined }),
    })
    .map(({ counter, add, atMost, atLeast }) => ({
      ...counter,
      owner,
      add,
      ...(isBounded && atMost !== undefined && { atMost }),
      ...(isBounded && atLeast !== undefined && { atLeast }),
    }))

const entries = (owner: number, isBounded: boolean): fc.Arbitrary<Entry> =>
  fc.array(guards(owner, isBounded), { maxLength: 4 }).map((all) => ({
    guards: all,
    record: { kind: 'transaction', transaction: aTransaction({ holder: owner, points: all.length }) },
  }))

function furtherOf(owner: number, count: number): Pick<Entry, 'further'> {
  if (count === 0) return {}
  const transactions = Array.from({ length: count }, (_, n) => aTransaction({ holder: owner, points: -n }))
  return { further: transactions.map((transaction) => ({ kind: 'transaction', transaction })) }
}

const items: fc.Arbitrary<CommitItem> = fc.constantFrom(...OWNERS).chain((owner) =>
  fc
    .record({
      entry: fc.option(entries(owner, true), { nil: undefined, freq: 9 }),
      otherwise: fc.option(entries(owner, false), { nil: undefined }),
      further: fc.integer({ min: 0, max: 3 }),
      // A key belongs to one owner: the order of two owners is not decided by the ledger.
      request: fc.option(fc.record({ key: fc.integer({ min: 0, max: 3 }), fingerprint: fc.constantFrom('01', '02') }), {
        nil: undefined,
      }),
      entities: fc.subarray([`holder/${owner}`, 'event/1']),
      registryVersion: fc.integer({ min: 0, max: 4 }),
      answer: fc.string({ maxLength: 8 }),
    })
    .map(({ entry, otherwise, further, request, entities, registryVersion, answer }) => {
      const key = request ?? (entry ? undefined : { key: 9, fingerprint: '01' })
      return {
        owner,
        entities,
        registryVersion,
        ...(entry && { proposal: { ...entry, ...(otherwise ? { otherwise } : furtherOf(owner, further)) } }),
        ...(key && { request: { id: `${owner}${key.key}`, fingerprint: key.fingerprint }, answer }),
      }
    }),
)

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('commit' as const), items: fc.array(items, { maxLength: 12 }) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('change' as const),
        lane: fc.nat(LANES - 1),
        entity: fc.constantFrom('event/1', ...OWNERS.map((owner) => `holder/${owner}`)),
      }),
    },
  ),
  { minLength: 1, maxLength: 15 },
)

/** What both must agree on: all but the position, which is the clock's. */
function essence(outcome: CommitOutcome): unknown {
  if (outcome.kind === 'committed') return { kind: outcome.kind, values: outcome.values, otherwise: outcome.otherwise }
  return outcome.kind === 'replayed' ? { ...outcome, outcome: essence(outcome.outcome) } : outcome
}

test.skipIf(!hasRedis)(
  'Redis and memory give the same outcomes, counters and journals for every sequence of commands',
  async () => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    const real = new RedisLedger({ connect: server.connect, lanes: LANES, connections: 3 })
    await real.start()
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        await redis.flushall()
        let now = 0
        const model = new MemoryLedger({ clock: () => ++now, lanes: LANES })
        for (const step of all) {
          if (step.kind === 'change') {
            const keys = laneKeys(step.lane)
            const version = model.change(step.lane, step.entity)
            await redis.multi().set(keys.registryVersion, version).zadd(keys.changed, version, step.entity).exec()
            continue
          }
          const [expected, actual] = await Promise.all([model.commit(step.items), real.commit(step.items)])
          expect(actual.map(essence)).toEqual(expected.map(essence))
        }
        await expectSameState(model, redis)
      }),
      { numRuns: 300 },
    )
    await real.close()
  },
)

async function expectSameState(model: MemoryLedger, redis: ReturnType<RedisServer['connect']>): Promise<void> {
  for (const owner of OWNERS) {
    for (const { counter, period } of COUNTERS) {
      expect(await counterOf(redis, LANES, { counter, owner, period })).toBe(model.value({ counter, owner, period }))
    }
  }
  for (let lane = 0; lane < LANES; lane++) expect((await journalOf(redis, lane)).length).toBe(model.journal(lane).length)
}
