import { answerDays, answersKey, laneKeys } from '@zuil/core/contracts/redis-keys'
import { type CommitMark, encodeReservation, MARK_COMMITTED, markOf } from '@zuil/core/contracts/reservation'
import type { Redis } from 'ioredis'
import { COMMIT_CONNECTION, type ConnectionOptions } from './commit-connection.ts'
import { LedgerError } from './ledger-error.ts'
import { LuaScript } from './lua-script.ts'
import { ledgerErrorOf, redisErrorCode } from './redis-error.ts'
import type { LaneShare, SpanningItem } from './spanning-item.ts'

/** Bound that never fails; the script's LIMIT. */
const UNBOUNDED = Number.MAX_SAFE_INTEGER + 1
/** Reservations of one portion of a list. */
const PORTION = 1_000

export type ShareReply =
  /** The counter of each guard of the share. */
  | { readonly kind: 'reserved'; readonly values: readonly number[] }
  /** `at`: which guard of the share. */
  | { readonly kind: 'failed'; readonly at: number; readonly value: number }
  | { readonly kind: 'stale' }

/** How a reservation ends: what was to count later counts, or what counted already is taken back. */
export type Ending = 'settle' | 'release'

export interface StoredReservation {
  readonly id: string
  readonly text: string
}

/**
 * Reservations in Redis, on a connection of its own that carries many calls at once. Like commits they are never sent again by
 * themselves. Rejects with a LedgerError only.
 */
export class ReservationStore {
  readonly #redis: Redis
  readonly #reserve = script('counter', 'reserve')
  readonly #resolve = script('counter', 'resolve')
  readonly #abandon = script('abandon')
  readonly #forget = script('forget')
  #broken: LedgerError | undefined

  constructor(connect: (options: ConnectionOptions) => Redis) {
    this.#redis = connect(COMMIT_CONNECTION)
    // What is wrong shows in the call that fails; without a listener ioredis would print it.
    this.#redis.on('error', () => {})
  }

  async open(): Promise<void> {
    await this.#call(async (redis) => {
      await redis.connect()
      for (const { text } of [this.#reserve, this.#resolve, this.#abandon, this.#forget]) await redis.script('LOAD', text)
    })
  }

  close(): void {
    this.#redis.disconnect()
  }

  /** Why reservations cannot be expected to succeed; empty when they can. */
  get trouble(): string {
    return this.#broken?.message ?? (this.#redis.status === 'ready' ? '' : 'the connection for several lanes is down')
  }

  /** Takes what a share takes. The contract is the head of reserve.lua. */
  async reserve({ id, mark, home }: SpanningItem, share: LaneShare): Promise<ShareReply> {
    const { lane, guards, counters, registryVersion, entities } = share
    const { reserved, registryVersion: version, changed } = laneKeys(lane)
    const hashes = [...new Map(counters.map(({ key, expiresAt }) => [key, expiresAt]))]
    const numberOf = new Map(hashes.map(([key], index) => [key, index + 1]))
    const program = [hashes.length, ...hashes.map(([, expiresAt]) => expiresAt), counters.length]
    for (const { key, taken } of counters) program.push(numberOf.get(key) ?? 0, taken)
    program.push(guards.length)
    for (const { guard, counter } of guards) {
      program.push(counter + 1, guard.add, guard.atMost ?? UNBOUNDED, guard.atLeast ?? -UNBOUNDED)
    }
    const kept = guards.length > 0 ? encodeReservation({ mark: markOf(mark, home), counters }) : ''
    const seen = registryVersion === undefined || entities.length === 0 ? '' : [registryVersion, ...entities].join(' ')
    const keys = [reserved, version, changed, ...hashes.map(([key]) => key)]
    const fields = counters.map(({ field }) => field)
    return shareReply(
      await this.#run(this.#reserve, [String(keys.length), ...keys, id, seen, JSON.stringify(program), kept, ...fields]),
    )
  }

  /** False when it was ended before. */
  async end(id: string, ending: Ending, { lane, counters }: Pick<LaneShare, 'lane' | 'counters'>): Promise<boolean> {
    const keys = [laneKeys(lane).reserved]
    const program: number[] = []
    const fields: string[] = []
    for (const { key, field, taken, later, expiresAt } of counters) {
      const add = ending === 'settle' ? later : 0 - taken
      if (add === 0) continue
      if (!keys.includes(key)) keys.push(key)
      program.push(keys.indexOf(key), add, expiresAt)
      fields.push(field)
    }
    return (await this.#run(this.#resolve, [String(keys.length), ...keys, id, JSON.stringify(program), ...fields])) === 1
  }

  /** Whether the commit came; when it did not, it never can from now on. */
  async isCommitted({ key, field, expiresAt }: CommitMark): Promise<boolean> {
    return (await this.#run(this.#abandon, ['1', key, field, String(expiresAt)])) === Number(MARK_COMMITTED)
  }

  /** After every reservation of a commit was settled. */
  async dropMark({ key, field }: CommitMark): Promise<void> {
    await this.#call((redis) => redis.hdel(key, field))
  }

  /** Makes room for a request whose attempt was abandoned; `answer` as it was kept. */
  async forget(lane: number, requestId: string, answer: string): Promise<void> {
    const keys = answerDays(await this.now()).map((day) => answersKey(lane, day, requestId))
    await this.#run(this.#forget, [String(keys.length), ...keys, requestId, answer])
  }

  /** Everything that is reserved in a lane, in portions; some may be given twice. */
  async *list(lane: number): AsyncGenerator<readonly StoredReservation[]> {
    let cursor = '0'
    do {
      const [next, pairs] = await this.#call((redis) => redis.hscan(laneKeys(lane).reserved, cursor, 'COUNT', PORTION))
      cursor = next
      yield pairs.flatMap((id, index) => (index % 2 === 0 ? [{ id, text: pairs[index + 1] ?? '' }] : []))
    } while (cursor !== '0')
  }

  /** Epoch ms, by the clock that reservations are dated with. */
  async now(): Promise<number> {
    const [seconds, microseconds] = await this.#call((redis) => redis.time())
    return Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000)
  }

  #run(lua: LuaScript, call: readonly string[]): Promise<unknown> {
    return this.#call((redis) => lua.run(redis, call))
  }

  async #call<T>(call: (redis: Redis) => Promise<T>): Promise<T> {
    if (this.#broken) throw this.#broken
    try {
      return await call(this.#redis)
    } catch (cause) {
      const error = ledgerErrorOf(cause)
      if (error.code === 'unhealthy') this.#broken = error
      // After a call without reply the next ones would wait behind it: begin anew.
      if (redisErrorCode(cause) === undefined && this.#redis.status === 'ready') this.#redis.disconnect(true)
      throw error
    }
  }
}

function script(...names: readonly string[]): LuaScript {
  return new LuaScript(...names.map((name) => new URL(`./${name}.lua`, import.meta.url)))
}

function shareReply(reply: unknown): ShareReply {
  const text = typeof reply === 'string' ? reply : ''
  const numbers = text.length > 1 ? text.slice(1).split(' ').map(Number) : []
  const [at = 0, value = 0] = numbers
  switch (text.charAt(0)) {
    case 'r':
      return { kind: 'reserved', values: numbers }
    case 'f':
      return { kind: 'failed', at, value }
    case 's':
      return { kind: 'stale' }
    default:
      throw new LedgerError('unhealthy', 'The reserve script answered what it never answers')
  }
}
