import { type CommitItem, type CommitOutcome, formatPosition, type Ledger, MemoryLedger } from '@zuil/core'
import { laneOf } from '@zuil/core/contracts/redis-keys'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasRedis } from '../redis-server.ts'
import { histories, itemOf, type Standing } from './exchange-world.ts'
import { LANES, ThreeLanes } from './three-lanes.ts'

type Action = Parameters<typeof itemOf>[0]

/** A void stands in the lane of what it voids, as VoidDesk sees to. */
function atHome(item: CommitItem, standing: readonly Standing[]): CommitItem {
  const record = item.proposal?.record
  if (record?.kind !== 'void') return item
  const voided = standing.find(
    ({ position, transaction }) =>
      formatPosition(position) === record.position && transaction.holder === record.transaction.holder,
  )
  const lane = voided?.position.lane ?? 0
  return laneOf(item.owner, LANES) === lane ? item : { ...item, owner: lane }
}

async function commitOne(ledger: Ledger, action: Action, standing: Standing[]): Promise<CommitOutcome | undefined> {
  const item = itemOf(action, standing)
  if (!item) return undefined
  const [outcome] = await ledger.commit([atHome(item, standing)])
  if (outcome?.kind !== 'committed') return outcome
  const entry = outcome.otherwise ? (item.proposal?.otherwise ?? item.proposal) : item.proposal
  for (const [n, record] of [entry?.record, ...(entry?.further ?? [])].entries()) {
    const position = { ...outcome.position, sequence: outcome.position.sequence + n }
    if (record?.kind === 'transaction') standing.push({ position, transaction: record.transaction })
  }
  return outcome
}

/** All but the instant, which is the clock's. */
function essence(outcome: CommitOutcome | undefined): unknown {
  if (outcome?.kind === 'committed') return { ...outcome, position: outcome.position.lane }
  return outcome?.kind === 'replayed' ? { ...outcome, outcome: essence(outcome.outcome) } : outcome
}

test.skipIf(!hasRedis)(
  'check-ins, tickets, redemptions, grants, bonuses, facts and voids over three lanes end in Redis as in memory',
  async () => {
    await using lanes = await ThreeLanes.start()
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        await lanes.redis.flushall()
        let now = 0
        const model = new MemoryLedger({ clock: () => ++now, lanes: LANES })
        const standing: { readonly model: Standing[]; readonly real: Standing[] } = { model: [], real: [] }
        for (const action of history) {
          const [expected, actual] = await Promise.all([
            commitOne(model, action, standing.model),
            commitOne(lanes.ledger, action, standing.real),
          ])
          expect(essence(actual)).toEqual(essence(expected))
        }
        expect(await lanes.reserved()).toBe(0)
        expect(await lanes.journals()).toEqual(Array.from({ length: LANES }, (_, lane) => model.journal(lane).length))
      }),
      { numRuns: 20, interruptAfterTimeLimit: 15_000 },
    )
  },
)
