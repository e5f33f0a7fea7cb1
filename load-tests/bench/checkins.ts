import { answerOf, BareRoute } from './bare-route-process.ts'
import type { LoadJob, LoadResult } from './client/job.ts'
import type { Bench, Context } from './context.ts'
import { type Figure, median } from './figure.ts'
import { processorSeconds } from './process-facts.ts'

/** Callers of both targets alike: enough that ingest has work while a micro-batch is on its way to the disk. */
const CONNECTIONS = 256
/** Pairs of loads; the median of their ratios is what counts, because the machine's speed drifts. */
const PAIRS = 5
/** Requests before anything counts: by then the hot code of both servers is compiled. */
const WARM_UP_REQUESTS = 100_000
const WARM_UP_MAX_MS = 60_000
/** Above what one process can answer, so that the time ends a load. */
const RATE_MAX = 60_000
/** Share of the measured capacity at which an open loop looks at the latency of a busy, not flooded, service. */
const BUSY_SHARE = 0.7

export const checkins: Bench = {
  name: 'checkins',
  question: 'How many single check-ins does one ingest process accept in a second, and what share is that of a bare route?',
  async run(context) {
    await using bare = await BareRoute.start()
    await compareAnswers(context, bare)
    const figures: Figure[] = []
    for (const withHub of [false, true]) {
      await context.running('hub', withHub)
      figures.push(...(await measure(context, bare, withHub)))
    }
    return figures
  },
}

/** One load, and the processor time for a request that each process took. */
interface Run extends LoadResult {
  readonly perSecond: number
  readonly serverMicros: number
  readonly redisMicros: number
}

async function measure(context: Context, bare: BareRoute, withHub: boolean): Promise<Figure[]> {
  const pairs: { bare: Run; ingest: Run }[] = []
  const durationMs = context.seconds * 1000
  const length = { durationMs, requestsMax: (RATE_MAX * durationMs) / 1000 }
  await loadBare(context, bare, { durationMs: WARM_UP_MAX_MS, requestsMax: WARM_UP_REQUESTS })
  await loadIngest(context, { durationMs: WARM_UP_MAX_MS, requestsMax: WARM_UP_REQUESTS })
  for (let i = 0; i < PAIRS; i++) {
    // the order alternates, so that neither of the two always comes after the other
    const first = i % 2 === 0 ? await loadBare(context, bare, length) : undefined
    const ingest = await loadIngest(context, length)
    const pair = { bare: first ?? (await loadBare(context, bare, length)), ingest }
    const ratio = pair.ingest.perSecond / pair.bare.perSecond
    context.log(
      `pair ${i + 1}: bare ${Math.round(pair.bare.perSecond)}/s, ingest ${Math.round(ingest.perSecond)}/s, ratio ${ratio.toFixed(3)}`,
    )
    pairs.push(pair)
  }
  const of = (figure: (pair: { bare: Run; ingest: Run }) => number) => median(pairs.map(figure))
  const capacity = of(({ ingest }) => ingest.perSecond)
  const busy = await loadIngest(context, { ...length, rate: capacity * BUSY_SHARE })
  const name = withHub ? 'with the hub loading' : 'hub stopped'
  const line = (figure: string, value: number, unit: string): Figure => ({
    bench: 'checkins',
    figure: `${figure}, ${name}`,
    value,
    unit,
  })
  return [
    line(
      'bare route',
      of(({ bare }) => bare.perSecond),
      'requests/s',
    ),
    line('accepted', capacity, 'check-ins/s'),
    {
      ...line(
        'ratio to the bare route',
        of(({ bare, ingest }) => ingest.perSecond / bare.perSecond),
        '',
      ),
      target: { atLeast: 0.4 },
    },
    { ...line('p99 at capacity', of(({ ingest }) => ingest.latency.p99) / 1000, 'ms'), target: { atMost: 50 } },
    { ...line(`p99 at ${BUSY_SHARE * 100} % of capacity, open loop`, busy.latency.p99 / 1000, 'ms'), target: { atMost: 50 } },
    {
      ...line(
        'not accepted',
        busy.requests - busy.accepted + sumOf(pairs, ({ ingest }) => ingest.requests - ingest.accepted),
        'requests',
      ),
      target: { atMost: 0 },
    },
    line(
      'processor time of the bare route',
      of(({ bare }) => bare.serverMicros),
      'us/request',
    ),
    line(
      'processor time of ingest',
      of(({ ingest }) => ingest.serverMicros),
      'us/request',
    ),
    line(
      'processor time of Redis',
      of(({ ingest }) => ingest.redisMicros),
      'us/request',
    ),
    line(
      'processor time of the client',
      of(({ ingest }) => ingest.clientMicros),
      'us/request',
    ),
  ]
}

function sumOf<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((sum, value) => sum + of(value), 0)
}

/** How long one load is. */
type Length = Pick<LoadJob, 'durationMs' | 'requestsMax' | 'rate'>

async function loadBare(context: Context, bare: BareRoute, length: Length): Promise<Run> {
  const before = processorSeconds(bare.pid)
  const result = await context.client.run({
    target: bare.target,
    token: context.token,
    population: context.population,
    request: { kind: 'checkins', first: 0 },
    connections: CONNECTIONS,
    ...length,
  })
  return runOf(result, processorSeconds(bare.pid) - before, 0)
}

async function loadIngest(context: Context, length: Length): Promise<Run> {
  const { installation } = context
  const pids = { ingest: installation.pid('ingest'), redis: installation.pid('redis') }
  const before = { ingest: processorSeconds(pids.ingest), redis: processorSeconds(pids.redis) }
  const result = await context.load({ request: { kind: 'checkins', first: 0 }, connections: CONNECTIONS, ...length })
  return runOf(result, processorSeconds(pids.ingest) - before.ingest, processorSeconds(pids.redis) - before.redis)
}

function runOf(result: LoadResult, serverSeconds: number, redisSeconds: number): Run {
  if (result.failure) throw new Error(`A connection failed: ${result.failure}`)
  return {
    ...result,
    perSecond: result.accepted / result.seconds,
    serverMicros: (serverSeconds * 1_000_000) / result.requests,
    redisMicros: (redisSeconds * 1_000_000) / result.requests,
  }
}

/** @throws {Error} when the two do not answer alike: then the ratio would compare two different things. */
async function compareAnswers(context: Context, bare: BareRoute): Promise<void> {
  const visit = context.takeVisits(1)
  const request = { token: context.token, population: context.population, visit }
  const [ours, theirs] = await Promise.all([answerOf(context.installation.api, request), answerOf(bare.url, request)])
  if (ours !== theirs) throw new Error(`The bare route does not answer like ingest.\ningest: ${ours}\nbare:   ${theirs}`)
}
