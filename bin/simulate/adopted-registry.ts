import { type NumberedName, Registry, RegistryAdoption } from '@zuil/ingest'
import type { History } from '@zuil/load-tests/population/history/history'
import { CardFaces, passholderId } from '@zuil/load-tests/population/registry/passes'
import { type RegistryEntry, registryEntries } from '@zuil/load-tests/population/registry/registry'
import { createRegistryLog, noFault, pipelineFolders } from '@zuil/pipeline'
import { Redis } from 'ioredis'
import { CommandError, say } from '../command.ts'
import type { Settings } from '../config.ts'
import type { Progress } from '../progress.ts'
import { installationSecrets } from '../secrets.ts'
import type { StoppedInstallation } from '../stopped-installation.ts'

/** Entries in one put, and names in one call. */
const AT_ONCE = 500
/** The stream of the registry is copied to its log this often: a fraction of what it may hold. */
const COPY_EVERY = 50_000
const LANE = 0

/**
 * Puts everybody and everything of a history that was told to the end into the registry of a stopped installation, under the
 * numbers that the history calls them by; then in the registry log.
 */
export async function adoptRegistry(
  settings: Settings,
  { redis }: StoppedInstallation,
  { history, progress }: { readonly history: History; readonly progress: Progress },
): Promise<void> {
  const secrets = installationSecrets(settings)
  const registry = new Registry({ redis, connect: () => new Redis(settings.redisUrl), lanes: 1, secrets })
  const log = createRegistryLog({
    redis,
    folder: pipelineFolders(settings.data).registryLog,
    clock: Date.now,
    fault: noFault,
  })
  await registry.load()
  try {
    const adoption = new RegistryAdoption({ redis, lanes: 1, secrets, registry, now: Date.now })
    await numberEverybody(adoption, history)
    let entries = 0
    for (const [kind, data] of inPuts(registryEntries(history.world, history.state, history.until - 1))) {
      for (const result of await adoption.put(kind, data)) {
        if (!result.ok) throw new CommandError(`The registry refuses an entry of ${kind} (${result.problem.detail}).`)
      }
      entries += data.length
      progress.show(`${entries} registry entries`)
      if (entries % COPY_EVERY < data.length) await log.copy(LANE)
    }
    await log.copy(LANE)
    progress.end()
    say(`Registry: ${entries} entries of the simulated population.`)
  } finally {
    await registry.close()
  }
}

async function numberEverybody(adoption: RegistryAdoption, { world, state, until }: History): Promise<void> {
  const { people, offers, events, rewards, options } = world
  const registered = people.joinedOn.findIndex((day) => day >= until)
  const published = offers.publishedOn.findIndex((day) => day >= until)
  const named = (count: number, nameOf: (index: number) => string) =>
    Array.from({ length: count }, (_, index): NumberedName => ({ name: nameOf(index) }))
  const cards = Array.from(new CardFaces(world, state).given(), ({ holder, face }) => ({
    name: face.uitpasNumber,
    owner: holder + 1,
  }))
  const lists = {
    holders: named(registered < 0 ? people.count : registered, (i) => passholderId(options.seed, i)),
    cards,
    events: named(published < 0 ? offers.count : published, (index) => events.event(index).id),
    rewards: rewards.map(({ id }) => ({ name: id })),
  } as const
  for (const kind of ['holders', 'cards', 'events', 'rewards'] as const) {
    const names = lists[kind]
    for (let from = 0; from < names.length; from += AT_ONCE)
      await adoption.number(kind, names.slice(from, from + AT_ONCE), from + 1)
  }
}

/** Entries of one kind that follow each other, as one put. */
export function* inPuts(
  entries: Iterable<RegistryEntry>,
): Generator<readonly [kind: RegistryEntry['kind'], data: readonly unknown[]]> {
  let kind: RegistryEntry['kind'] | undefined
  let data: unknown[] = []
  for (const entry of entries) {
    if (kind !== undefined && (entry.kind !== kind || data.length >= AT_ONCE)) {
      yield [kind, data]
      data = []
    }
    kind = entry.kind
    data.push(entry.data)
  }
  if (kind !== undefined) yield [kind, data]
}
