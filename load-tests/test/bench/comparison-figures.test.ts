import { expect, test } from 'vitest'
import { figuresOf, type Pair, type Run } from '../../bench/comparison-figures.ts'

function run(changes: Partial<Run>): Run {
  const latency = { count: 100, p50: 1_000, p95: 2_000, p99: 3_000, p999: 4_000, max: 5_000 }
  return {
    seconds: 1,
    requests: 100,
    accepted: 100,
    statuses: { 200: 100 },
    latency,
    clientMicros: 20,
    perSecond: 100,
    serverMicros: 40,
    redisMicros: 10,
    ...changes,
  }
}

function pair(bare: number, ingest: number): Pair {
  return { bare: run({ perSecond: bare, serverMicros: 20 }), ingest: run({ perSecond: ingest }) }
}

const COMPARISON = { name: 'ticket-sales', unit: 'tickets', ratio: { atLeast: 0.3 }, p99: { atMost: 50 } } as const

function figures(pairs: readonly Pair[], busy = run({})): Record<string, { value: number; target?: unknown }> {
  const measured = figuresOf({ comparison: COMPARISON, state: 'hub stopped', pairs, busy, busyShare: 0.7 })
  return Object.fromEntries(measured.map(({ figure, value, target }) => [figure, { value, ...(target && { target }) }]))
}

test('the ratio is the median over the pairs, not that of the medians, and its ends are told', () => {
  // a machine that slows down by half hits both loads of a pair alike
  expect(figures([pair(200, 100), pair(100, 50), pair(100, 20), pair(300, 210), pair(200, 90)])).toMatchObject({
    'ratio to the bare route, hub stopped': { value: 0.5, target: { atLeast: 0.3 } },
    'ratio, lowest pair, hub stopped': { value: 0.2 },
    'ratio, highest pair, hub stopped': { value: 0.7 },
    'ratio by processor time of the servers, hub stopped': { value: 0.5 },
  })
})

test('every refusal counts, in the pairs and in the open loop', () => {
  const refusing = { bare: run({}), ingest: run({ accepted: 98 }) }
  expect(figures([pair(200, 100), refusing], run({ accepted: 99 }))).toMatchObject({
    'not accepted, hub stopped': { value: 3, target: { atMost: 0 } },
  })
})

test('latencies are in milliseconds, and the 99th percentile has its target in both loops', () => {
  expect(figures([pair(200, 100)])).toMatchObject({
    'p50 at capacity, hub stopped': { value: 1 },
    'p99 at capacity, hub stopped': { value: 3, target: { atMost: 50 } },
    'p99 at 70 % of capacity, open loop, hub stopped': { value: 3, target: { atMost: 50 } },
  })
})
