import type { Redis } from 'ioredis'

/** Fields of one HMGET: Redis answers so many in a fraction of a millisecond, and commits behind it do not notice. */
const FIELDS_MAX = 256

interface Waiting {
  readonly field: string
  readonly resolve: (text: string | null) => void
  readonly reject: (error: unknown) => void
}

/**
 * Reads single fields of hashes, those of one turn of the event loop with one HMGET: at a busy door each check-in asks who somebody is,
 * and a command of its own costs more than what it asks for.
 */
export class FieldReader {
  readonly #redis: Pick<Redis, 'hmget'>
  readonly #waiting = new Map<string, Waiting[]>()

  constructor(redis: Pick<Redis, 'hmget'>) {
    this.#redis = redis
  }

  /** Null when the hash or the field is not there. Rejects as the command does. */
  read(key: string, field: string): Promise<string | null> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.size === 0) setImmediate(() => this.#ask())
      const waiting = this.#waiting.get(key)
      if (waiting) waiting.push({ field, resolve, reject })
      else this.#waiting.set(key, [{ field, resolve, reject }])
    })
  }

  #ask(): void {
    const hashes = [...this.#waiting]
    this.#waiting.clear()
    for (const [key, waiting] of hashes)
      for (let from = 0; from < waiting.length; from += FIELDS_MAX) this.#answer(key, waiting.slice(from, from + FIELDS_MAX))
  }

  #answer(key: string, waiting: readonly Waiting[]): void {
    this.#redis.hmget(key, ...waiting.map(({ field }) => field)).then(
      (texts) => {
        for (const [index, { resolve }] of waiting.entries()) resolve(texts[index] ?? null)
      },
      (error: unknown) => {
        for (const { reject } of waiting) reject(error)
      },
    )
  }
}
