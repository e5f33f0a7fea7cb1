import {
  type CheckinCommand,
  countersOf,
  decide,
  MemoryLedger,
  type Position,
  type Proposal,
  voidCounter,
  voidTransaction,
} from '@zuil/core'
import { describe, expect, test } from 'vitest'
import { aCard, aCheckin, aHolder, aMembership, anEvent, aTransaction, NOON, someRules } from './builders.ts'

const POSITION: Position = { lane: 0, ms: NOON, sequence: 3 }
const LIMIT = { counter: 'checkins/4711', owner: 12, period: '2026-W47' }
const BALANCE = { counter: 'points', owner: 12, period: '' }

function itemOf(proposal: Proposal) {
  return { owner: 12, proposal, entities: [], registryVersion: 0 }
}

function proposalOf(command = aCheckin()): Proposal {
  const decision = decide(command, someRules())
  if (decision.kind !== 'proposed') throw new Error(`refused: ${decision.refusal.code}`)
  return decision.proposal
}

/** A ledger in which the check-in of {@link aCheckin} was committed. */
async function ledgerWithCheckin() {
  const ledger = new MemoryLedger({ clock: () => NOON })
  const [outcome] = await ledger.commit([itemOf(proposalOf())])
  if (outcome?.kind !== 'committed') throw new Error(`not committed: ${outcome?.kind}`)
  return { ledger, position: outcome.position }
}

describe('the counters of a stored transaction', () => {
  test('are what its guards added', () => {
    const unbounded = proposalOf().guards.map(({ atMost: _atMost, ...guard }) => guard)
    expect(countersOf(aTransaction())).toEqual(unbounded)
  })

  test('are the balance alone without limit', () => {
    expect(countersOf(aTransaction({ limitPeriod: '', points: 5 }))).toEqual([{ ...BALANCE, add: 5 }])
  })

  test('are none for a flagged fact', () => {
    expect(countersOf(aTransaction({ flags: ['LATE'], points: 0 }))).toEqual([])
  })
})

describe('a limit', () => {
  const permanent = anEvent({ checkinLimit: { volume: 1, period: 'WEEK' } })
  const takesAt = async (visits: readonly (readonly [instant: string, members?: Partial<CheckinCommand>])[]) => {
    const ledger = new MemoryLedger({ clock: () => NOON })
    const kinds: string[] = []
    for (const [instant, members] of visits) {
      const at = Date.parse(instant)
      const command = aCheckin({ event: permanent, now: at, occurredAt: at, ...members })
      kinds.push(...(await ledger.commit([itemOf(proposalOf(command))])).map(({ kind }) => kind))
    }
    return kinds
  }

  test('surprise 7: counts calendar weeks in Brussels, from Monday, not seven days', async () => {
    const sundayNight = '2026-11-22T23:59:59+01:00'
    expect(await takesAt([['2026-11-16T00:00:00+01:00'], [sundayNight], ['2026-11-23T00:00:00+01:00']])).toEqual([
      'committed',
      'failed',
      'committed',
    ])
  })

  test('surprise 7: is per passholder and event, with whatever card and in whatever card system', async () => {
    const day = '2026-11-18T12:00:00+01:00'
    const moved = aHolder({ memberships: [aMembership({ cardSystem: 99 })] })
    expect(
      await takesAt([
        [day],
        [day, { card: aCard({ number: 35, cardSystem: 14 }) }],
        [day, { holder: moved }],
        [day, { event: anEvent({ number: 4712, checkinLimit: { volume: 1, period: 'WEEK' } }) }],
        [day, { holder: aHolder({ number: 13 }), card: aCard({ holder: 13 }) }],
      ]),
    ).toEqual(['committed', 'failed', 'failed', 'committed', 'committed'])
  })
})

describe('a void', () => {
  test('gives back the points and the part of the limit, and repeats the transaction', async () => {
    const { ledger, position } = await ledgerWithCheckin()
    const [outcome] = await ledger.commit([itemOf(voidTransaction(position, aTransaction()))])
    expect(outcome).toMatchObject({ kind: 'committed', values: [0, 0, 1] })
    expect([ledger.value(BALANCE), ledger.value(LIMIT)]).toEqual([0, 0])
    expect(ledger.journal().at(-1)?.record).toEqual({ kind: 'void', position: `${NOON}-0`, transaction: aTransaction() })
  })

  test('makes room for the next check-in of the period', async () => {
    const { ledger, position } = await ledgerWithCheckin()
    const refused = await ledger.commit([itemOf(proposalOf())])
    await ledger.commit([itemOf(voidTransaction(position, aTransaction()))])
    const accepted = await ledger.commit([itemOf(proposalOf())])
    expect([refused[0]?.kind, accepted[0]?.kind]).toEqual(['failed', 'committed'])
  })

  test('fails the second time, and leaves the counters', async () => {
    const { ledger, position } = await ledgerWithCheckin()
    const twice = voidTransaction(position, aTransaction())
    const outcomes = await ledger.commit([itemOf(twice), itemOf(twice)])
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['committed', 'failed'])
    expect([ledger.value(BALANCE), ledger.value(LIMIT)]).toEqual([0, 0])
  })

  test('takes points back that were spent already', async () => {
    const ledger = new MemoryLedger({ clock: () => NOON })
    const [outcome] = await ledger.commit([itemOf(voidTransaction(POSITION, aTransaction({ points: 4 })))])
    expect(outcome).toMatchObject({ kind: 'committed', values: [-4, -1, 1] })
  })

  test('of a flagged fact gives nothing back', () => {
    const { guards } = voidTransaction(POSITION, aTransaction({ flags: ['LATE'], points: 0 }))
    expect(guards).toEqual([{ ...voidCounter(POSITION, 12), atMost: 1 }])
  })

  test('gives back the limit that applied then, whatever it is now', () => {
    const { guards } = voidTransaction(POSITION, aTransaction({ limitPeriod: 'MONTH' }))
    expect(guards[1]).toMatchObject({ counter: 'checkins/4711', period: '2026-11', add: -1 })
    expect(anEvent().checkinLimit?.period).toBe('WEEK')
  })
})
