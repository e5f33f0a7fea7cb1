import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { residentMebibytes } from '../installation/process-facts.ts'
import type { Bench, Context } from './context.ts'
import type { Figure } from './figure.ts'
import { Journal } from './journal.ts'

const CHECKINS = 300_000
const CONNECTIONS = 64
const LOAD_MAX_MS = 300_000
const MEGABYTE = 1_000_000
const MEBIBYTE = 2 ** 20
/** Redis frees what it trimmed in the background; this long is plenty. */
const SETTLE_MS = 3_000

export const memory: Bench = {
  name: 'memory',
  question: 'What does the registry cost an ingest process, and what does a check-in cost Redis, before and after it is loaded?',
  async run(context) {
    const afterImport = resident(context)
    await context.running('ingest', false)
    await context.running('ingest', true)
    const afterRestart = resident(context)
    using journal = await Journal.open(context.installation.ports.redis)
    await context.running('hub', true)
    await journal.loadedUpTo(await journal.end(), LOAD_MAX_MS)
    await context.running('hub', false)
    const before = await measure(journal)
    const accepted = await checkIn(context)
    const afterLoad = resident(context)
    const full = await measure(journal)
    await context.running('hub', true)
    await journal.loadedUpTo(await journal.end(), LOAD_MAX_MS)
    await context.running('hub', false)
    const after = await measure(journal)
    return [
      { ...line('ingest, after the import of the registry', afterImport, 'MB'), target: { atMost: 400 } },
      { ...line('ingest, after a start with the registry', afterRestart, 'MB'), target: { atMost: 400 } },
      { ...line(`ingest, after ${accepted} check-ins more`, afterLoad, 'MB'), target: { atMost: 400 } },
      { ...line('Redis, all in', (full.used - before.used) / accepted, 'bytes/check-in'), target: { atMost: 400 } },
      ...remaining(before, after, accepted),
    ]
  },
}

interface Memory {
  readonly used: number
  readonly balances: number
  readonly limits: number
}

/** What Redis still holds once all is in the warehouse: counters are state, the rest should be nothing. */
function remaining(before: Memory, after: Memory, accepted: number): Figure[] {
  const each = (of: (memory: Memory) => number) => (of(after) - of(before)) / accepted
  const rest = each(({ used, balances, limits }) => used - balances - limits)
  return [
    line(
      'Redis, once loaded',
      each(({ used }) => used),
      'bytes/check-in',
    ),
    line(
      'of which balances (they stay)',
      each(({ balances }) => balances),
      'bytes/check-in',
    ),
    line(
      'of which limits (until their period ends)',
      each(({ limits }) => limits),
      'bytes/check-in',
    ),
    { ...line('of which anything else', rest, 'bytes/check-in'), target: { atMost: 5 } },
  ]
}

function line(figure: string, value: number, unit: string): Figure {
  return { bench: 'memory', figure, value, unit }
}

function resident(context: Context): number {
  return (residentMebibytes(context.installation.pid('ingest')) * MEBIBYTE) / MEGABYTE
}

async function measure(journal: Journal): Promise<Memory> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  const { counters, balances } = laneKeys(0)
  const bytesOf = (prefix: string) => journal.bytesOf(`${prefix.replaceAll('{', '\\{').replaceAll('}', '\\}')}*`)
  return { used: await journal.usedMemory(), balances: await bytesOf(balances), limits: await bytesOf(counters) }
}

async function checkIn(context: Context): Promise<number> {
  const result = await context.load({
    request: { kind: 'checkins', first: 0 },
    connections: CONNECTIONS,
    durationMs: LOAD_MAX_MS,
    requestsMax: CHECKINS,
  })
  if (result.failure) throw new Error(`A connection failed: ${result.failure}`)
  return result.accepted
}
