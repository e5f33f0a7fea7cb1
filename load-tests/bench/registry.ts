import { readRedisMemory } from '@zuil/core/contracts/redis-memory'
import { residentMebibytes } from '../installation/process-facts.ts'
import { RedisLine } from '../installation/redis-line.ts'
import { Context, type LoneBench } from './context.ts'
import { type Figure, median, table } from './figure.ts'

/** Passholders; Flanders and Brussels have half a million. */
const SIZES = [10_000, 100_000, 500_000, 1_000_000, 5_000_000]
const SECONDS = 5
const RUNS = 3
const CONNECTIONS = 256
const WARM_UP_MS = 5_000
const RATE_MAX = 60_000
const MEBIBYTE = 2 ** 20
const MEGABYTE = 1_000_000
/** Room for the largest; what one passholder takes is measured. */
const REDIS_GIGABYTES = 16

export const registry: LoneBench = {
  name: 'registry',
  question: 'What does a registry cost as it grows: memory, a start, and a check-in?',
  isAlone: true,
  async run({ log, passholders, signal }) {
    const figures: Figure[] = []
    for (const size of SIZES) {
      if (size > passholders || signal.aborted) break
      const measured = await measure(size, log)
      // the next size takes minutes, and may not fit
      log(table(measured).replaceAll('\n', '\n           '))
      figures.push(...measured)
    }
    return figures
  },
}

async function measure(passholders: number, log: (line: string) => void): Promise<Figure[]> {
  const population = { seed: 1, passholders, events: 200, organizers: 20 }
  await using context = await Context.create({ population, seconds: SECONDS, log, redisGigabytes: REDIS_GIGABYTES })
  const { installation } = context
  await context.running('hub', false)
  await context.running('ingest', false)
  const startedAt = performance.now()
  await context.running('ingest', true)
  const startSeconds = (performance.now() - startedAt) / 1000
  const resident = (residentMebibytes(installation.pid('ingest')) * MEBIBYTE) / MEGABYTE
  const redis = await RedisLine.open(installation.ports.redis)
  const { used } = readRedisMemory(await redis.ask('INFO', 'memory'))
  redis.close()
  await load(context, WARM_UP_MS)
  const runs = []
  for (let run = 0; run < RUNS; run++) runs.push(await load(context, SECONDS * 1_000))
  const line = (figure: string, value: number, unit: string): Figure => ({
    bench: 'registry',
    figure: `${figure}, ${passholders} passholders`,
    value,
    unit,
  })
  return [
    line('ingest', resident, 'MB'),
    line('Redis', used / passholders, 'bytes/passholder'),
    line('start of ingest', startSeconds, 's'),
    line('accepted, hub stopped', median(runs.map(({ accepted, seconds }) => accepted / seconds)), 'check-ins/s'),
    line('p99 at capacity, hub stopped', median(runs.map(({ latency }) => latency.p99)) / 1000, 'ms'),
  ]
}

async function load(context: Context, durationMs: number) {
  const result = await context.load({
    request: { kind: 'checkins', first: 0 },
    connections: CONNECTIONS,
    durationMs,
    requestsMax: Math.min((RATE_MAX * durationMs) / 1000, context.turnsLeft('checkins')),
  })
  if (result.failure) throw new Error(`A connection failed: ${result.failure}`)
  return result
}
