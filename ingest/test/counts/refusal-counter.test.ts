import { type CommitItem, type Ledger, MemoryLedger } from '@zuil/core'
import { describe, expect, test } from 'vitest'
import { COMBINATIONS_MAX, RefusalCounter } from '../../src/counts/refusal-counter.ts'
import { NOON } from '../ledger/builders.ts'

const REFUSAL = { reason: 'maximum-reached', channel: 'KIOSK', organizer: 'o1', venueNis: 44021 } as const

function recordsOf(ledger: MemoryLedger) {
  return ledger.journal().map(({ record }) => record)
}

describe('the counter of refusals', () => {
  test('journals one record for each minute, with each combination once', async () => {
    const clock = { now: NOON + 59_999 }
    const ledger = new MemoryLedger({ clock: () => clock.now })
    const counter = new RefusalCounter({ ledger, now: () => clock.now })
    counter.count(REFUSAL)
    counter.count(REFUSAL)
    counter.count({ ...REFUSAL, channel: 'COUNTER' })
    clock.now += 1
    counter.count(REFUSAL)
    await counter.flush()
    expect(recordsOf(ledger)).toEqual([
      {
        kind: 'refusals',
        minute: NOON,
        counts: [
          { ...REFUSAL, count: 2 },
          { ...REFUSAL, channel: 'COUNTER', count: 1 },
        ],
      },
      { kind: 'refusals', minute: NOON + 60_000, counts: [{ ...REFUSAL, count: 1 }] },
    ])
  })

  test('journals nothing when nothing was refused, and what is left when it closes', async () => {
    const ledger = new MemoryLedger({ clock: () => NOON })
    const counter = new RefusalCounter({ ledger, now: () => NOON })
    counter.start()
    await counter.flush()
    expect(recordsOf(ledger)).toEqual([])
    counter.count(REFUSAL)
    await counter.close()
    expect(recordsOf(ledger)).toHaveLength(1)
  })

  test('keeps what could not be journalled, and tells', async () => {
    const errors: unknown[] = []
    const ledger = new MemoryLedger({ clock: () => NOON })
    let isAway = true
    const failing: Ledger = {
      commit: (items: readonly CommitItem[]) => (isAway ? Promise.reject(new Error('away')) : ledger.commit(items)),
    }
    const counter = new RefusalCounter({ ledger: failing, now: () => NOON, onError: (error) => errors.push(error) })
    counter.count(REFUSAL)
    await counter.flush()
    counter.count(REFUSAL)
    isAway = false
    await counter.flush()
    expect([errors.length, recordsOf(ledger)]).toEqual([
      1,
      [{ kind: 'refusals', minute: NOON, counts: [{ ...REFUSAL, count: 2 }] }],
    ])
  })

  test('stays bounded in a flood of combinations: what is too much is counted under the reason alone', async () => {
    const ledger = new MemoryLedger({ clock: () => NOON })
    const counter = new RefusalCounter({ ledger, now: () => NOON })
    for (let index = 0; index < COMBINATIONS_MAX + 500; index++) counter.count({ ...REFUSAL, organizer: `o${index}` })
    await counter.flush()
    const counts = recordsOf(ledger).flatMap((record) => (record.kind === 'refusals' ? record.counts : []))
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(COMBINATIONS_MAX + 500)
    expect(counts.find(({ organizer }) => organizer === '')).toEqual({ ...REFUSAL, organizer: '', venueNis: 0, count: 500 })
  })
})
