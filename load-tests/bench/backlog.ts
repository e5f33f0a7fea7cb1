import type { Bench, Context } from './context.ts'
import { Journal } from './journal.ts'

/** Check-ins that wait when the hub comes back: an outage of more than three minutes at 5,000 a second. */
const WAITING = 1_000_000
const LINES = 1_000
const CONNECTIONS = 4
const FILL_MAX_MS = 300_000
const LOAD_MAX_MS = 600_000

export const backlog: Bench = {
  name: 'backlog',
  question: `When the hub was away and ${WAITING} check-ins wait, how fast do they come into the warehouse, read-back included?`,
  async run(context) {
    await context.running('hub', false)
    using journal = await Journal.open(context.installation.ports.redis)
    const accepted = await fill(context)
    const end = await journal.end()
    const before = await journal.watermark()
    const startedAt = performance.now()
    const moved = journal.loadedUpTo({ ...before, sequence: before.sequence + 1 }, LOAD_MAX_MS)
    const firstLoadedAt = await startHub(context, moved)
    using second = await Journal.open(context.installation.ports.redis)
    const loadedAt = await second.loadedUpTo(end, LOAD_MAX_MS)
    const line = (figure: string, value: number, unit: string) => ({ bench: 'backlog', figure, value, unit })
    return [
      line('waiting', accepted, 'check-ins'),
      { ...line('loaded and read back', accepted / ((loadedAt - firstLoadedAt) / 1000), 'rows/s'), target: { atLeast: 50_000 } },
      line('loaded, start of the hub included', accepted / ((loadedAt - startedAt) / 1000), 'rows/s'),
      line('from the start of the hub to the first rows', (firstLoadedAt - startedAt) / 1000, 's'),
    ]
  },
}

async function startHub(context: Context, moved: Promise<number>): Promise<number> {
  await context.running('hub', true)
  return moved
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
