import type { LoadResult } from './client/job.ts'
import { type Figure, median, type Target } from './figure.ts'

/** What a comparison is called, and what it has to reach. */
export interface Comparison {
  readonly name: string
  /** What one accepted request is, e.g. `check-ins`. */
  readonly unit: string
  readonly ratio: Target
  /** Of the 99th percentile, in ms. */
  readonly p99?: Target
}

/** One load, and the processor time for a request that each process took. */
export interface Run extends LoadResult {
  readonly perSecond: number
  readonly serverMicros: number
  readonly redisMicros: number
}

/** A load on the bare route and one on ingest, one right after the other. */
export interface Pair {
  readonly bare: Run
  readonly ingest: Run
}

export interface Measured {
  readonly comparison: Comparison
  /** What else ran meanwhile. */
  readonly state: string
  /** In a closed loop, at capacity. */
  readonly pairs: readonly Pair[]
  /** On ingest in an open loop, at this share of the capacity. */
  readonly busy: Run
  readonly busyShare: number
}

export function ratioOf({ bare, ingest }: Pair): number {
  return ingest.perSecond / bare.perSecond
}

/** Medians over the pairs; of the ratio also the ends. */
export function figuresOf({ comparison, state, pairs, busy, busyShare }: Measured): Figure[] {
  const { name, unit, ratio, p99 } = comparison
  const line = (figure: string, value: number, unit: string, target?: Target): Figure => {
    return { bench: name, figure: `${figure}, ${state}`, value, unit, ...(target && { target }) }
  }
  const all = (value: (pair: Pair) => number) => median(pairs.map(value))
  const bare = (value: (run: Run) => number) => all((pair) => value(pair.bare))
  const ingest = (value: (run: Run) => number) => all((pair) => value(pair.ingest))
  const ratios = pairs.map(ratioOf)
  const byProcessor = all((pair) => pair.bare.serverMicros / pair.ingest.serverMicros)
  const refused = [...pairs.map((pair) => pair.ingest), busy].reduce((sum, run) => sum + run.requests - run.accepted, 0)
  const open = `at ${Math.round(busyShare * 100)} % of capacity, open loop`
  const perSecond = (run: Run) => run.perSecond
  return [
    line('bare route', bare(perSecond), 'requests/s'),
    line('accepted', ingest(perSecond), `${unit}/s`),
    line('ratio to the bare route', median(ratios), '', ratio),
    line('ratio, lowest pair', Math.min(...ratios), ''),
    line('ratio, highest pair', Math.max(...ratios), ''),
    line('ratio by processor time of the servers', byProcessor, ''),
    line('p50 at capacity', ingest(({ latency }) => latency.p50) / 1000, 'ms'),
    line('p99 at capacity', ingest(({ latency }) => latency.p99) / 1000, 'ms', p99),
    line(`p50 ${open}`, busy.latency.p50 / 1000, 'ms'),
    line(`p99 ${open}`, busy.latency.p99 / 1000, 'ms', p99),
    line('not accepted', refused, 'requests', { atMost: 0 }),
    line(
      'processor time of the bare route',
      bare(({ serverMicros }) => serverMicros),
      'us/request',
    ),
    line(
      'processor time of ingest',
      ingest(({ serverMicros }) => serverMicros),
      'us/request',
    ),
    line(
      'processor time of Redis',
      ingest(({ redisMicros }) => redisMicros),
      'us/request',
    ),
    line(
      'processor time of the client',
      ingest(({ clientMicros }) => clientMicros),
      'us/request',
    ),
  ]
}
