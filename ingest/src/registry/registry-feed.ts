import { setTimeout as delay } from 'node:timers/promises'
import { REGISTRY_KINDS, SETTING_KINDS } from '@zuil/core'
import { laneKeys } from '@zuil/core/contracts/redis-keys'
import type { Redis } from 'ioredis'
import { LedgerError } from '../ledger/ledger-error.ts'
import type { Secrets } from '../secrets.ts'
import { RegistryTables } from './registry-tables.ts'
import { entityShelf, holderShelf, type Shelf } from './registry-writer.ts'

/** Entries that one step of a load asks for: some 200 KB. */
const LOAD_COUNT = 1_000
/** Changes that one read takes. */
const FOLLOW_COUNT = 500
/** How long a read waits for a change; also how soon a stop is noticed at the latest. */
const FOLLOW_BLOCK_MS = 250
/**
 * News older than this is late: then a read does not wait for a change. After a Redis that stood still for a second what is known is
 * up to date again with its first answer, and nothing is refused while it waits for changes that do not come.
 */
const LATE_MS = 2 * FOLLOW_BLOCK_MS
/** After this a read counts as lost. */
const FOLLOW_ANSWER_MS = 1_000
const RETRY_MS = 100
/** A stop waits so long for a read under way; one whose Redis died is settled by nobody when its connection has no timeout. */
const STOP_WAIT_MS = 1_000

/** Persons stand on shelves of their own, bonuses are transactions, and accounts and tokens are read when somebody comes with one. */
const OTHER_KINDS: readonly string[] = ['passholders', 'group-passes', 'accounts', 'data-tokens', 'bonuses']
const ENTITY_KINDS = [...REGISTRY_KINDS.filter((kind) => !OTHER_KINDS.includes(kind)), ...SETTING_KINDS]

export interface RegistryFeedOptions {
  readonly redis: Redis
  readonly follower: Redis
  readonly lanes: number
  readonly secrets: Secrets
  readonly onChange: (entity: string) => void
  /** Told when following fails; it goes on. */
  readonly onError: (error: unknown) => void
  /** Monotonic milliseconds. */
  readonly elapsed: () => number
}

interface LaneState {
  readonly lane: number
  version: number
  /** Last stream entry that was read. */
  id: string
}

interface Change {
  readonly id: string
  readonly version: number
  readonly kind: string
  readonly key: string
}

/** Fills the tables from Redis and keeps them up with the registry streams. A gap in the versions loads everything anew. */
export class RegistryFeed {
  readonly #options: RegistryFeedOptions
  #tables: RegistryTables
  #lanes: readonly LaneState[] = []
  #upToDateAt = Number.NEGATIVE_INFINITY
  #following: Promise<void> | undefined
  #stopped = false

  constructor(options: RegistryFeedOptions) {
    this.#options = options
    this.#tables = new RegistryTables(options.secrets, 0)
  }

  get tables(): RegistryTables {
    return this.#tables
  }

  version(lane: number): number {
    return this.#lanes[lane]?.version ?? 0
  }

  /** Milliseconds since Redis last said that there is nothing newer, or gave what is. */
  get ageMs(): number {
    return this.#options.elapsed() - this.#upToDateAt
  }

  /**
   * Loads all lanes into new tables, then shows them. Changes that come meanwhile are read afterwards from the streams.
   * @throws {LedgerError} `unhealthy` when Redis knows less than it did: what it held is lost
   */
  async load(): Promise<void> {
    const { redis, lanes, secrets } = this.#options
    const states = await Promise.all(Array.from({ length: lanes }, (_, lane) => this.#start(lane)))
    for (const { lane, version } of states)
      if (version < this.version(lane)) throw registryLost(lane, version, this.version(lane))
    const sizes = await Promise.all(states.map(({ lane }) => redis.hlen(laneKeys(lane).holders)))
    const expected = sizes.reduce((sum, size) => sum + size, 0)
    const tables = new RegistryTables(secrets, Math.ceil(expected * 1.2))
    for (const kind of ENTITY_KINDS) await this.#loadShelf(tables, entityShelf(kind))
    for (const { lane } of states) await this.#loadShelf(tables, holderShelf(lane))
    this.#tables = tables
    this.#lanes = states
    this.#upToDateAt = this.#options.elapsed()
  }

  follow(): void {
    this.#following ??= this.#run()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#options.follower.disconnect()
    const timer = new AbortController()
    const expired = delay(STOP_WAIT_MS, undefined, { signal: timer.signal }).catch(() => {})
    await Promise.race([this.#following, expired])
    timer.abort()
  }

  /** The version and where the stream stood at that moment. */
  async #start(lane: number): Promise<LaneState> {
    const keys = laneKeys(lane)
    const results = await this.#options.redis
      .multi()
      .get(keys.registryVersion)
      .xrevrange(keys.registry, '+', '-', 'COUNT', 1)
      .exec()
    const [[, version] = [], [, last] = []] = results ?? []
    // XREVRANGE gives [[id, fields]].
    const id = (last as [string, string[]][] | undefined)?.[0]?.[0] ?? '0-0'
    return { lane, version: Number(version ?? 0), id }
  }

  async #loadShelf(tables: RegistryTables, shelf: Shelf): Promise<void> {
    let cursor = '0'
    do {
      const [next, pairs] = await this.#options.redis.hscan(shelf.values, cursor, 'COUNT', LOAD_COUNT)
      for (let i = 0; i < pairs.length; i += 2) tables.take(shelf.kind, pairs[i] ?? '', pairs[i + 1] ?? '')
      cursor = next
    } while (cursor !== '0')
  }

  /** An outage is reported once, however often it is tried again. */
  async #run(): Promise<void> {
    let isReported = false
    while (!this.#stopped) {
      try {
        const isComplete = await this.#step()
        if (!isComplete && !this.#stopped) await this.load()
        isReported = false
      } catch (error) {
        if (this.#stopped) return
        if (!isReported) this.#options.onError(error)
        isReported = true
        await delay(RETRY_MS)
      }
    }
  }

  /** Reads and applies what is new. False when something is missing: then everything has to be loaded again. */
  async #step(): Promise<boolean> {
    const { follower, redis } = this.#options
    if (follower.status === 'wait') await follower.connect()
    const lanes = this.#lanes
    const keys = lanes.map(({ lane }) => laneKeys(lane))
    const before = lanes.map(({ version }) => version)
    const streams = [...keys.map(({ registry }) => registry), ...lanes.map(({ id }) => id)]
    const reading =
      this.ageMs > LATE_MS
        ? follower.xread('COUNT', FOLLOW_COUNT, 'STREAMS', ...streams)
        : follower.xread('COUNT', FOLLOW_COUNT, 'BLOCK', FOLLOW_BLOCK_MS, 'STREAMS', ...streams)
    const reply = await this.#answered(reading)
    const byStream = new Map(reply ?? [])
    for (const [index, state] of lanes.entries()) {
      const changes = (byStream.get(keys[index]?.registry ?? '') ?? []).map(changeOf)
      if (!(await this.#apply(state, changes))) return false
    }
    if (reply === null) {
      // Nothing came: then the versions must be what they were, or entries were trimmed before they were read.
      const versions = await redis.mget(...keys.map(({ registryVersion }) => registryVersion))
      const isBehind = versions.some((version, index) => Number(version ?? 0) !== before[index])
      if (isBehind && !(await this.#hasEntries(streams))) return false
    }
    this.#upToDateAt = this.#options.elapsed()
    return true
  }

  /** A blocking read that is lost with its connection is never settled by ioredis: then begin with a new connection. */
  async #answered<T>(reading: Promise<T>): Promise<T> {
    const timer = new AbortController()
    const lost = delay(FOLLOW_ANSWER_MS, undefined, { signal: timer.signal }).then(() => {
      if (!this.#stopped) this.#options.follower.disconnect(true)
      throw new LedgerError('unavailable', 'Redis does not answer whether the registry changed')
    })
    try {
      return await Promise.race([reading, lost])
    } finally {
      timer.abort()
      lost.catch(() => {})
      reading.catch(() => {})
    }
  }

  async #hasEntries(streams: readonly string[]): Promise<boolean> {
    return (await this.#options.redis.xread('COUNT', 1, 'STREAMS', ...streams)) !== null
  }

  async #apply(state: LaneState, changes: readonly Change[]): Promise<boolean> {
    // An entry may be read again after a load that was later than it.
    const fresh = changes.filter(({ version }) => version > state.version)
    for (const [index, { version }] of fresh.entries()) if (version !== state.version + 1 + index) return false
    const entities = await this.#fetch(state.lane, fresh)
    if (this.#stopped) return true
    const last = changes.at(-1)
    if (last) state.id = last.id
    state.version = fresh.at(-1)?.version ?? state.version
    for (const entity of entities) this.#options.onChange(entity)
    return true
  }

  /** Reads the values as they are now: the stream says what changed, the hashes say what is. */
  async #fetch(lane: number, changes: readonly Change[]): Promise<readonly string[]> {
    const entities: string[] = []
    const byKind = new Map<string, string[]>()
    for (const { kind, key } of changes) {
      if (kind === 'touch') entities.push(key)
      else byKind.set(kind, [...(byKind.get(kind) ?? []), key])
    }
    for (const [kind, keys] of byKind) {
      const shelf = kind === 'holders' ? holderShelf(lane) : entityShelf(kind)
      const texts = await this.#options.redis.hmget(shelf.values, ...keys)
      for (const [index, key] of keys.entries()) {
        const text = texts[index] ?? ''
        const entity = text === '' ? this.#tables.remove(kind, key) : this.#tables.take(kind, key, text)
        if (entity !== undefined) entities.push(entity)
      }
    }
    return entities
  }
}

/** Without this an emptied Redis would be an empty registry: every device would hear that it may not, which is no reason to come again. */
export function registryLost(lane: number, version: number, known: number): LedgerError {
  return new LedgerError(
    'unhealthy',
    `Redis has version ${version} of the registry of lane ${lane}, and had ${known}: what it held is lost; stop Zuil and run "npm run zuil -- rebuild redis --force"`,
  )
}

function changeOf([id, fields]: [string, string[]]): Change {
  const field = (name: string) => fields[fields.indexOf(name) + 1] ?? ''
  return { id, version: Number(field('version')), kind: field('kind'), key: field('key') }
}
