import type { LoadResult } from './client/job.ts'
import type { Bench, Context } from './context.ts'
import type { Figure } from './figure.ts'
import { Journal } from './journal.ts'

/** Check-ins that wait when the hub comes back: an outage of more than three minutes at 5,000 a second. */
const WAITING = 1_000_000
const LINES = 1_000
const CONNECTIONS = 4
const FILL_MAX_MS = 300_000
const LOAD_MAX_MS = 600_000
/** Rows a second that a backlog is loaded with, with traffic beside it or not. */
const RATE_TARGET = { atLeast: 50_000 } as const
/** Check-ins a second that go on meanwhile: more than the busiest evening of all of Flanders brings. */
const LIVE_RATE = 500
const LIVE_CONNECTIONS = 64
/** Length over which the latency of the traffic is told; the worst counts. */
const LIVE_SLICE_MS = 5_000

export const backlog: Bench = {
  name: 'backlog',
  question: `When the hub was away and ${WAITING} check-ins wait, how fast do they come into the warehouse, read-back included?`,
  async run(context) {
    return [...(await loadedAlone(context)), ...(await loadedBesideTraffic(context))]
  },
}

async function loadedAlone(context: Context): Promise<readonly Figure[]> {
  const { accepted, startedAt, firstLoadedAt, loadedAt } = await load(context)
  return [
    line('waiting', accepted, 'check-ins'),
    { ...line('loaded and read back', accepted / ((loadedAt - firstLoadedAt) / 1000), 'rows/s'), target: RATE_TARGET },
    line('loaded, start of the hub included', accepted / ((loadedAt - startedAt) / 1000), 'rows/s'),
    line('from the start of the hub to the first rows', (firstLoadedAt - startedAt) / 1000, 's'),
  ]
}

/** The same again, while people go on checking in from the first rows on until all that waited is loaded. */
async function loadedBesideTraffic(context: Context): Promise<readonly Figure[]> {
  const live: LoadResult[] = []
  const { accepted, firstLoadedAt, loadedAt } = await load(context, async (isLoaded) => {
    while (!isLoaded()) live.push(await liveTraffic(context))
  })
  const rate = accepted / ((loadedAt - firstLoadedAt) / 1000)
  const unanswered = live.reduce((sum, slice) => sum + slice.requests - slice.accepted, 0)
  const worst = Math.max(...live.map(({ latency }) => latency.p99)) / 1000
  return [
    { ...line('loaded and read back, beside traffic', rate, 'rows/s'), target: RATE_TARGET },
    { ...line(`p99 of ${LIVE_RATE} check-ins a second meanwhile, worst 5 s`, worst, 'ms'), target: { atMost: 200 } },
    { ...line('not accepted meanwhile', unanswered, 'check-ins'), target: { atMost: 0 } },
  ]
}

function line(figure: string, value: number, unit: string): Figure {
  return { bench: 'backlog', figure, value, unit }
}

interface Loaded {
  readonly accepted: number
  /** When the hub was started, had loaded the first rows and the last ones that waited then; performance.now. */
  readonly startedAt: number
  readonly firstLoadedAt: number
  readonly loadedAt: number
}

/** Has a backlog wait and be loaded; `meanwhile` begins with the first rows, and has to end once all are loaded. */
async function load(
  context: Context,
  meanwhile: (isLoaded: () => boolean) => Promise<void> = async () => undefined,
): Promise<Loaded> {
  // what an earlier load left would be loaded first, and not be counted
  await context.caughtUp()
  await context.running('hub', false)
  using journal = await Journal.open(context.installation.ports.redis)
  const accepted = await fill(context)
  const end = await journal.end()
  const before = await journal.watermark()
  const startedAt = performance.now()
  const moved = journal.loadedUpTo({ ...before, sequence: before.sequence + 1 }, LOAD_MAX_MS)
  const [firstLoadedAt] = await Promise.all([moved, context.running('hub', true)])
  using second = await Journal.open(context.installation.ports.redis)
  let isLoaded = false
  const traffic = meanwhile(() => isLoaded)
  const loadedAt = await second.loadedUpTo(end, LOAD_MAX_MS).finally(() => {
    isLoaded = true
  })
  await traffic
  return { accepted, startedAt, firstLoadedAt, loadedAt }
}

async function liveTraffic(context: Context): Promise<LoadResult> {
  const result = await context.load({
    request: { kind: 'checkins', first: 0 },
    connections: LIVE_CONNECTIONS,
    durationMs: LIVE_SLICE_MS,
    requestsMax: (LIVE_RATE * LIVE_SLICE_MS) / 1_000,
    rate: LIVE_RATE,
  })
  if (result.failure) throw new Error(`A connection failed: ${result.failure}`)
  return result
}

async function fill(context: Context): Promise<number> {
  const result = await context.load({
    request: { kind: 'batches', first: 0, lines: LINES, scannedAt: new Date().toISOString() },
    connections: CONNECTIONS,
    durationMs: FILL_MAX_MS,
    requestsMax: WAITING / LINES,
  })
  if (result.failure) throw new Error(`A connection failed: ${result.failure}`)
  context.log(`${result.accepted} check-ins wait in the journal`)
  return result.accepted
}
