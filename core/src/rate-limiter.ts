/** Allowances kept at the same time; the one that was used longest ago is forgotten first. */
const KEYS_MAX = 20_000

export interface RateLimit {
  /** Allowed at once, after a pause. */
  readonly burst: number
  readonly perSecond: number
}

interface Allowance {
  tokens: number
  at: number
}

/** A token bucket per key, in memory of this process. */
export class RateLimiter {
  readonly #limit: RateLimit
  readonly #now: () => number
  readonly #allowances = new Map<string, Allowance>()

  /** @param now epoch ms */
  constructor(limit: RateLimit, now: () => number) {
    this.#limit = limit
    this.#now = now
  }

  /** Takes `cost` from the key's allowance; seconds to wait when there is not enough, 0 when there was. */
  take(key: string, cost = 1): number {
    const now = this.#now()
    const allowance = this.#refilled(key, now)
    if (allowance.tokens >= cost) {
      allowance.tokens -= cost
      return 0
    }
    return Math.max(1, Math.ceil((cost - allowance.tokens) / this.#limit.perSecond))
  }

  #refilled(key: string, now: number): Allowance {
    const known = this.#allowances.get(key)
    if (known) {
      const elapsed = Math.max(0, now - known.at) / 1000
      known.tokens = Math.min(this.#limit.burst, known.tokens + elapsed * this.#limit.perSecond)
      known.at = now
      return known
    }
    if (this.#allowances.size >= KEYS_MAX) this.#forgetOldest()
    const fresh = { tokens: this.#limit.burst, at: now }
    this.#allowances.set(key, fresh)
    return fresh
  }

  #forgetOldest(): void {
    for (const key of this.#allowances.keys()) {
      this.#allowances.delete(key)
      return
    }
  }
}
