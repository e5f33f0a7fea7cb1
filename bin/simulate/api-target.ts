import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { HolderState } from '@zuil/load-tests/population/history/holder-state'
import { LIVE_KINDS } from '@zuil/load-tests/population/live/action'
import { Pace } from '@zuil/load-tests/population/live/pace'
import { LivePlan } from '@zuil/load-tests/population/live/plan'
import { RequestWriter } from '@zuil/load-tests/population/live/request'
import type { LiveTally } from '@zuil/load-tests/population/live/tally'
import { runTraffic } from '@zuil/load-tests/population/live/traffic'
import { registryEntries } from '@zuil/load-tests/population/registry/registry'
import type { World } from '@zuil/load-tests/population/world'
import { CommandError, say } from '../command.ts'
import type { Settings } from '../config.ts'
import { Progress } from '../progress.ts'
import { installationSecrets } from '../secrets.ts'
import { inPuts } from './adopted-registry.ts'
import { ApiCaller } from './api-caller.ts'
import type { KnownEntries } from './known-entries.ts'
import type { LiveOptions } from './live-options.ts'

/** Until every process of the API knows what was put last. */
const KNOWN_AFTER_MS = 1_500
/** How long somebody is waited for who tells a history first: ten minutes. */
const LOOK_MS = 300
const LOOKS_MAX = 2_000

export interface LivePopulation {
  readonly world: World
  /** As the holders are at the end of yesterday. */
  readonly state: HolderState
  /** Today, in Brussels. */
  readonly today: number
  /** What the registry has already. */
  readonly known: KnownEntries
}

/**
 * Lets the population act against a running API until the signal: first the registry gets everybody, then they come.
 * @throws {CommandError} when nobody answers there, or the registry does not take them
 */
export async function actLive(
  settings: Settings,
  population: LivePopulation,
  { live, signal }: { readonly live: LiveOptions; readonly signal: AbortSignal },
): Promise<LiveTally> {
  const { world, state } = population
  const url = live.url ?? `http://${settings.host}:${settings.ingestPort}`
  if (live.waits) await untilSomebodyAnswers(url, signal)
  const caller = new ApiCaller({ url, world, operatorToken: installationSecrets(settings).token('operator') })
  if (!live.isImported) await putEverybody(caller, population, { url, signal })
  const plan = new LivePlan(world, { state, now: Date.now(), mayRegister: !live.isImported })
  const pace = new Pace(world, state)
  const progress = new Progress()
  const startedAt = performance.now()
  const over = live.seconds === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(live.seconds * 1_000)])
  process.send?.('ready')
  const tally = await runTraffic({
    plan,
    requests: new RequestWriter(world, state),
    send: (request, key) => caller.send(request, key),
    rate: (now) => (live.speed === undefined ? live.rate : Math.min(live.rate, live.speed * pace.perSecond(now))),
    now: Date.now,
    share: Math.random,
    newKey: randomUUID,
    sleep: (ms, abort) => setTimeout(ms, undefined, { signal: abort }).catch(() => undefined),
    signal: over,
    onEnd: (so) => progress.show(lineOf(so, (performance.now() - startedAt) / 1_000)),
  })
  progress.end()
  return tally
}

async function untilSomebodyAnswers(url: string, signal: AbortSignal): Promise<void> {
  const look = async () => (await fetch(`${url}/health`, { signal: AbortSignal.timeout(LOOK_MS) }).catch(() => undefined))?.ok
  for (let looks = 0; looks < LOOKS_MAX && !signal.aborted && !(await look()); looks++) await setTimeout(LOOK_MS)
}

async function putEverybody(
  caller: ApiCaller,
  { world, state, today, known }: LivePopulation,
  { url, signal }: { readonly url: string; readonly signal: AbortSignal },
): Promise<void> {
  const progress = new Progress()
  let entries = 0
  for (const [kind, data] of inPuts(known.changed(registryEntries(world, state, today)))) {
    if (signal.aborted) return
    const path = `/registry/${kind}`
    const request = {
      caller: { kind: 'operator' },
      method: 'PUT',
      path,
      body: JSON.stringify(data),
      contentType: 'application/json',
    } as const
    const { status, body } = await caller.send(request, randomUUID())
    if (status !== 200) throw notTaken(url, status)
    const refused = refusedOf(body)
    if (refused) throw new CommandError(`The registry at ${url} refuses an entry of ${kind} (${refused}): give it an empty one.`)
    entries += data.length
    progress.show(`${entries} registry entries`)
  }
  progress.end()
  say(`The registry at ${url} has the population: ${entries} entries were put.`)
  await setTimeout(KNOWN_AFTER_MS)
}

function notTaken(url: string, status: number): CommandError {
  if (status === 0) return new CommandError(`Nobody answers at ${url}: start Zuil first (npm start), or say where with --url.`)
  if (status === 401) {
    return new CommandError(
      `${url} does not know the operator of this data folder: set ZUIL_DATA to that of the installation, or write the registry with ` +
        '--registry <file>, bring it in there with "zuil import", and say --imported here.',
    )
  }
  return new CommandError(`${url} does not take the registry (status ${status}).`)
}

/** Why the first entry was refused that was; undefined when all were taken. */
function refusedOf(body: unknown): string | undefined {
  // Our own API, whose contract this is.
  const { results } = body as { results: readonly { ok: boolean; problem?: { detail: string } }[] }
  return results.find(({ ok }) => !ok)?.problem?.detail
}

function lineOf(tally: LiveTally, seconds: number): string {
  const accepted = tally.total('accepted')
  const perSecond = (accepted / Math.max(1, seconds)).toFixed(1)
  return `${accepted} accepted (${perSecond} a second), ${tally.total('refused')} refused, ${tally.total('unanswered')} unanswered`
}

/** How the actions of a population ended, as a table. */
export function liveReport(tally: LiveTally): string {
  const rows = LIVE_KINDS.map((kind) => ({ kind, ...tally.kinds[kind] })).filter(
    ({ accepted, refused, unanswered }) => accepted + refused + unanswered > 0,
  )
  const cells = (values: readonly (string | number)[]) => values.map((value) => String(value).padStart(12)).join('')
  return [
    `${''.padEnd(14)}${cells(['accepted', 'refused', 'unanswered'])}`,
    ...rows.map(({ kind, accepted, refused, unanswered }) => `${kind.padEnd(14)}${cells([accepted, refused, unanswered])}`),
    ...tally.refusals.map(({ code, count, meaning, example }) => `${count} × ${code}: ${meaning ?? `not foreseen (${example})`}`),
  ].join('\n')
}
