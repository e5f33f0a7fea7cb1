import { readRedisMemory } from '@zuil/core/contracts/redis-memory'
import { processorSeconds } from '../installation/process-facts.ts'
import { RedisLine } from '../installation/redis-line.ts'
import type { LoadResult } from './client/job.ts'
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
      // what was left by loads without the hub would soon have batches refused: more may not wait
      await (withHub ? context.caughtUp() : context.running('hub', false))
      figures.push(...(await measure(context, withHub)))
    }
    return figures
  },
}

async function measure(context: Context, withHub: boolean): Promise<Figure[]> {
  await load(context, WARM_UP_MS)
  const runs: Run[] = []
  for (let i = 0; i < RUNS; i++) {
    const run = await measuredLoad(context)
    context.log(`run ${i + 1}: ${Math.round(run.accepted / run.seconds)} check-ins/s`)
    runs.push(run)
  }
  const refused = runs.reduce((sum, run) => sum + run.requests * LINES - run.accepted, 0)
  const rates = runs.map((run) => run.accepted / run.seconds)
  const name = withHub ? 'with the hub loading' : 'hub stopped'
  const line = (figure: string, value: number, unit: string): Figure => ({
    bench: 'batches',
    figure: `${figure}, ${name}`,
    value,
    unit,
  })
  return [
    { ...line('accepted', median(rates), 'check-ins/s'), target: { atLeast: 50_000 } },
    line('accepted, slowest run', Math.min(...rates), 'check-ins/s'),
    line('accepted, fastest run', Math.max(...rates), 'check-ins/s'),
    { ...line('not accepted', refused, 'check-ins'), target: { atMost: 0 } },
    line(`p99 of a batch of ${LINES}`, median(runs.map((run) => run.latency.p99)) / 1000, 'ms'),
    line('processor time of ingest', median(runs.map((run) => run.ingestMicros)), 'us/check-in'),
    line('processor time of Redis', median(runs.map((run) => run.redisMicros)), 'us/check-in'),
    line('processor time of the client', median(runs.map((run) => run.clientMicros / LINES)), 'us/check-in'),
    // While the hub loads, Redis gives back what it took.
    ...(withHub
      ? []
      : [{ ...line('Redis, all in', median(runs.map((run) => run.redisBytes)), 'bytes/check-in'), target: { atMost: 400 } }]),
  ]
}

/** One load, and what each accepted check-in of it took. */
interface Run extends LoadResult {
  readonly ingestMicros: number
  readonly redisMicros: number
  readonly redisBytes: number
}

async function measuredLoad(context: Context): Promise<Run> {
  const before = await usage(context)
  const result = await load(context, context.seconds * 1000)
  const after = await usage(context)
  return {
    ...result,
    ingestMicros: ((after.ingestSeconds - before.ingestSeconds) * 1_000_000) / result.accepted,
    redisMicros: ((after.redisSeconds - before.redisSeconds) * 1_000_000) / result.accepted,
    redisBytes: (after.redisBytes - before.redisBytes) / result.accepted,
  }
}

async function usage({ installation }: Context) {
  const redis = await RedisLine.open(installation.ports.redis)
  const memory = await redis.ask('INFO', 'memory')
  redis.close()
  return {
    ingestSeconds: processorSeconds(installation.pid('ingest')),
    redisSeconds: processorSeconds(installation.pid('redis')),
    redisBytes: readRedisMemory(memory).used,
  }
}

async function load(context: Context, durationMs: number): Promise<LoadResult> {
  const result = await context.load({
    request: { kind: 'batches', first: 0, lines: LINES, scannedAt: new Date().toISOString() },
    connections: CONNECTIONS,
    durationMs,
    requestsMax: (RATE_MAX * durationMs) / 1000,
  })
  if (result.failure) throw new Error(`A connection failed: ${result.failure}`)
  return result
}
