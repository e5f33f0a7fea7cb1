import { expect, test } from 'vitest'
import { freshnessOf, freshnessView } from '../../../src/server/now/freshness.ts'
import { NowFeed } from '../../../src/server/now/now-feed.ts'
import type { NowFigures } from '../../../src/server/now/now-source.ts'
import { AFTERNOON, busyFigures, FakeSource } from '../../fake-source.ts'

function feedOf(source = new FakeSource(busyFigures(AFTERNOON))) {
  const time = { now: AFTERNOON }
  const failures: unknown[] = []
  const feed = new NowFeed({ source, clock: () => time.now, timeoutMs: 20, onFailure: (error) => failures.push(error) })
  return { source, time, failures, feed }
}

test('readers of the same second share one look at the source', async () => {
  const { feed, source, time } = feedOf()
  await Promise.all([feed.current(), feed.current(), feed.current()])
  time.now += 900
  await feed.current()
  expect(source.looks).toBe(1)
  time.now += 200
  await feed.current()
  expect(source.looks).toBe(2)
})

test('a look that takes long is followed by a rest of four times its length, whoever asks', async () => {
  const { feed, source, time } = feedOf()
  const figures = source.figures.bind(source)
  source.figures = async () => {
    time.now += 1_500
    return await figures()
  }
  await feed.refresh()
  time.now += 5_900
  await Promise.all([feed.refresh(), feed.current()])
  expect(source.looks).toBe(1)
  time.now += 200
  await feed.refresh()
  expect(source.looks).toBe(2)
})

test('a clock that was set back does not stop the looks', async () => {
  const { feed, source, time } = feedOf()
  await feed.current()
  time.now -= 3_600_000
  await feed.current()
  expect(source.looks).toBe(2)
})

test('a source that fails leaves the last figures in place, and is reported once', async () => {
  const { feed, source, time, failures } = feedOf()
  const before = await feed.current()
  source.failure = new Error('no warehouse')
  time.now += 2_000
  await feed.current()
  time.now += 2_000
  const after = await feed.current()
  expect(after.latest).toBe(before.latest)
  expect([after.failingSince, failures.length]).toEqual([AFTERNOON + 2_000, 1])
})

test('a source that recovers is whole again', async () => {
  const { feed, source, time } = feedOf()
  source.failure = new Error('no warehouse')
  await feed.current()
  source.failure = undefined
  time.now += 2_000
  const snapshot = await feed.current()
  expect([snapshot.failingSince, snapshot.latest?.figures]).toEqual([undefined, source.figuresNow])
})

test('a source that hangs is not asked a second time', async () => {
  const source = new FakeSource(busyFigures(AFTERNOON))
  let asked = 0
  source.figures = () => {
    asked++
    return new Promise<NowFigures>(() => undefined)
  }
  const { feed, time } = feedOf(source)
  const first = feed.current()
  time.now += 2_000
  void feed.current()
  expect((await first).latest).toBeUndefined()
  void feed.refresh()
  expect(asked).toBe(1)
})

test.each([
  ['a lag of seconds', { completeUntil: AFTERNOON - 3_000, waiting: 4 }, 0, 'live'],
  ['a lag of half a minute', { completeUntil: AFTERNOON - 34_000, waiting: 1204 }, 0, 'behind'],
  ['a lag of minutes', { completeUntil: AFTERNOON - 300_000, waiting: 9 }, 0, 'stale'],
  ['a source that has failed for long', { completeUntil: AFTERNOON - 3_000, waiting: 0 }, 11_000, 'stale'],
  ['a clock that runs ahead', { completeUntil: AFTERNOON + 500, waiting: 0 }, 0, 'live'],
] as const)('%s is called by its name', (_name, status, failingMs, state) => {
  const latest = { figures: busyFigures(AFTERNOON), status }
  const failingSince = failingMs === 0 ? undefined : AFTERNOON - failingMs
  expect(freshnessOf({ sequence: 1, at: AFTERNOON, latest, failingSince }).state).toBe(state)
})

test('a reader is told how far behind loading is, and how much waits', () => {
  const latest = { figures: busyFigures(AFTERNOON), status: { completeUntil: AFTERNOON - 34_000, waiting: 1204 } }
  expect(freshnessView({ sequence: 1, at: AFTERNOON, latest, failingSince: undefined }, 'nl')).toEqual({
    state: 'behind',
    sentence: 'Bijgewerkt tot 14:02:53',
    remark: 'De verwerking loopt 34 seconden achter; 1.204 records wachten.',
    completeUntil: '2026-11-21T13:02:53.500Z',
  })
})

test('before the first figures a reader is told that there are none', () => {
  const view = freshnessView({ sequence: 1, at: AFTERNOON, latest: undefined, failingSince: AFTERNOON }, 'nl')
  expect([view.state, view.sentence]).toEqual(['unavailable', 'Nog geen cijfers'])
})
