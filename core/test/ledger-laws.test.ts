import {
  type CheckinCommand,
  type CommitOutcome,
  countersOf,
  decide,
  type Event,
  type Guard,
  MemoryLedger,
  PERIOD_TYPES,
  type Position,
  periodBucket,
  type Transaction,
  voidTransaction,
} from '@zuil/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aCard, aCheckin, aHolder, anEvent, someRules } from './builders.ts'

const RULES = someRules()
const HOUR_MS = 3_600_000

/** Both nights on which clocks change, a change of year and week, and an ordinary day. */
const MOMENTS = ['2026-03-28T22:00:00Z', '2026-10-24T21:00:00Z', '2026-12-31T22:00:00Z', '2026-11-21T11:00:00Z'].map((text) =>
  Date.parse(text),
)

const HOLDERS = [1, 2, 65].map((number) => ({ holder: aHolder({ number }), card: aCard({ number, holder: number }) }))
const EVENTS: readonly Event[] = PERIOD_TYPES.map((period, index) =>
  anEvent({ number: index + 1, checkinPoints: index, checkinLimit: { volume: 1 + (index % 2), period } }),
)

/** One thing that somebody does: check in, bring a fact, or take back an earlier check-in. */
type Step =
  | { readonly kind: 'checkin'; readonly command: CheckinCommand; readonly joined: boolean }
  | { readonly kind: 'void'; readonly which: number; readonly joined: boolean }

const checkinSteps: fc.Arbitrary<Step> = fc
  .record({
    holder: fc.constantFrom(...HOLDERS),
    event: fc.constantFrom(...EVENTS),
    moment: fc.constantFrom(...MOMENTS),
    laterMs: fc.integer({ min: 0, max: 6 * HOUR_MS }),
    channel: fc.constantFrom('COUNTER' as const, 'KIOSK' as const, 'BATCH' as const),
    joined: fc.boolean(),
  })
  .map(({ holder, event, moment, laterMs, channel, joined }) => {
    const occurredAt = moment + laterMs
    return { kind: 'checkin', joined, command: aCheckin({ ...holder, event, channel, occurredAt, now: occurredAt }) }
  })
const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: checkinSteps },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('void' as const), which: fc.nat(30), joined: fc.boolean() }) },
  ),
  { minLength: 1, maxLength: 60 },
)

interface Stored {
  readonly position: Position
  readonly transaction: Transaction
}

/** Runs the steps; those that are joined go in one batch with the step before, all others are calls that overlap. */
async function run(all: readonly Step[]): Promise<{ ledger: MemoryLedger; outcomes: readonly CommitOutcome[] }> {
  let now = 0
  // The counters of limits live by the ledger's clock, which here never reaches their end.
  const ledger = new MemoryLedger({ clock: () => ++now, lanes: 2 })
  const calls: Promise<readonly CommitOutcome[]>[] = []
  let batch: Parameters<MemoryLedger['commit']>[0][number][] = []
  for (const step of all) {
    const item = itemOf(step, ledger)
    if (!step.joined && batch.length > 0) {
      calls.push(ledger.commit(batch))
      batch = []
    }
    if (item) batch.push(item)
  }
  calls.push(ledger.commit(batch))
  return { ledger, outcomes: (await Promise.all(calls)).flat() }
}

function itemOf(step: Step, ledger: MemoryLedger) {
  if (step.kind === 'void') {
    const stored = transactionsOf(ledger)[step.which]
    if (!stored) return undefined
    const proposal = voidTransaction(stored.position, stored.transaction)
    return { owner: stored.transaction.holder, proposal, entities: [], registryVersion: 0 }
  }
  const decision = decide(step.command, RULES)
  if (decision.kind !== 'proposed') throw new Error(`refused: ${decision.refusal.code}`)
  return { owner: step.command.holder?.number ?? 0, proposal: decision.proposal, entities: [], registryVersion: 0 }
}

function recordsOf(ledger: MemoryLedger) {
  return [...ledger.journal(0), ...ledger.journal(1)]
}

function transactionsOf(ledger: MemoryLedger): readonly Stored[] {
  return recordsOf(ledger).flatMap(({ position, record }) =>
    record.kind === 'transaction' ? [{ position, transaction: record.transaction }] : [],
  )
}

/** Transactions that were not taken back. */
function standingOf(ledger: MemoryLedger): readonly Transaction[] {
  const voided = new Set(
    recordsOf(ledger).flatMap(({ position, record }) => (record.kind === 'void' ? [`${position.lane}/${record.position}`] : [])),
  )
  return transactionsOf(ledger)
    .filter(({ position }) => !voided.has(`${position.lane}/${position.ms}-${position.sequence}`))
    .map(({ transaction }) => transaction)
}

describe('in any interleaving of check-ins, facts and voids', () => {
  test('no limit of any period is exceeded', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const { ledger } = await run(all)
        const taken = new Map<string, number>()
        for (const { holder, eventNumber, occurredAt, limitPeriod, flags } of standingOf(ledger)) {
          if (limitPeriod === '' || flags.length > 0) continue
          const bucket = `${holder} ${eventNumber} ${periodBucket(limitPeriod, occurredAt).key}`
          taken.set(bucket, (taken.get(bucket) ?? 0) + 1)
        }
        for (const [bucket, count] of taken) {
          const event = EVENTS.find(({ number }) => number === Number(bucket.split(' ')[1]))
          expect(count).toBeLessThanOrEqual(event?.checkinLimit?.volume ?? 0)
        }
      }),
    )
  })

  test('a balance is the sum of its transactions that were not taken back', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const { ledger } = await run(all)
        for (const { holder } of HOLDERS) {
          const sum = standingOf(ledger)
            .filter((transaction) => transaction.holder === holder.number)
            .reduce((total, { points }) => total + points, 0)
          expect(ledger.value({ counter: 'points', owner: holder.number, period: '' })).toBe(sum)
        }
      }),
    )
  })

  test('every counter can be rebuilt from what is stored', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const { ledger } = await run(all)
        const rebuilt = new Map<string, { guard: Guard; value: number }>()
        for (const guard of standingOf(ledger).flatMap(countersOf)) {
          const key = `${guard.counter} ${guard.owner} ${guard.period}`
          rebuilt.set(key, { guard, value: (rebuilt.get(key)?.value ?? 0) + guard.add })
        }
        for (const { guard, value } of rebuilt.values()) expect(ledger.value(guard)).toBe(value)
      }),
    )
  })

  test('a transaction is taken back once at most', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const { ledger } = await run(all)
        const voids = recordsOf(ledger).flatMap(({ position, record }) =>
          record.kind === 'void' ? [`${position.lane}/${record.position}`] : [],
        )
        expect(new Set(voids).size).toBe(voids.length)
      }),
    )
  })

  test('a fact never vanishes', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const { ledger } = await run(all)
        const facts = all.filter((step) => step.kind === 'checkin' && step.command.channel === 'BATCH').length
        expect(transactionsOf(ledger).filter(({ transaction }) => transaction.channel === 'BATCH')).toHaveLength(facts)
      }),
    )
  })

  test('what is committed is in the journal, and nothing else is', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const { ledger, outcomes } = await run(all)
        const committed = outcomes.filter((outcome) => outcome.kind === 'committed')
        expect(committed).toHaveLength(recordsOf(ledger).length)
      }),
    )
  })
})
