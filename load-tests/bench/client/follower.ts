import { comparePositions, type Position, parsePosition } from '@zuil/core'
import { laneKeys } from '@zuil/core/contracts/redis-keys'
import type { RedisLine } from '../../installation/redis-line.ts'
import { Histogram } from './histogram.ts'

/** The error of a measured time is at most this. */
const POLL_MS = 5
/** After the load, receipts that are not stored by then count with the time they waited. */
const WAIT_MAX_MS = 30_000
/** Receipts waiting at once; above it new ones are passed over, and the count of the figure tells. */
const WAITING_MAX = 200_000

interface Waiting {
  readonly position: Position
  readonly answeredAt: number
}

/**
 * Measures how long accepted work takes to be readable: from the arrival of the 201 to the moment the watermark of lane 0
 * (all up to it is inserted and read back) passes the receipt's position.
 */
export class Follower {
  readonly #redis: RedisLine
  readonly #every: number
  readonly #watermarkKey = laneKeys(0).loaded
  readonly #times = new Histogram()
  #waiting: Waiting[] = []
  #seen = 0
  #isFinishing = false
  readonly #polling: Promise<void>

  constructor(redis: RedisLine, every: number) {
    this.#redis = redis
    this.#every = every
    this.#polling = this.#poll()
  }

  /** `receipt`: `<lane>.<ms>-<sequence>`. */
  follow(receipt: string, answeredAt: number): void {
    if (this.#seen++ % this.#every !== 0 || this.#waiting.length >= WAITING_MAX) return
    const dot = receipt.indexOf('.')
    const position = parsePosition(Number(receipt.slice(0, dot)), receipt.slice(dot + 1))
    if (!position) throw new Error(`Not a receipt: ${JSON.stringify(receipt)}`)
    this.#waiting.push({ position, answeredAt })
  }

  async finish(): Promise<Histogram> {
    this.#isFinishing = true
    await this.#polling
    return this.#times
  }

  async #poll(): Promise<void> {
    let finishBy = Number.POSITIVE_INFINITY
    while (!(this.#isFinishing && this.#waiting.length === 0) && performance.now() < finishBy) {
      const watermark = parsePosition(0, await this.#redis.ask('GET', this.#watermarkKey))
      if (watermark) this.#settle(watermark, performance.now())
      if (this.#isFinishing && finishBy === Number.POSITIVE_INFINITY) finishBy = performance.now() + WAIT_MAX_MS
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    }
    for (const { answeredAt } of this.#waiting) this.#times.record((performance.now() - answeredAt) * 1000)
    this.#redis.close()
  }

  #settle(watermark: Position, now: number): void {
    this.#waiting = this.#waiting.filter(({ position, answeredAt }) => {
      if (comparePositions(position, watermark) > 0) return true
      this.#times.record((now - answeredAt) * 1000)
      return false
    })
  }
}
