import { openWarehouse } from '@zuil/warehouse'
import type { Answer } from './answer.ts'
import { BareRoute } from './bare-route-process.ts'
import type { Target } from './client/connection.ts'
import type { LoadResult } from './client/job.ts'
import { recordAnswers } from './comparison.ts'
import type { Bench, Context } from './context.ts'
import type { Figure } from './figure.ts'
import { Journal } from './journal.ts'
import { type Pattern, PatternRun } from './patterns/pattern-run.ts'

const CONNECTIONS = 256
const WARM_UP_MS = 5_000
/** Share of the measured time after which everything is killed, while requests are under way. */
const CRASH_AFTER = 0.6
const RATE_MAX = 60_000
const LOAD_MAX_MS = 300_000

/** How others build it; the bare route keeps nothing at all. */
const PATTERNS: readonly Pattern[] = [
  {
    name: 'a job for each event',
    programs: [new URL('./patterns/job-per-event.ts', import.meta.url), new URL('./patterns/job-worker.ts', import.meta.url)],
    needsRedis: true,
  },
  {
    name: 'buffer, insert later',
    programs: [new URL('./patterns/buffer-then-insert.ts', import.meta.url)],
    needsRedis: false,
  },
]

export const patterns: Bench = {
  name: 'patterns',
  question: 'What do simpler ways to build it accept in a second, and what is left of that when everything is killed?',
  async run(context) {
    const answers = await recordAnswers(context, 'checkins')
    const figures = [...(await bareRoute(context, answers))]
    for (const pattern of PATTERNS) figures.push(...(await measurePattern(context, pattern, answers)))
    figures.push(...(await measureZuil(context)))
    return figures
  },
}

async function bareRoute(context: Context, answers: readonly Answer[]): Promise<readonly Figure[]> {
  await using bare = await BareRoute.start({ route: 'checkins', answers })
  await load(context, bare.target, WARM_UP_MS)
  const speed = await load(context, bare.target, context.seconds * 1_000)
  const nothing = { rows: 0, different: 0 }
  return figuresOf('bare route', { speed, accepted: speed.accepted, stored: nothing })
}

async function measurePattern(context: Context, pattern: Pattern, answers: readonly Answer[]): Promise<readonly Figure[]> {
  await using run = await PatternRun.start(pattern, answers)
  const before = (await load(context, run.target, WARM_UP_MS)).accepted
  const speed = await load(context, run.target, context.seconds * 1_000)
  const cut = await loadUntilCrash(context, run)
  await run.startAgain()
  const stored = await run.stored()
  return figuresOf(pattern.name, { speed, accepted: before + speed.accepted + cut.accepted, stored })
}

/** Its own installation, hub included, with all rules and authentication. */
async function measureZuil(context: Context): Promise<readonly Figure[]> {
  const { installation, ingest: target } = context
  await untilLoaded(context)
  const earlier = await storedInWarehouse(context)
  await context.running('hub', true)
  const before = (await load(context, target, WARM_UP_MS)).accepted
  const speed = await load(context, target, context.seconds * 1_000)
  const cut = await loadUntilCrash(context, { target, crash: () => installation.crash() })
  await installation.startAgain()
  await untilLoaded(context)
  const now = await storedInWarehouse(context)
  const stored = { rows: now.rows - earlier.rows, different: now.different - earlier.different }
  return figuresOf('Zuil', { speed, accepted: before + speed.accepted + cut.accepted, stored })
}

async function untilLoaded(context: Context): Promise<void> {
  await context.running('hub', true)
  using journal = await Journal.open(context.installation.ports.redis)
  await journal.loadedUpTo(await journal.end(), LOAD_MAX_MS)
}

/** Asked of the engine itself as readers do, with the hub stopped; a passholder comes to an event once in all loads. */
async function storedInWarehouse(context: Context): Promise<Stored> {
  await context.running('hub', false)
  const warehouse = await openWarehouse({ kind: 'embedded', path: context.installation.warehouseFolder })
  try {
    const sql =
      "SELECT count() AS rows, uniqExact(holder, event_number) AS different FROM transactions FINAL WHERE kind = 'CHECKIN'"
    const [stored] = await warehouse.query<{ rows: number; different: number }>(sql, {}, 'patterns')
    return stored ?? { rows: 0, different: 0 }
  } finally {
    await warehouse.close()
  }
}

interface Stored {
  readonly rows: number
  readonly different: number
}

/** A load in the midst of which everything is killed; what was answered until then counts. */
async function loadUntilCrash(context: Context, place: { readonly target: Target; crash(): Promise<void> }): Promise<LoadResult> {
  const durationMs = context.seconds * 1_000
  const killed = new Promise((resolve) => setTimeout(resolve, durationMs * CRASH_AFTER)).then(() => place.crash())
  const [result] = await Promise.all([run(context, place.target, durationMs), killed])
  if (!result.failure) throw new Error('The load ended before everything was killed')
  return result
}

async function load(context: Context, target: Target, durationMs: number): Promise<LoadResult> {
  const result = await run(context, target, durationMs)
  if (result.failure) throw new Error(`A connection failed: ${result.failure}`)
  return result
}

/** The same requests to each, in a closed loop, with turns that nobody had before. */
async function run(context: Context, target: Target, durationMs: number): Promise<LoadResult> {
  const requestsMax = Math.min((RATE_MAX * durationMs) / 1_000, context.turnsLeft('checkins'))
  const request = { kind: 'checkins', first: 0 } as const
  return await context.load({ target, request, connections: CONNECTIONS, durationMs, requestsMax })
}

interface Measured {
  readonly speed: LoadResult
  /** In all loads, the one that was cut included. */
  readonly accepted: number
  readonly stored: Stored
}

/**
 * Lost: what was accepted and is not there; up to {@link CONNECTIONS} that nobody was told of may hide as many. Stored twice: rows
 * of a passholder who was there already.
 */
function figuresOf(pattern: string, { speed, accepted, stored }: Measured): readonly Figure[] {
  const line = (figure: string, value: number, unit: string): Figure => ({
    bench: 'patterns',
    figure: `${pattern}: ${figure}`,
    value,
    unit,
  })
  const isOurs = pattern === 'Zuil'
  const bound = isOurs ? { target: { atMost: 0 } } : {}
  return [
    line('accepted', speed.accepted / speed.seconds, 'check-ins/s'),
    line('p99', speed.latency.p99 / 1_000, 'ms'),
    line('accepted in all', accepted, 'check-ins'),
    { ...line('lost by the crash, at least', Math.max(0, accepted - stored.different), 'check-ins'), ...bound },
    { ...line('stored twice', stored.rows - stored.different, 'check-ins'), ...bound },
  ]
}
