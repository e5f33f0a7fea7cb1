import type { Bench, Context } from './context.ts'
import { type Figure, median } from './figure.ts'

/** What a device that was offline for a day brings at once. */
const LINES = 1_000
const CONNECTIONS = 4
const WARM_UP_MS = 2_000
const RUNS = 3
/** Batches a second: above what one process can answer, so that the time ends a load. */
const RATE_MAX = 200

export const batches: Bench = {
  name: 'batches',
  question: 'How many check-ins of devices that were offline does one ingest process accept in a second?',
  async run(context) {
    const figures: Figure[] = []
    for (const withHub of [false, true]) {
      await context.running('hub', withHub)
      figures.push(...(await measure(context, withHub)))
    }
    return figures
  },
}

async function measure(context: Context, withHub: boolean): Promise<Figure[]> {
  await load(context, WARM_UP_MS)
  const runs = []
  for (let i = 0; i < RUNS; i++) {
    const run = await load(context, context.seconds * 1000)
    context.log(`run ${i + 1}: ${Math.round(run.accepted / run.seconds)} check-ins/s`)
    runs.push(run)
  }
  const refused = runs.reduce((sum, run) => sum + run.requests * LINES - run.accepted, 0)
  const name = withHub ? 'with the hub loading' : 'hub stopped'
  const line = (figure: string, value: number, unit: string): Figure => ({
    bench: 'batches',
    figure: `${figure}, ${name}`,
    value,
    unit,
  })
  return [
    { ...line('accepted', median(runs.map((run) => run.accepted / run.seconds)), 'check-ins/s'), target: { atLeast: 50_000 } },
    { ...line('not accepted', refused, 'check-ins'), target: { atMost: 0 } },
    line(`p99 of a batch of ${LINES}`, median(runs.map((run) => run.latency.p99)) / 1000, 'ms'),
  ]
}

async function load(context: Context, durationMs: number) {
  const result = await context.load({
    request: { kind: 'batches', first: 0, lines: LINES, scannedAt: new Date().toISOString() },
    connections: CONNECTIONS,
    durationMs,
    requestsMax: (RATE_MAX * durationMs) / 1000,
  })
  if (result.failure) throw new Error(`A connection failed: ${result.failure}`)
  return result
}
