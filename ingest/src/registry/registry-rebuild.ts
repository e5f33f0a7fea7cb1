import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { entityKey, laneKeys, numbersKey, ROLE_HOLDERS_KEY } from '@zuil/core/contracts/redis-keys'
import { decodeRegistryLogEntry, type RegistryLogEntry } from '@zuil/core/contracts/registry-log'
import type { ChainableCommander, Redis } from 'ioredis'
import { RebuildError } from '../rebuild-error.ts'
import { numberedReward } from '../rewards/numbered-reward.ts'
import type { Secrets } from '../secrets.ts'
import { decodeAccount } from './account-book.ts'
import type { StoredEvent } from './entity-draft.ts'
import { type CardRow, decodeCardRow, decodeHolderEntry } from './holder-entry.ts'
import { entityShelf, holderShelf, numberBucket, type Shelf, storedText } from './registry-writer.ts'
import { isRemoved, openEntry } from './sealed-entry.ts'

/** Entries that are written in one go. */
const BATCH_ENTRIES = 500
/** Stands while a rebuild is under way, so that one that was interrupted can be run again. */
const MARK = 'zuil:rebuilding:registry'

export interface RegistryRebuildOptions {
  readonly redis: Redis
  readonly lanes: number
  readonly secrets: Secrets
  /** The log of a lane, oldest entry first; see {@link readRegistryLog}. */
  readonly log: (lane: number) => AsyncIterable<RegistryLogEntry>
  /** Also over what Redis holds already. */
  readonly force?: boolean
  /** Entries done so far. */
  readonly onProgress?: (entries: number) => void
}

/**
 * Builds everything that Redis holds of the registry from its log: entries, identities, dense numbers, versions. Running it
 * again gives the same. Nothing may write to this Redis meanwhile.
 * @returns the number of entries read
 * @throws {RebuildError} `not-empty` without `force`, `log-gap` when an entry is missing
 * @throws {SecretError} when the log was sealed with another secret
 */
export async function rebuildRegistry(options: RegistryRebuildOptions): Promise<number> {
  const { redis, lanes, force = false, onProgress = () => {} } = options
  if (!force) await refuseWhenNotEmpty(redis, lanes)
  await redis.set(MARK, '1')
  // What stood there is not noted; who asks looks for it anew.
  await redis.del(ROLE_HOLDERS_KEY)
  const last = new Map<string, number>()
  let entries = 0
  for (let lane = 0; lane < lanes; lane++) {
    let version = 0
    for await (const batch of inBatches(options.log(lane))) {
      const fresh: RegistryLogEntry[] = []
      for (const entry of batch) {
        // The hub may have copied an entry twice when it died in between.
        if (entry.version <= version) continue
        if (entry.version !== version + 1) throw gap(lane, version, entry.version)
        version = entry.version
        fresh.push(entry)
      }
      await write(redis.pipeline(), fresh, { lane, secrets: options.secrets, last })
      entries += fresh.length
      onProgress(entries)
    }
    await redis.set(laneKeys(lane).registryVersion, version)
  }
  for (const [kind, number] of last) await redis.hset(numbersKey(kind), '', number)
  await redis.del(MARK)
  return entries
}

async function refuseWhenNotEmpty(redis: Redis, lanes: number): Promise<void> {
  const keys = Array.from({ length: lanes }, (_, lane) => laneKeys(lane)).flatMap((lane) => [lane.registryVersion, lane.holders])
  const [present, isInterrupted] = await Promise.all([redis.exists(...keys, entityKey('events')), redis.exists(MARK)])
  if (present > 0 && isInterrupted === 0) {
    throw new RebuildError(
      'not-empty',
      'Redis holds a registry already; empty it, or run the rebuild with --force to write over it.',
    )
  }
}

function gap(lane: number, version: number, next: number): RebuildError {
  return new RebuildError(
    'log-gap',
    `The registry log of lane ${lane} jumps from version ${version} to ${next}: a part of it is missing.`,
  )
}

interface Target {
  readonly lane: number
  readonly secrets: Secrets
  /** Highest number of each kind so far. */
  readonly last: Map<string, number>
}

async function write(pipeline: ChainableCommander, entries: readonly RegistryLogEntry[], target: Target): Promise<void> {
  for (const entry of entries) if (entry.kind !== 'touch') add(pipeline, entry, target)
  for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error
}

function add(pipeline: ChainableCommander, { kind, key, ciphertext }: RegistryLogEntry, { lane, secrets, last }: Target): void {
  const shelf: Shelf = kind === 'holders' ? holderShelf(lane) : entityShelf(kind)
  const entry = openEntry(secrets, { kind, key }, ciphertext)
  if (isRemoved(entry)) {
    pipeline.hdel(shelf.values, key)
    return
  }
  pipeline.hset(shelf.values, key, storedText(secrets, shelf, { entry, ciphertext }))
  if (shelf.sealed && shelf.sealed !== shelf.values) pipeline.hset(shelf.sealed, key, ciphertext)
  const number = (of: { readonly kind: string; readonly name: string; readonly number: number; readonly owner?: number }) => {
    const value = of.owner === undefined ? String(of.number) : `${of.number}:${of.owner}`
    pipeline.hset(numberBucket(of.kind, of.name), of.name, value)
    last.set(of.kind, Math.max(last.get(of.kind) ?? 0, of.number))
  }
  const numberCard = (card: CardRow, owner: number) =>
    number({ kind: 'cards', name: card.hash.toString('base64url'), number: card.number, owner })
  if (kind === 'holders') {
    const holder = decodeHolderEntry(entry.stored)
    number({ kind, name: holder.id.toString('base64url'), number: Number(key) })
    for (const card of holder.cards) numberCard(card, Number(key))
    const insz = entry.identity?.inszNumber ?? ''
    if (insz !== '') {
      const name = secrets.inszHash(insz).toString('base64url')
      pipeline.hset(numberBucket('insz', name), name, key)
    }
  } else if (kind === 'accounts') {
    const { email } = decodeAccount(entry.stored)
    if (email !== '') {
      const name = secrets.emailHash(email).toString('base64url')
      pipeline.hset(numberBucket('emails', name), name, key)
    }
  } else if (kind === 'cards') {
    // Written by the store for this kind only.
    numberCard(decodeCardRow(JSON.parse(entry.stored) as Parameters<typeof decodeCardRow>[0]), 0)
  } else if (kind === 'events') {
    number({ kind, name: key, number: (JSON.parse(entry.stored) as StoredEvent).event.number })
  } else if (kind === 'rewards') {
    const reward = numberedReward(JSON.parse(entry.stored))
    if (reward) number({ kind, name: key, number: reward.reward.number })
  }
}

async function* inBatches<T>(items: AsyncIterable<T>): AsyncIterable<readonly T[]> {
  let batch: T[] = []
  for await (const item of items) {
    if (batch.push(item) < BATCH_ENTRIES) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/**
 * The log of a lane from `data/registry-log`, oldest entry first; empty when there is none. A last line without its end was
 * never acknowledged and is left out.
 * @throws {SyntaxError} or {TypeError} when another line is not an entry
 */
export async function* readRegistryLog(folder: string, lane: number): AsyncIterable<RegistryLogEntry> {
  const laneFolder = join(folder, String(lane))
  const names = (await namesIn(laneFolder)).filter((name) => /^\d{8,}\.log$/.test(name))
  for (const name of names.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))) {
    let held: string | undefined
    for await (const line of createInterface({
      input: createReadStream(join(laneFolder, name)),
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      if (held !== undefined) yield decodeRegistryLogEntry(held)
      held = line
    }
    const last = held === undefined ? undefined : lastEntry(held)
    if (last) yield last
  }
}

/** The last line of a file may be torn by a crash: then it still stands in the stream, or was never answered. */
function lastEntry(line: string): RegistryLogEntry | undefined {
  try {
    return decodeRegistryLogEntry(line)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
