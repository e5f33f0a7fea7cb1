import type { JournalRecord } from './contracts/journal.ts'
import { CHANGED_ENTITIES_MAX, laneOf } from './contracts/redis-keys.ts'
import { checkGuards, type Guard, guardHolds } from './guard.ts'
import { type CommitItem, type CommitOutcome, type Entry, FURTHER_RECORDS_MAX, type Ledger, type Position } from './ledger.ts'

/** Last sequence number within a millisecond; far below what an id of a transaction can hold. */
const SEQUENCE_MAX = 10_000

/** How long the answer to a request is kept, at least. */
export const REQUEST_KEPT_MS = 24 * 3_600_000

export interface MemoryLedgerOptions {
  /** Epoch ms. */
  readonly clock: () => number
  /** Default 1. */
  readonly lanes?: number
}

export interface JournalledRecord {
  readonly position: Position
  readonly record: JournalRecord
}

interface Counter {
  value: number
  expiresAt: number
}

interface Done {
  readonly fingerprint: string
  readonly outcome: CommitOutcome
  readonly answer: string
  readonly expiresAt: number
}

interface Lane {
  readonly number: number
  readonly journal: JournalledRecord[]
  /** One map for all lanes: an owner has a lane, wherever the entry stands that counts. */
  readonly counters: Map<string, Counter>
  readonly done: Map<string, Done>
  /** Entity → version of its last change, oldest first. */
  readonly changed: Map<string, number>
  version: number
  ms: number
  sequence: number
}

/** A {@link Ledger} in memory, with exactly the answers of the commit script: for tests, simulation and fault drills. */
export class MemoryLedger implements Ledger {
  readonly #clock: () => number
  readonly #lanes: readonly Lane[]

  constructor({ clock, lanes = 1 }: MemoryLedgerOptions) {
    this.#clock = clock
    const counters = new Map<string, Counter>()
    this.#lanes = Array.from({ length: lanes }, (_, number) => newLane(number, counters))
  }

  /** @throws {RangeError} when an item is not well formed; then nothing was written. */
  commit(items: readonly CommitItem[]): Promise<readonly CommitOutcome[]> {
    return new Promise((resolve) => {
      for (const { proposal } of items) {
        for (const entry of [proposal, proposal?.otherwise]) {
          checkGuards(entry?.guards ?? [])
          if ((entry?.further?.length ?? 0) > FURTHER_RECORDS_MAX)
            throw new RangeError(`An entry has at most ${FURTHER_RECORDS_MAX} further records`)
        }
      }
      const now = this.#clock()
      resolve(items.map((item) => this.#commitItem(item, now)))
    })
  }

  /** A change of a registry entry, e.g. `event/4711`. Returns the lane's new version. */
  change(lane: number, entity: string): number {
    const found = this.#lane(lane)
    found.version += 1
    found.changed.delete(entity)
    found.changed.set(entity, found.version)
    for (const oldest of found.changed.keys()) {
      if (found.changed.size <= CHANGED_ENTITIES_MAX) break
      found.changed.delete(oldest)
    }
    return found.version
  }

  registryVersion(lane = 0): number {
    return this.#lane(lane).version
  }

  /** The counter of a guard as it stands; 0 when it never was touched or has expired. */
  value(guard: Pick<Guard, 'counter' | 'owner' | 'period'>): number {
    return counterValue(this.#laneOf(guard.owner), guard, this.#clock())
  }

  journal(lane = 0): readonly JournalledRecord[] {
    return this.#lane(lane).journal
  }

  /** The other lanes are asked before the lane of the item itself is, which keeps the request key. */
  #commitItem(item: CommitItem, now: number): CommitOutcome {
    const isStaleElsewhere = item.furtherVersions?.some(({ lane, registryVersion }) =>
      isStale(this.#lane(lane), { entities: item.entities, registryVersion }),
    )
    return isStaleElsewhere ? { kind: 'stale' } : commitItem(this.#laneOf(item.owner), item, now)
  }

  #laneOf(owner: number): Lane {
    return this.#lane(laneOf(owner, this.#lanes.length))
  }

  #lane(number: number): Lane {
    const lane = this.#lanes[number]
    if (!lane) throw new RangeError(`There is no lane ${number}`)
    return lane
  }
}

function newLane(number: number, counters: Map<string, Counter>): Lane {
  return { number, journal: [], counters, done: new Map(), changed: new Map(), version: 0, ms: 0, sequence: 0 }
}

function commitItem(lane: Lane, item: CommitItem, now: number): CommitOutcome {
  const done = item.request && lane.done.get(item.request.id)
  if (done && done.expiresAt > now) {
    if (done.fingerprint !== item.request?.fingerprint) return { kind: 'conflict' }
    return { kind: 'replayed', outcome: done.outcome, answer: done.answer }
  }
  if (isStale(lane, item)) return { kind: 'stale' }
  const outcome = apply(lane, item, now)
  if (item.request) {
    const { id, fingerprint } = item.request
    lane.done.set(id, { fingerprint, outcome, answer: item.answer ?? '', expiresAt: now + REQUEST_KEPT_MS })
  }
  return outcome
}

/** Reads and checks everything before it writes anything. */
function apply(lane: Lane, { proposal }: CommitItem, now: number): CommitOutcome {
  if (!proposal) return { kind: 'remembered' }
  const failed = firstFailure(lane, proposal.guards, now)
  if (!failed) return { kind: 'committed', ...write(lane, proposal, now), otherwise: false }
  if (proposal.otherwise) return { kind: 'committed', ...write(lane, proposal.otherwise, now), otherwise: true }
  return { kind: 'failed', ...failed }
}

/** A later guard on the same counter sees what an earlier one of the entry adds. */
function firstFailure(lane: Lane, guards: readonly Guard[], now: number): { index: number; value: number } | undefined {
  const pending = new Map<string, number>()
  for (const [index, guard] of guards.entries()) {
    const key = counterKeyOf(guard)
    const value = pending.get(key) ?? counterValue(lane, guard, now)
    if (!guardHolds(guard, value)) return { index, value: counterValue(lane, guard, now) }
    pending.set(key, value + guard.add)
  }
  return undefined
}

function write(lane: Lane, entry: Entry, now: number): { position: Position; values: readonly number[] } {
  for (const guard of entry.guards) {
    const value = counterValue(lane, guard, now) + guard.add
    lane.counters.set(counterKeyOf(guard), { value, expiresAt: guard.expiresAt ?? Number.POSITIVE_INFINITY })
  }
  const values = entry.guards.map((guard) => lane.counters.get(counterKeyOf(guard))?.value ?? 0)
  const position = nextPosition(lane, now)
  lane.journal.push({ position, record: entry.record })
  for (const record of entry.further ?? []) {
    lane.sequence += 1
    lane.journal.push({ position: { ...position, sequence: lane.sequence }, record })
  }
  return { position, values }
}

/** While the clock stands still or is set back, the sequence grows; then the next millisecond begins early. */
function nextPosition(lane: Lane, now: number): Position {
  const isFull = lane.sequence >= SEQUENCE_MAX
  const ms = Math.max(now, isFull ? lane.ms + 1 : lane.ms)
  lane.sequence = ms > lane.ms ? 0 : lane.sequence + 1
  lane.ms = ms
  return { lane: lane.number, ms, sequence: lane.sequence }
}

function counterValue(lane: Lane, guard: Pick<Guard, 'counter' | 'owner' | 'period'>, now: number): number {
  const counter = lane.counters.get(counterKeyOf(guard))
  return counter && counter.expiresAt > now ? counter.value : 0
}

function counterKeyOf({ period, owner, counter }: Pick<Guard, 'counter' | 'owner' | 'period'>): string {
  return `${period}:${owner}:${counter}`
}

/** The same version: nothing to check. An unknown one, or one from before what is remembered: it may have changed unseen. */
function isStale(lane: Lane, { registryVersion, entities }: Pick<CommitItem, 'registryVersion' | 'entities'>): boolean {
  if (entities.length === 0 || registryVersion === lane.version) return false
  if (registryVersion > lane.version) return true
  const [oldest = 0] = lane.changed.values()
  if (lane.changed.size >= CHANGED_ENTITIES_MAX && registryVersion < oldest) return true
  return entities.some((entity) => (lane.changed.get(entity) ?? 0) > registryVersion)
}
