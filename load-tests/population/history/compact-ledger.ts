import { type Entry, type Guard, guardHolds, type Position, type Proposal, pointsCounter } from '@zuil/core'
import { CounterTable } from './counter-table.ts'

/** What a commit came to; as `CommitOutcome` of core, without what only requests have. */
export type HistoryOutcome =
  | { readonly kind: 'committed'; readonly position: Position; readonly entry: Entry }
  | { readonly kind: 'failed'; readonly index: number; readonly value: number }

/** Counters of one calendar bucket, forgotten together. */
interface Bucket {
  readonly expiresAt: number
  readonly numbers: Map<string, number>
  readonly table: CounterTable
}

/** Owners that fit the lower part of a key. */
const OWNERS_MAX = 2 ** 26
/** As in MemoryLedger: then the next millisecond begins early. */
const SEQUENCE_MAX = 10_000
const SWEEP_MS = 86_400_000

/**
 * The counters of years of history in flat arrays: decides as MemoryLedger does (a test compares them), but keeps no journal
 * and no request keys, has one lane, and forgets periods that are over.
 */
export class CompactLedger {
  readonly #balances = new Map<string, Int32Array>()
  readonly #buckets = new Map<string, Bucket>()
  #ms = 0
  #sequence = 0
  #sweepAt = 0

  /** `programmes`: whose balances are kept in an array; `owners`: highest number of an owner. */
  constructor({ owners, programmes }: { readonly owners: number; readonly programmes: readonly string[] }) {
    for (const programme of programmes) this.#balances.set(pointsCounter(programme), new Int32Array(owners + 1))
  }

  /** Epoch ms of the last position that was given out. */
  get ms(): number {
    return this.#ms
  }

  commit(proposal: Proposal, now: number): HistoryOutcome {
    this.#sweep(now)
    const failed = this.#firstFailure(proposal.guards, now)
    const entry = failed ? proposal.otherwise : proposal
    if (!entry) return { kind: 'failed', ...(failed ?? { index: 0, value: 0 }) }
    for (const guard of entry.guards) this.#set(guard, this.value(guard, now) + guard.add)
    const position = this.position(now)
    this.#sequence += entry.further?.length ?? 0
    return { kind: 'committed', position, entry }
  }

  /** The position of a record that needs no counter. */
  position(now: number): Position {
    const isFull = this.#sequence >= SEQUENCE_MAX
    const ms = Math.max(now, isFull ? this.#ms + 1 : this.#ms)
    this.#sequence = ms > this.#ms ? 0 : this.#sequence + 1
    this.#ms = ms
    return { lane: 0, ms, sequence: this.#sequence }
  }

  value({ counter, owner, period }: Pick<Guard, 'counter' | 'owner' | 'period'>, now: number): number {
    const balance = period === '' ? this.#balances.get(counter) : undefined
    if (balance) return balance[owner] ?? 0
    const bucket = this.#buckets.get(period)
    const number = bucket?.numbers.get(counter)
    if (!bucket || number === undefined || bucket.expiresAt <= now) return 0
    return bucket.table.get(number * OWNERS_MAX + owner)
  }

  #set({ counter, owner, period, expiresAt }: Guard, value: number): void {
    const balance = period === '' ? this.#balances.get(counter) : undefined
    if (balance) {
      balance[owner] = value
      return
    }
    let bucket = this.#buckets.get(period)
    if (!bucket) {
      bucket = { expiresAt: expiresAt ?? Number.POSITIVE_INFINITY, numbers: new Map(), table: new CounterTable() }
      this.#buckets.set(period, bucket)
    }
    let number = bucket.numbers.get(counter)
    if (number === undefined) {
      number = bucket.numbers.size
      bucket.numbers.set(counter, number)
    }
    bucket.table.set(number * OWNERS_MAX + owner, value)
  }

  /** A later guard on the same counter sees what an earlier one of the entry adds. */
  #firstFailure(guards: readonly Guard[], now: number): { index: number; value: number } | undefined {
    for (let index = 0; index < guards.length; index++) {
      const guard = guards[index]
      if (!guard) break
      let value = this.value(guard, now)
      const standing = value
      for (let before = 0; before < index; before++) {
        const earlier = guards[before]
        if (earlier && isSameCounter(earlier, guard)) value += earlier.add
      }
      if (!guardHolds(guard, value)) return { index, value: standing }
    }
    return undefined
  }

  #sweep(now: number): void {
    if (now < this.#sweepAt) return
    this.#sweepAt = now + SWEEP_MS
    for (const [period, { expiresAt }] of this.#buckets) if (expiresAt <= now) this.#buckets.delete(period)
  }
}

function isSameCounter(a: Guard, b: Guard): boolean {
  return a.owner === b.owner && a.counter === b.counter && a.period === b.period
}
