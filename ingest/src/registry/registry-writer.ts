import { encodeRecord, type JournalRecord } from '@zuil/core/contracts/journal'
import { entityKey, laneKeys, numbersKey } from '@zuil/core/contracts/redis-keys'
import type { Redis } from 'ioredis'
import { LuaScript } from '../ledger/lua-script.ts'
import type { Secrets } from '../secrets.ts'
import { isRemoved, type SealedEntry, sealEntry } from './sealed-entry.ts'

/** Entries of a lane's registry stream that may wait for the hub to copy them; above it puts are refused. */
export const REGISTRY_STREAM_MAX = 250_000
/** Length of the content hash in front of a value. */
export const CONTENT_HASH_LENGTH = 22
/** Names of one kind are spread over this many hashes, so that each stays small enough to be packed. */
const NUMBER_BUCKETS_DIGITS = 3
/** In the place of a value: takes it out. As in put.lua. */
const NO_VALUE = '-'

/** Where the entries of a kind stand. */
export interface Shelf {
  /** As in the registry log; passholders and group passes are both `holders`. */
  readonly kind: string
  readonly lane: number
  readonly values: string
  /** Where the sealed entry is kept; the same as `values` when it is all that is kept. */
  readonly sealed?: string
}

export function holderShelf(lane: number): Shelf {
  const keys = laneKeys(lane)
  return { kind: 'holders', lane, values: keys.holders, sealed: keys.identities }
}

/** @param kind any but passholders and group passes */
export function entityShelf(kind: string): Shelf {
  if (kind === 'cards') return { kind, lane: 0, values: entityKey('cards'), sealed: entityKey('card-numbers') }
  if (kind === 'kiosks' || kind === 'accounts' || kind === 'data-tokens')
    return { kind, lane: 0, values: entityKey(kind), sealed: entityKey(kind) }
  return { kind, lane: 0, values: entityKey(kind) }
}

export interface WrittenEntry {
  readonly key: string
  /** Content hash that was there when the entry was made; empty for none. */
  readonly seen: string
  readonly entry: SealedEntry
  /** For the set of changed entities. */
  readonly entity: string
  readonly record?: JournalRecord
}

export type WriteResult = 'written' | 'unchanged' | 'conflict'

export interface NumberGroup {
  /** Undefined: names have no owner. 0: nobody has them. */
  readonly owner?: number
  readonly names: readonly string[]
}

/** The scripts that write the registry. Rejects with what Redis rejects; the store translates. */
export class RegistryWriter {
  readonly #redis: Redis
  readonly #secrets: Secrets
  readonly #journals: boolean
  readonly #numbers = new LuaScript(new URL('./numbers.lua', import.meta.url))
  readonly #put = new LuaScript(new URL('./put.lua', import.meta.url))

  /** `journals`: whether the journal gets the records of the entries; false when it has them. */
  constructor(redis: Redis, secrets: Secrets, { journals = true }: { readonly journals?: boolean } = {}) {
    this.#redis = redis
    this.#secrets = secrets
    this.#journals = journals
  }

  /** Dense numbers for names, new ones where there was none; undefined for a group with a name that belongs to another owner. */
  async numbers(kind: string, groups: readonly NumberGroup[]): Promise<(readonly number[] | undefined)[]> {
    if (groups.length === 0) return []
    const keys = [numbersKey(kind)]
    const index = new Map<string, number>()
    const args = [String(groups.length)]
    for (const { owner, names } of groups) {
      args.push(owner === undefined ? '' : String(owner), String(names.length))
      for (const name of names) {
        const key = numberBucket(kind, name)
        const at = index.get(key) ?? keys.push(key)
        index.set(key, at)
        args.push(String(at), name)
      }
    }
    const reply = await this.#numbers.run(this.#redis, [String(keys.length), ...keys, ...args])
    // The head of numbers.lua.
    return (reply as string[]).map((text) => (text === '!' ? undefined : text.split(' ').map(Number)))
  }

  /** Writes entries of one shelf with one call: each whole or not at all. */
  async write(shelf: Shelf, entries: readonly WrittenEntry[]): Promise<WriteResult[]> {
    if (entries.length === 0) return []
    const keys = laneKeys(shelf.lane)
    const args = [shelf.kind, String(REGISTRY_STREAM_MAX)]
    for (const { key, seen, entry, entity, record } of entries) {
      const ciphertext = sealEntry(this.#secrets, { kind: shelf.kind, key }, entry)
      args.push(key, seen, isRemoved(entry) ? NO_VALUE : storedText(this.#secrets, shelf, { entry, ciphertext }))
      args.push(
        shelf.sealed && shelf.sealed !== shelf.values ? ciphertext : '',
        ciphertext,
        entity,
        record && this.#journals ? encodeRecord(record) : '',
      )
    }
    const targets = [
      keys.registryVersion,
      keys.changed,
      keys.registry,
      keys.journal,
      shelf.values,
      shelf.sealed ?? shelf.values,
      keys.waiting,
    ]
    const reply = await this.#put.run(this.#redis, [String(targets.length), ...targets, ...args])
    // The head of put.lua: a letter for each entry.
    return Array.from(reply as string, (letter) => (letter === 'w' ? 'written' : letter === 'u' ? 'unchanged' : 'conflict'))
  }

  /** Moves the versions of the other lanes, so that decisions there notice the change of an entity of lane 0. */
  async touch(lanes: number, entities: readonly string[]): Promise<void> {
    for (let lane = 1; lane < lanes; lane++) {
      const keys = laneKeys(lane)
      const targets = [
        keys.registryVersion,
        keys.changed,
        keys.registry,
        keys.journal,
        keys.holders,
        keys.identities,
        keys.waiting,
      ]
      const args = ['touch', String(REGISTRY_STREAM_MAX)]
      for (const entity of entities) args.push(entity, '', '', '', '', entity, '')
      await this.#put.run(this.#redis, [String(targets.length), ...targets, ...args])
    }
  }
}

/** The value as it stands in Redis: content hash, space, and what the kind keeps there. */
export function storedText(
  secrets: Secrets,
  shelf: Shelf,
  { entry, ciphertext }: { readonly entry: SealedEntry; readonly ciphertext: string },
): string {
  const shown = shelf.sealed === shelf.values ? ciphertext : entry.stored
  return `${contentHash(secrets, entry)} ${shown}`
}

/** What is the same says the same: the stored value, the identity and the body as it was put. */
export function contentHash(secrets: Secrets, entry: SealedEntry): string {
  return secrets.contentHash(JSON.stringify([entry.stored, entry.identity, entry.cards, entry.data]))
}

/** Hash in which a name of a kind is found. */
export function numberBucket(kind: string, name: string): string {
  return `${numbersKey(kind)}:${fold(name)}`
}

/** Spreads names evenly; not a secret, only a place. */
function fold(name: string): string {
  let sum = 0
  for (let i = 0; i < name.length; i++) sum = (Math.imul(sum, 31) + name.charCodeAt(i)) >>> 0
  return (sum % 16 ** NUMBER_BUCKETS_DIGITS).toString(16)
}
