import { ClientProcess } from './client-process.ts'
import type { Bench, Context } from './context.ts'

/** The rate at which the target holds. */
const RATE = 5_000
const CONNECTIONS = 64
/** Requests that wait until they are stored, beside the load, each second. */
const WAITING_RATE = 20
const WAITING_CONNECTIONS = 40
const WARM_UP_MS = 3_000
/** Longer than other loads, so that seals, inserts and merges all have their turns. */
const LENGTHS = 3

export const freshness: Bench = {
  name: 'freshness',
  question: `At ${RATE} check-ins a second, how long after its 201 can a check-in be read in the warehouse?`,
  async run(context) {
    await context.caughtUp()
    await load(context, WARM_UP_MS)
    const durationMs = LENGTHS * context.seconds * 1000
    await using waiter = new ClientProcess()
    const [followed, waited] = await Promise.all([load(context, durationMs), waitUntilStored(context, waiter, durationMs)])
    const watermark = followed.freshness
    const failure = followed.failure ?? waited.failure
    if (!watermark || failure) throw new Error(failure ?? 'No receipt was followed')
    if (waited.accepted < waited.requests) context.log(`answers to Prefer: wait=stored: ${JSON.stringify(waited.statuses)}`)
    const line = (figure: string, value: number, unit: string) => ({ bench: 'freshness', figure, value, unit })
    return [
      { ...line('accepted', followed.accepted / followed.seconds, 'check-ins/s'), target: { atLeast: 0.99 * RATE } },
      { ...line('p99 from the 201 to the watermark', watermark.p99 / 1000, 'ms'), target: { atMost: 1_000 } },
      line('p50 from the 201 to the watermark', watermark.p50 / 1000, 'ms'),
      line('longest from the 201 to the watermark', watermark.max / 1000, 'ms'),
      line('receipts followed', watermark.count, 'receipts'),
      { ...line('p99 of Prefer: wait=stored, from the request', waited.latency.p99 / 1000, 'ms'), target: { atMost: 1_000 } },
      line('p50 of Prefer: wait=stored, from the request', waited.latency.p50 / 1000, 'ms'),
      { ...line('not stored in time', waited.requests - waited.accepted, 'requests'), target: { atMost: 0 } },
      line('p99 of the 201', followed.latency.p99 / 1000, 'ms'),
    ]
  },
}

function load(context: Context, durationMs: number) {
  return context.load({
    request: { kind: 'checkins', first: 0 },
    connections: CONNECTIONS,
    durationMs,
    requestsMax: (RATE * durationMs) / 1000,
    rate: RATE,
    follow: { every: 1, redisPort: context.installation.ports.redis },
  })
}

/** Its 201 comes when the check-in is readable, so its latency is the whole way; another client, so that it waits alone. */
function waitUntilStored(context: Context, client: ClientProcess, durationMs: number) {
  const requestsMax = (WAITING_RATE * durationMs) / 1000
  return client.run({
    target: context.ingest,
    token: context.token,
    population: context.population,
    request: { kind: 'checkins', first: context.takeTurns('checkins', requestsMax), prefer: 'wait=stored' },
    connections: WAITING_CONNECTIONS,
    durationMs,
    requestsMax,
    rate: WAITING_RATE,
  })
}
