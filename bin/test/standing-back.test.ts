import { expect, test } from 'vitest'
import {
  BEHIND_MS,
  BUSY_ROWS_PER_SECOND,
  FORWARD_MS,
  FORWARD_MS_MAX,
  FRESH_MS,
  PROVEN_MS,
  StandingBack,
  WELL_OFF_MS,
} from '../hub/standing-back.ts'
import { IDLE_LANE } from './idle-lane.ts'

const BUSY = { loadRowsPerSecond: BUSY_ROWS_PER_SECOND, ageMs: 0 }
const BEHIND = { loadRowsPerSecond: BUSY_ROWS_PER_SECOND, ageMs: BEHIND_MS }
const CALM = { loadRowsPerSecond: 100, ageMs: 0 }

interface Seen {
  readonly loadRowsPerSecond: number
  readonly ageMs: number
  readonly problem?: string
  /** Since when the status could not be read. */
  readonly unreadMs?: number
  readonly lostShell?: boolean
}

/** A hub whose clock, status and threads are in the hands of a test. */
function standing() {
  const steps: string[] = []
  const failures: Error[] = []
  let now = 0
  let seen: Seen = CALM
  const step = (name: string) => async () => {
    const failure = failures.shift()
    if (failure) throw failure
    steps.push(`${name} at ${now}`)
  }
  const reported: unknown[] = []
  const watched = new StandingBack({
    status: () => {
      const { ageMs, problem, loadRowsPerSecond } = seen
      const lane = { ...IDLE_LANE, oldestUnloadedAgeMs: ageMs }
      return { at: now - (seen.unreadMs ?? 0), loadRowsPerSecond, problem, lanes: [{ ...IDLE_LANE, lane: 1 }, lane] }
    },
    turn: {
      standBack: step('back'),
      comeForward: step('forward'),
      get isCertain() {
        return seen.lostShell !== true
      },
    },
    clock: () => now,
    elapsed: () => now,
    report: (error) => void reported.push(error),
  })
  const look = async (at: number, what: Seen) => {
    now = at
    seen = what
    await watched.look()
  }
  return { steps, failures, reported, look, stop: () => watched.stop() }
}

test('who loads much and keeps up for a while stands back, and comes forward when little is loaded', async () => {
  const { steps, look } = standing()
  const began = WELL_OFF_MS
  await look(0, CALM)
  await look(500, { ...BUSY, ageMs: FRESH_MS })
  await look(began - 500, { ...BUSY, problem: 'ECONNREFUSED' })
  await look(began, BUSY)
  await look(began + 500, { ...BUSY, ageMs: FRESH_MS })
  await look(began + 1_000, BUSY)
  const back = began + 1_000 + WELL_OFF_MS
  await look(back - 1, BUSY)
  await look(back, BUSY)
  await look(back + 500, { ...BUSY, loadRowsPerSecond: BUSY_ROWS_PER_SECOND - 1, ageMs: BEHIND_MS - 1 })
  await look(back + 1_000, CALM)
  await look(back + 1_500, BUSY)
  await look(back + 1_000 + FORWARD_MS, BUSY)
  expect(steps).toEqual([`back at ${back}`, `forward at ${back + 1_000}`, `back at ${back + 1_000 + FORWARD_MS}`])
})

test('who falls behind comes forward for twice as long each time, up to a bound, and for the shortest time once it stood back for long', async () => {
  const { steps, look } = standing()
  let at = 0
  await look(-WELL_OFF_MS, BUSY)
  const lengths: number[] = []
  const fallBehind = async (afterMs: number) => {
    await look(at, BUSY)
    at += afterMs
    await look(at, BEHIND)
    const forwardAt = at
    const changes = steps.length
    while (steps.length === changes && at < forwardAt + 2 * FORWARD_MS_MAX) {
      at += 500
      await look(at, BUSY)
    }
    lengths.push(at - forwardAt)
  }
  for (let time = 0; time < 7; time++) await fallBehind(500)
  await fallBehind(PROVEN_MS)
  expect(lengths).toEqual([20_000, 40_000, 80_000, 160_000, 320_000, FORWARD_MS_MAX, FORWARD_MS_MAX, FORWARD_MS])
})

test.each([
  ['has a problem', { problem: 'ECONNREFUSED' }],
  ['is old', { unreadMs: BEHIND_MS }],
] as const)('whose status %s comes forward', async (_, status) => {
  const { steps, look } = standing()
  await look(-WELL_OFF_MS, BUSY)
  await look(0, BUSY)
  await look(500, { ...BUSY, ...status })
  expect(steps).toEqual(['back at 0', 'forward at 500'])
})

test('who lost what it would come forward with comes forward with what is left, and stands back when that is whole', async () => {
  const { steps, look } = standing()
  await look(-WELL_OFF_MS, BUSY)
  await look(0, BUSY)
  await look(500, { ...BUSY, lostShell: true })
  await look(1_000, BUSY)
  await look(500 + FORWARD_MS, { ...BUSY, lostShell: true })
  await look(1_000 + FORWARD_MS, BUSY)
  expect(steps).toEqual(['back at 0', 'forward at 500', `back at ${1_000 + FORWARD_MS}`])
})

test('a change that failed is tried again at the next look and told of at the second failure; stopping comes forward', async () => {
  const { steps, failures, reported, look, stop } = standing()
  const failure = new Error('a thread ended')
  failures.push(failure, failure, failure)
  await look(-WELL_OFF_MS, BUSY)
  await look(0, BUSY)
  expect([...reported]).toEqual([])
  await look(500, BUSY)
  await look(750, BUSY)
  expect(reported).toEqual([failure])
  await look(1_000, BUSY)
  await stop()
  await stop()
  expect(steps).toEqual(['back at 1000', 'forward at 1000'])
})
