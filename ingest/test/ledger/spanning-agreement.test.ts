import { type CommitItem, type CommitOutcome, type Guard, MemoryLedger } from '@zuil/core'
import { laneKeys, laneOf } from '@zuil/core/contracts/redis-keys'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { counterOf } from '../counter.ts'
import { journalOf } from '../journal.ts'
import { hasRedis, RedisServer } from '../redis-server.ts'
import { until } from '../until.ts'
import { aTransaction, LATER } from './builders.ts'

/** Of every lane at least one, and two that share a hash. */
const OWNERS = [1, 2, 3, 4, 65]
const COUNTERS = [
  { counter: 'points', period: '' },
  { counter: 'stock', period: '' },
  { counter: 'sales/1', period: '2026-W47', expiresAt: LATER },
]

type Step =
  | { readonly kind: 'commit'; readonly item: CommitItem }
  | { readonly kind: 'change'; readonly lane: number; readonly entity: string }

const guards: fc.Arbitrary<Guard> = fc
  .record({
    counter: fc.constantFrom(...COUNTERS),
    owner: fc.constantFrom(...OWNERS),
    add: fc.integer({ min: -2, max: 2 }),
    atMost: fc.option(fc.integer({ min: -1, max: 3 }), { nil: undefined }),
    atLeast: fc.option(fc.integer({ min: -3, max: 1 }), { nil: undefined }),
  })
  .map(({ counter, owner, add, atMost, atLeast }) => ({
    ...counter,
    owner,
    add,
    ...(atMost !== undefined && { atMost }),
    ...(atLeast !== undefined && { atLeast }),
  }))

const items = (lanes: number): fc.Arbitrary<CommitItem> =>
  fc.constantFrom(...OWNERS).chain((owner) =>
    fc
      .record({
        guards: fc.option(fc.array(guards, { maxLength: 6 }), { nil: undefined, freq: 9 }),
        further: fc.integer({ min: 0, max: 2 }),
        request: fc.option(fc.record({ key: fc.integer({ min: 0, max: 3 }), fingerprint: fc.constantFrom('01', '02') }), {
          nil: undefined,
        }),
        entities: fc.subarray([...OWNERS.map((each) => `holder/${each}`), 'event/1']),
        registryVersion: fc.integer({ min: 0, max: 3 }),
        versions: fc.uniqueArray(fc.record({ lane: fc.nat(lanes - 1), registryVersion: fc.integer({ min: 0, max: 3 }) }), {
          selector: ({ lane }) => lane,
        }),
        answer: fc.string({ maxLength: 8 }),
      })
      .map(({ guards, further, request, entities, registryVersion, versions, answer }) => {
        const key = request ?? (guards ? undefined : { key: 9, fingerprint: '01' })
        const record = { kind: 'transaction', transaction: aTransaction({ holder: owner }) } as const
        const furtherVersions = versions.filter(({ lane }) => lane !== laneOf(owner, lanes))
        return {
          owner,
          entities,
          registryVersion,
          ...(furtherVersions.length > 0 && { furtherVersions }),
          ...(guards && { proposal: { guards, record, further: Array.from({ length: further }, () => record) } }),
          ...(key && { request: { id: `${owner}${key.key}`, fingerprint: key.fingerprint }, answer }),
        }
      }),
  )

const steps = (lanes: number): fc.Arbitrary<readonly Step[]> =>
  fc.array(
    fc.oneof(
      { weight: 8, arbitrary: items(lanes).map((item) => ({ kind: 'commit' as const, item })) },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('change' as const),
          lane: fc.nat(lanes - 1),
          entity: fc.constantFrom('event/1', ...OWNERS.map((owner) => `holder/${owner}`)),
        }),
      },
    ),
    { minLength: 1, maxLength: 40 },
  )

/** What both must agree on: all but the instant of the position, which is the clock's. */
function essence(outcome: CommitOutcome | undefined): unknown {
  if (outcome?.kind === 'committed') {
    return { kind: outcome.kind, lane: outcome.position.lane, values: outcome.values, otherwise: outcome.otherwise }
  }
  return outcome?.kind === 'replayed' ? { ...outcome, outcome: essence(outcome.outcome) } : outcome
}

test.skipIf(!hasRedis).each([1, 3])(
  'entries over %i lanes end in Redis as in memory, whatever their guards, keys and versions',
  async (lanes) => {
    await using server = await RedisServer.start()
    const redis = server.connect()
    const real = openLedger({ connect: server.connect, lanes, connections: 2, now: Date.now })
    await real.start()
    await fc.assert(
      fc.asyncProperty(steps(lanes), async (all) => {
        await redis.flushall()
        let now = 0
        const model = new MemoryLedger({ clock: () => ++now, lanes })
        for (const step of all) {
          if (step.kind === 'change') {
            const keys = laneKeys(step.lane)
            const version = model.change(step.lane, step.entity)
            await redis.multi().set(keys.registryVersion, version).zadd(keys.changed, version, step.entity).exec()
            continue
          }
          const [[expected], [actual]] = await Promise.all([model.commit([step.item]), real.ledger.commit([step.item])])
          expect(essence(actual)).toEqual(essence(expected))
        }
        for (const owner of OWNERS) {
          for (const { counter, period } of COUNTERS) {
            expect(await counterOf(redis, lanes, { counter, owner, period })).toBe(model.value({ counter, owner, period }))
          }
        }
        for (let lane = 0; lane < lanes; lane++) {
          expect(await journalOf(redis, lane)).toHaveLength(model.journal(lane).length)
          const { reserved } = laneKeys(lane)
          await until('every reservation is ended', async () => (await redis.hlen(reserved)) === 0)
        }
      }),
      { numRuns: 150 },
    )
    await real.close()
  },
)
