import { type CommitItem, type Guard, MemoryLedger, type Proposal, REQUEST_KEPT_MS } from '@zuil/core'
import { CHANGED_ENTITIES_MAX } from '@zuil/core/contracts/redis-keys'
import { describe, expect, test } from 'vitest'
import { aTransaction, NOON } from './builders.ts'

function aClock() {
  const clock = { now: NOON, tick: () => clock.now }
  return clock
}

function aGuard(members: Partial<Guard> = {}): Guard {
  return { counter: 'points', owner: 12, period: '', add: 1, ...members }
}

function aProposal(guards: readonly Guard[], members: Partial<Proposal> = {}): Proposal {
  return { guards, record: { kind: 'transaction', transaction: aTransaction() }, ...members }
}

function anItem(members: Partial<CommitItem> = {}): CommitItem {
  return { owner: 12, proposal: aProposal([aGuard()]), entities: [], registryVersion: 0, ...members }
}

const KEY = { id: 'aa', fingerprint: '01' }

describe('the ledger in memory', () => {
  test('applies the guards of an item whole or not at all', async () => {
    const ledger = new MemoryLedger({ clock: () => NOON })
    const guards = [aGuard({ add: 3 }), aGuard({ counter: 'stock', add: 1, atMost: 0 })]
    expect(await ledger.commit([anItem({ proposal: aProposal(guards) })])).toEqual([{ kind: 'failed', index: 1, value: 0 }])
    expect([ledger.value(aGuard()), ledger.journal()]).toEqual([0, []])
  })

  test('lets the items of one batch see each other', async () => {
    const ledger = new MemoryLedger({ clock: () => NOON })
    const item = anItem({ proposal: aProposal([aGuard({ atMost: 2 })]) })
    const kinds = (await ledger.commit([item, item, item])).map((outcome) => outcome.kind)
    expect(kinds).toEqual(['committed', 'committed', 'failed'])
  })

  test('lets the guards of one item see each other, and tells the counter as it stands', async () => {
    const ledger = new MemoryLedger({ clock: () => NOON })
    const guards = [aGuard({ add: 2 }), aGuard({ add: 2, atMost: 3 })]
    expect(await ledger.commit([anItem({ proposal: aProposal(guards) })])).toEqual([{ kind: 'failed', index: 1, value: 0 }])
    const fits = aProposal([aGuard({ add: 2 }), aGuard({ add: 1, atMost: 3 })])
    expect(await ledger.commit([anItem({ proposal: fits })])).toMatchObject([{ kind: 'committed', values: [3, 3] }])
  })

  test.each<[string, Partial<Guard>, number, boolean]>([
    ['may reach its upper bound', { add: 1, atMost: 5 }, 4, true],
    ['may not pass it', { add: 1, atMost: 5 }, 5, false],
    ['may reach its lower bound', { add: -5, atLeast: 0 }, 5, true],
    ['may not pass that', { add: -6, atLeast: 0 }, 5, false],
    ['reads with 0', { add: 0 }, 7, true],
  ])('a guard %s', async (_title, guard, start, holds) => {
    const ledger = new MemoryLedger({ clock: () => NOON })
    await ledger.commit([anItem({ proposal: aProposal([aGuard({ add: start })]) })])
    const [outcome] = await ledger.commit([anItem({ proposal: aProposal([aGuard(guard)]) })])
    const expected = holds
      ? { kind: 'committed', values: [start + (guard.add ?? 0)] }
      : { kind: 'failed', index: 0, value: start }
    expect(outcome).toMatchObject(expected)
  })

  test('journals what else was proposed when a guard of a fact fails', async () => {
    const ledger = new MemoryLedger({ clock: () => NOON })
    const otherwise = aProposal([aGuard({ counter: 'seen' })])
    const [outcome] = await ledger.commit([anItem({ proposal: aProposal([aGuard({ atMost: 0 })], { otherwise }) })])
    expect(outcome).toEqual({ kind: 'committed', position: { lane: 0, ms: NOON, sequence: 0 }, values: [1], otherwise: true })
    expect(ledger.journal().map(({ record }) => record)).toEqual([otherwise.record])
  })

  test('forgets a counter when its period is over', async () => {
    const clock = aClock()
    const ledger = new MemoryLedger({ clock: clock.tick })
    const item = anItem({ proposal: aProposal([aGuard({ period: '2026-W47', atMost: 1, expiresAt: NOON + 10 })]) })
    await ledger.commit([item])
    clock.now = NOON + 9
    expect((await ledger.commit([item]))[0]?.kind).toBe('failed')
    clock.now = NOON + 10
    expect(await ledger.commit([item])).toMatchObject([{ kind: 'committed', values: [1] }])
  })

  test('numbers records within a millisecond, also while the clock is set back', async () => {
    const clock = aClock()
    const ledger = new MemoryLedger({ clock: clock.tick })
    const batch = [anItem(), anItem()]
    await ledger.commit(batch)
    clock.now = NOON - 1_000
    await ledger.commit(batch)
    clock.now = NOON + 1
    await ledger.commit([anItem()])
    const positions = ledger.journal().map(({ position }) => [position.ms - NOON, position.sequence])
    expect(positions).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 0],
    ])
  })

  test('keeps holders of different lanes apart', async () => {
    const ledger = new MemoryLedger({ clock: () => NOON, lanes: 2 })
    await ledger.commit([anItem({ owner: 12 }), anItem({ owner: 13, proposal: aProposal([aGuard({ owner: 13 })]) })])
    expect([ledger.journal(0).length, ledger.journal(1).length]).toEqual([1, 1])
  })

  test.each<[string, Partial<Guard>]>([
    ['a step that is not a number', { add: Number.NaN }],
    ['a fraction', { add: 0.5 }],
    ['too large a step', { add: 1_000_001 }],
    ['a bound that is not a number', { atMost: Number.NaN }],
    ['an owner that is none', { owner: -1 }],
    ['an end that is none', { expiresAt: Number.POSITIVE_INFINITY }],
  ])('refuses %s before it writes anything', async (_title, guard) => {
    const ledger = new MemoryLedger({ clock: () => NOON })
    const items = [anItem(), anItem({ proposal: aProposal([aGuard(guard)]) })]
    await expect(ledger.commit(items)).rejects.toThrow(RangeError)
    expect(ledger.journal()).toEqual([])
  })
})

describe('a request key', () => {
  test('gives back the first outcome and answer, and commits nothing again', async () => {
    const ledger = new MemoryLedger({ clock: () => NOON })
    const item = anItem({ request: KEY, answer: 'the answer' })
    const [first, again] = await ledger.commit([item, { ...item, answer: 'another' }])
    expect(again).toEqual({ kind: 'replayed', outcome: first, answer: 'the answer' })
    expect(ledger.journal()).toHaveLength(1)
  })

  test('conflicts with another request under the same key', async () => {
    const ledger = new MemoryLedger({ clock: () => NOON })
    const other = anItem({ request: { ...KEY, fingerprint: '02' } })
    expect((await ledger.commit([anItem({ request: KEY }), other]))[1]).toEqual({ kind: 'conflict' })
  })

  test('remembers refusals, by rule and by guard', async () => {
    const ledger = new MemoryLedger({ clock: () => NOON })
    const { proposal: _none, ...byRule } = anItem({ request: KEY, answer: 'no' })
    const byGuard = anItem({ request: { ...KEY, id: 'bb' }, answer: 'full', proposal: aProposal([aGuard({ atMost: 0 })]) })
    expect(await ledger.commit([byRule, byRule, byGuard, byGuard])).toEqual([
      { kind: 'remembered' },
      { kind: 'replayed', outcome: { kind: 'remembered' }, answer: 'no' },
      { kind: 'failed', index: 0, value: 0 },
      { kind: 'replayed', outcome: { kind: 'failed', index: 0, value: 0 }, answer: 'full' },
    ])
  })

  test('is forgotten after a day', async () => {
    const clock = aClock()
    const ledger = new MemoryLedger({ clock: clock.tick })
    const item = anItem({ request: KEY })
    await ledger.commit([item])
    clock.now = NOON + REQUEST_KEPT_MS - 1
    expect((await ledger.commit([item]))[0]?.kind).toBe('replayed')
    clock.now = NOON + REQUEST_KEPT_MS
    expect((await ledger.commit([item]))[0]?.kind).toBe('committed')
  })

  test('is not used up by a decision on an old registry', async () => {
    const ledger = new MemoryLedger({ clock: () => NOON })
    ledger.change(0, 'holder/12')
    const item = anItem({ request: KEY, entities: ['holder/12'] })
    const outcomes = await ledger.commit([item, { ...item, registryVersion: 1 }])
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['stale', 'committed'])
  })
})

describe('a decision', () => {
  const cases: [string, number, readonly string[], string][] = [
    ['on the current registry is fresh', 2, ['holder/12'], 'committed'],
    ['on an older one is fresh when nothing of it changed', 0, ['event/1'], 'committed'],
    ['from before a change of what it used is stale', 0, ['event/1', 'holder/12'], 'stale'],
    ['from after that change is fresh', 1, ['holder/12'], 'committed'],
    ['on a registry that does not exist yet is stale', 3, ['event/1'], 'stale'],
    ['that used nothing is never stale', 0, [], 'committed'],
  ]
  test.each(cases)('%s', async (_title, registryVersion, entities, kind) => {
    const ledger = new MemoryLedger({ clock: () => NOON })
    ledger.change(0, 'holder/12')
    ledger.change(0, 'event/7')
    expect(ledger.registryVersion()).toBe(2)
    expect((await ledger.commit([anItem({ registryVersion, entities })]))[0]?.kind).toBe(kind)
  })

  test('from before everything that is remembered is stale', async () => {
    const ledger = new MemoryLedger({ clock: () => NOON })
    for (let number = 0; number <= CHANGED_ENTITIES_MAX; number++) ledger.change(0, `event/${number}`)
    const outcomes = await ledger.commit([
      anItem({ registryVersion: 1, entities: ['holder/12'] }),
      anItem({ registryVersion: 2, entities: ['holder/12'] }),
    ])
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['stale', 'committed'])
  })
})
