import { type CommitItem, countersOf, parsePosition, type Transaction, voidCounter, voidTransaction } from '@zuil/core'
import { decodeRecord } from '@zuil/core/contracts/journal'
import { counterPlace } from '@zuil/core/contracts/redis-keys'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { journalOf } from '../journal.ts'
import { hasRedis } from '../redis-server.ts'
import { anItem, aTransaction } from './builders.ts'
import { LANES, ThreeLanes } from './three-lanes.ts'

const HOLDERS = [12, 13, 14]
const REWARDS = [5, 6]
const UNITS = 3

interface Act {
  readonly who: number
  readonly reward: number
  /** Takes the latest redemption back instead. */
  readonly isVoid: boolean
  readonly dies: ThreeLanes['mortal']['dies']
  /** Sweeps while it is under way, as if its time were over. */
  readonly isSwept: boolean
}

const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.record({
    who: fc.constantFrom(...HOLDERS),
    reward: fc.constantFrom(...REWARDS),
    isVoid: fc.boolean(),
    dies: fc.constantFrom('never' as const, 'never' as const, 'before a commit' as const, 'after a commit' as const),
    isSwept: fc.boolean(),
  }),
  { minLength: 1, maxLength: 25 },
)

function redemption(holder: number, rewardNumber: number): { readonly item: CommitItem; readonly transaction: Transaction } {
  const exchange = {
    ...{ reward: 'a', rewardNumber, tariff: '', label: '', regularPrice: 0, price: 0, organizerShare: 0 },
    ...{ localGovernmentShare: 0, flemishGovernmentShare: 0, distributionKey: 0, takes: ['~stock ABSOLUTE'] as const },
  }
  const transaction = aTransaction({ kind: 'REDEMPTION', holder, points: -1, limitPeriod: '', exchange })
  const [points, stock] = countersOf(transaction)
  if (!points || !stock) throw new Error('A redemption takes points and stock')
  const guards = [
    { ...stock, atMost: UNITS },
    { ...points, atLeast: 0 },
  ]
  const proposal = { guards, record: { kind: 'transaction', transaction } as const }
  return { transaction, item: anItem({ owner: holder, proposal }) }
}

/** Counters as the journals say that they must stand. */
async function expectedCounters({ redis }: ThreeLanes): Promise<ReadonlyMap<string, number>> {
  const counters = new Map<string, number>()
  for (let lane = 0; lane < LANES; lane++) {
    for (const { text } of await journalOf(redis, lane)) {
      const record = decodeRecord(text)
      if (record.kind !== 'transaction' && record.kind !== 'void') continue
      const position = record.kind === 'void' ? parsePosition(lane, record.position) : undefined
      const taken = countersOf(record.transaction).map((guard) => ({ ...guard, add: position ? -guard.add : guard.add }))
      for (const guard of position ? [...taken, voidCounter(position, record.transaction.holder)] : taken) {
        const { key, field } = counterPlace(LANES, guard)
        const name = `${key} ${field}`
        counters.set(name, (counters.get(name) ?? 0) + guard.add)
      }
    }
  }
  return new Map([...counters].filter(([, value]) => value !== 0))
}

async function actualCounters({ redis }: ThreeLanes): Promise<ReadonlyMap<string, number>> {
  const counters = new Map<string, number>()
  for (const key of await redis.keys('zuil:{*}:n::*')) {
    for (const [field, value] of Object.entries(await redis.hgetall(key))) counters.set(`${key} ${field}`, Number(value))
  }
  for (const key of await redis.keys('zuil:{*}:b:*')) {
    const values = new BigInt64Array(new Uint8Array((await redis.getBuffer(key))?.toReversed() ?? []).buffer).toReversed()
    for (const [place, value] of values.entries()) counters.set(`${key} #${place}`, Number(value))
  }
  return new Map([...counters].filter(([, value]) => value !== 0))
}

test.skipIf(!hasRedis)(
  'whatever dies or is swept too early, in the end every counter is what the journals of all lanes say, and no stock is exceeded',
  async () => {
    await using lanes = await ThreeLanes.start()
    await fc.assert(
      fc.asyncProperty(acts, async (all) => {
        await lanes.redis.flushall()
        lanes.mortal.dies = 'never'
        for (const owner of HOLDERS) {
          const transaction = aTransaction({ kind: 'BONUS', holder: owner, points: 4, limitPeriod: '' })
          const proposal = { guards: countersOf(transaction), record: { kind: 'transaction', transaction } as const }
          await lanes.commitOne(anItem({ owner, proposal }))
        }
        const sold: { readonly owner: number; readonly item: CommitItem }[] = []
        for (const { who, reward, isVoid, dies, isSwept } of all) {
          const last = isVoid ? sold.at(-1) : undefined
          const { item, transaction } = redemption(who, reward)
          lanes.mortal.dies = dies
          const [outcome] = await Promise.all([
            lanes.commitOne(last?.item ?? item).catch(() => undefined),
            isSwept ? lanes.sweeper.sweep() : undefined,
          ])
          lanes.mortal.dies = 'never'
          if (!last && outcome?.kind === 'committed') {
            sold.push({ owner: who, item: anItem({ owner: who, proposal: voidTransaction(outcome.position, transaction) }) })
          }
        }
        await lanes.sweeper.sweep()
        expect(await lanes.reserved()).toBe(0)
        const actual = await actualCounters(lanes)
        expect(actual).toEqual(await expectedCounters(lanes))
        for (const [name, value] of actual) {
          if (name.endsWith(':stock')) expect(value).toBeLessThanOrEqual(UNITS)
          if (name.endsWith(':points')) expect(value).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 120 },
    )
  },
)
