import {
  bonusProposal,
  type CommitItem,
  countersOf,
  decideRedemption,
  grantProposal,
  MemoryLedger,
  PERIOD_TYPES,
  type Position,
  type Proposal,
  periodBucket,
  type Reward,
  type Transaction,
  voidTransaction,
} from '@zuil/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aCard, aHolder, aRedemption, aReward, NOON } from './builders.ts'

const DAY_MS = 86_400_000
const HOLDERS = [1, 2, 65].map((number) => ({ holder: aHolder({ number }), card: aCard({ number, holder: number }) }))
const REWARDS: readonly Reward[] = [
  ...PERIOD_TYPES.map((period, index) =>
    aReward({ id: `p${index}`, number: index + 1, points: index, unitsMax: 3 + index, redeemLimit: { volume: 2, period } }),
  ),
  aReward({ id: 'unlimited', number: 20, points: 1 }),
  aReward({ id: 'welcome', number: 21, type: 'WELCOME', points: 0, unitsMax: 2 }),
]

type Step =
  | { readonly kind: 'redeem' | 'grant'; readonly who: number; readonly reward: Reward; readonly now: number }
  | { readonly kind: 'bonus'; readonly who: number; readonly points: number; readonly id: number }
  | { readonly kind: 'void'; readonly which: number }

const who = fc.nat(HOLDERS.length - 1)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('redeem' as const, 'redeem' as const, 'grant' as const),
      who,
      reward: fc.constantFrom(...REWARDS),
      now: fc.integer({ min: 0, max: 40 }).map((days) => NOON + days * DAY_MS),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('bonus' as const), who, points: fc.integer({ min: 1, max: 9 }), id: fc.nat(4) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('void' as const), which: fc.nat(30) }) },
)
const steps = fc.array(fc.record({ step, joined: fc.boolean() }), { minLength: 1, maxLength: 60 })

/** Steps that are joined go in one batch with those before; the others are calls that overlap. */
async function run(all: readonly { readonly step: Step; readonly joined: boolean }[]): Promise<MemoryLedger> {
  let now = 0
  const ledger = new MemoryLedger({ clock: () => ++now })
  const calls: Promise<unknown>[] = []
  let batch: CommitItem[] = []
  for (const { step, joined } of all) {
    const item = itemOf(step, ledger)
    if (!joined && batch.length > 0) {
      calls.push(ledger.commit(batch))
      batch = []
    }
    if (item) batch.push(item)
  }
  calls.push(ledger.commit(batch))
  await Promise.all(calls)
  return ledger
}

function itemOf(step: Step, ledger: MemoryLedger): CommitItem | undefined {
  if (step.kind === 'void') {
    const stored = transactionsOf(ledger)[step.which]
    return stored && { ...BARE, owner: stored.transaction.holder, proposal: voidTransaction(stored.position, stored.transaction) }
  }
  const { holder, card } = HOLDERS[step.who] ?? { holder: aHolder(), card: aCard() }
  return { ...BARE, owner: holder.number, proposal: proposalOf(step, holder, card) }
}

const BARE = { entities: [], registryVersion: 0 }

function proposalOf(
  step: Exclude<Step, { kind: 'void' }>,
  ...[holder, card]: [ReturnType<typeof aHolder>, ReturnType<typeof aCard>]
): Proposal {
  switch (step.kind) {
    case 'bonus': {
      const bonus = { id: `b${step.id}`, to: { passholderId: 'x' }, points: step.points, label: 'x', programme: 'uitpas' }
      return bonusProposal({ now: NOON, bonus, holder, card })
    }
    case 'grant':
      return grantProposal({ now: step.now, reward: { ...step.reward, type: 'WELCOME', points: 0 }, holder, card })
    case 'redeem': {
      const decision = decideRedemption(aRedemption({ now: step.now, reward: step.reward, holder, card }))
      if (decision.kind !== 'proposed') throw new Error(`refused: ${decision.refusal.code}`)
      return decision.proposal
    }
  }
}

interface Stored {
  readonly position: Position
  readonly transaction: Transaction
}

function transactionsOf(ledger: MemoryLedger): readonly Stored[] {
  return ledger
    .journal()
    .flatMap(({ position, record }) => (record.kind === 'transaction' ? [{ position, transaction: record.transaction }] : []))
}

/** Transactions that were not taken back. */
function standingOf(ledger: MemoryLedger): readonly Transaction[] {
  const voided = new Set(ledger.journal().flatMap(({ record }) => (record.kind === 'void' ? [record.position] : [])))
  return transactionsOf(ledger)
    .filter(({ position }) => !voided.has(`${position.ms}-${position.sequence}`))
    .map(({ transaction }) => transaction)
}

function countBy(transactions: readonly Transaction[], keyOf: (transaction: Transaction) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const transaction of transactions) counts.set(keyOf(transaction), (counts.get(keyOf(transaction)) ?? 0) + 1)
  return counts
}

describe('in any interleaving of redemptions, grants, bonuses and voids', () => {
  test('no redemption takes a balance below zero', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const ledger = await run(all)
        const balances = new Map<number, number>()
        for (const { record } of ledger.journal()) {
          if (record.kind !== 'transaction' && record.kind !== 'void') continue
          const { holder, points, kind } = record.transaction
          const after = (balances.get(holder) ?? 0) + (record.kind === 'void' ? -points : points)
          // Only taking back points that were spent leads below zero.
          if (record.kind === 'transaction' && kind === 'REDEMPTION' && points < 0) expect(after).toBeGreaterThanOrEqual(0)
          balances.set(holder, after)
        }
        for (const [holder, balance] of balances)
          expect(ledger.value({ counter: 'points', owner: holder, period: '' })).toBe(balance)
      }),
    )
  })

  test('no stock and no volume of a person is exceeded, and every grant and bonus is given once', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const standing = standingOf(await run(all))
        const taking = standing.filter(({ exchange }) => exchange?.takes.includes('~stock ABSOLUTE'))
        for (const [id, units] of countBy(taking, ({ exchange }) => exchange?.reward ?? '')) {
          expect(units).toBeLessThanOrEqual(REWARDS.find((reward) => reward.id === id)?.unitsMax ?? Number.POSITIVE_INFINITY)
        }
        for (const reward of REWARDS) {
          const mine = standing.filter(({ kind, exchange }) => kind === 'REDEMPTION' && exchange?.reward === reward.id)
          const { volume, period } = (reward.type === 'POINTS' && reward.redeemLimit) || {
            volume: 1,
            period: 'ABSOLUTE' as const,
          }
          if (reward.type === 'POINTS' && !reward.redeemLimit) continue
          for (const count of countBy(
            mine,
            ({ holder, occurredAt }) => `${holder} ${periodBucket(period, occurredAt).key}`,
          ).values()) {
            expect(count).toBeLessThanOrEqual(volume)
          }
        }
        const once = standing.filter(({ kind }) => kind === 'GRANT' || kind === 'BONUS')
        for (const count of countBy(once, ({ holder, exchange }) => `${holder} ${exchange?.takes[0]}`).values()) {
          // Grants of different rewards have different first takes.
          expect(count).toBe(1)
        }
      }),
    )
  })

  test('what is taken back gives back exactly what was taken: the counters are those of what stands', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const ledger = await run(all)
        const expected = new Map<string, number>()
        const keyOf = (guard: { counter: string; owner: number; period: string }) =>
          `${guard.owner} ${guard.counter} ${guard.period}`
        for (const { transaction } of transactionsOf(ledger)) {
          for (const guard of countersOf(transaction)) expected.set(keyOf(guard), 0)
        }
        for (const transaction of standingOf(ledger)) {
          for (const guard of countersOf(transaction)) expected.set(keyOf(guard), (expected.get(keyOf(guard)) ?? 0) + guard.add)
        }
        for (const [key, value] of expected) {
          const [owner, counter = '', period = ''] = key.split(' ')
          expect([key, ledger.value({ counter, owner: Number(owner), period })]).toEqual([key, value])
        }
      }),
    )
  })
})
