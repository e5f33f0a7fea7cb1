import { MemoryLedger, type Proposal } from '@zuil/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CompactLedger } from '../../../population/history/compact-ledger.ts'

const OWNERS = 3
const PROGRAMMES = ['uitpas', 'beleefpas']

const guard = fc
  .record({
    counter: fc.constantFrom('points', 'points/beleefpas', 'checkins/7', 'stock'),
    owner: fc.integer({ min: 1, max: OWNERS }),
    period: fc.constantFrom('', '2025-03-01', '2025-W09'),
    add: fc.integer({ min: -3, max: 3 }),
    atMost: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
    atLeast: fc.option(fc.integer({ min: -2, max: 0 }), { nil: undefined }),
  })
  .map(({ atMost, atLeast, ...rest }) => ({
    ...rest,
    ...(atMost === undefined ? {} : { atMost }),
    ...(atLeast === undefined ? {} : { atLeast }),
    // all guards of one period agree on its end, as those of core do
    ...(rest.period === '' ? {} : { expiresAt: rest.period.length === 10 ? 5_000 : 90_000_000 }),
  }))
const record = { kind: 'refusals', minute: 0, counts: [] } as const
const entry = fc.array(guard, { maxLength: 4 }).map((guards) => ({ guards, record }))
const proposal: fc.Arbitrary<Proposal> = fc
  .tuple(entry, fc.option(entry, { nil: undefined }))
  .map(([first, otherwise]) => (otherwise ? { ...first, otherwise } : first))
const steps = fc.array(fc.tuple(proposal, fc.integer({ min: 0, max: 40_000_000 })), { maxLength: 30 })

test('the ledger of the history decides, counts and numbers as the ledger of core does', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (commits) => {
      let now = 1_000
      const memory = new MemoryLedger({ clock: () => now })
      const compact = new CompactLedger({ owners: OWNERS, programmes: PROGRAMMES })
      for (const [proposed, passed] of commits) {
        now += passed
        const [wanted] = await memory.commit([{ owner: 1, proposal: proposed, entities: [], registryVersion: 0 }])
        const got = compact.commit(proposed, now)
        if (wanted?.kind === 'failed') expect(got).toEqual(wanted)
        if (wanted?.kind !== 'committed') continue
        expect(got).toMatchObject({ kind: 'committed', position: wanted.position })
        const journalled = got.kind === 'committed' ? got.entry : proposed
        expect(journalled === proposed.otherwise).toBe(wanted.otherwise)
        expect(journalled.guards.map((one) => compact.value(one, now))).toEqual(journalled.guards.map((one) => memory.value(one)))
      }
    }),
    { numRuns: 300 },
  )
})

test('a period that is over is forgotten', () => {
  const ledger = new CompactLedger({ owners: 1, programmes: [] })
  const taken = { counter: 'checkins/1', owner: 1, period: '2025-03-01', add: 1, expiresAt: 2_000 }
  ledger.commit({ guards: [taken], record }, 1_000)
  expect([ledger.value(taken, 1_999), ledger.value(taken, 2_000)]).toEqual([1, 0])
})
