import type { LoadResult } from './client/job.ts'
import type { Bench, Context } from './context.ts'
import type { Figure } from './figure.ts'

/** Check-ins a second, ascending; after the first that is not kept up with there is nothing to learn. */
const RATES = [250, 500, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 10_000, 12_000]
/** What the festival of the load tests asks for. */
const FESTIVAL_RATE = 5_000
const FESTIVAL_P99_MS = 100
const CONNECTIONS = 256
const WARM_UP_MS = 5_000
/** Share of what was due in the time that has to be answered in it. */
const KEPT_UP_SHARE = 0.98

export const knee: Bench = {
  name: 'knee',
  question: 'How long does an answer take as more check-ins come in a second, up to the rate that is not kept up with?',
  async run(context) {
    await context.running('hub', true)
    await load(context, RATES[2] ?? FESTIVAL_RATE, WARM_UP_MS)
    const figures: Figure[] = []
    let keptUpWith = 0
    for (const rate of RATES) {
      const result = await load(context, rate, context.seconds * 1_000)
      figures.push(...figuresAt(rate, result))
      context.log(`${rate}/s: ${Math.round(perSecond(result))}/s, p99 ${(result.latency.p99 / 1000).toFixed(1)} ms`)
      if (result.accepted < result.requests) context.log(`answers by status: ${JSON.stringify(result.statuses)}`)
      if (perSecond(result) < KEPT_UP_SHARE * rate) break
      keptUpWith = rate
    }
    return [...figures, { bench: 'knee', figure: 'highest rate that was kept up with', value: keptUpWith, unit: 'check-ins/s' }]
  },
}

function perSecond({ accepted, seconds }: LoadResult): number {
  return accepted / seconds
}

function figuresAt(rate: number, { latency, ...result }: LoadResult): Figure[] {
  const line = (figure: string, value: number, unit: string): Figure => ({
    bench: 'knee',
    figure: `${figure} at ${rate}/s`,
    value,
    unit,
  })
  const p99 = line('p99', latency.p99 / 1000, 'ms')
  return [
    line('p50', latency.p50 / 1000, 'ms'),
    rate === FESTIVAL_RATE ? { ...p99, target: { atMost: FESTIVAL_P99_MS } } : p99,
    line('p99.9', latency.p999 / 1000, 'ms'),
    { ...line('not accepted', result.requests - result.accepted, 'check-ins'), target: { atMost: 0 } },
  ]
}

async function load(context: Context, rate: number, durationMs: number): Promise<LoadResult> {
  const result = await context.load({
    request: { kind: 'checkins', first: 0 },
    connections: CONNECTIONS,
    durationMs,
    requestsMax: Math.ceil((rate * durationMs) / 1000),
    rate,
  })
  if (result.failure) throw new Error(`A connection failed: ${result.failure}`)
  return result
}
