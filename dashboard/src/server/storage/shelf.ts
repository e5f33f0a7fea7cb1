export interface ShelfOptions<Thing> {
  /** All that is kept weighs no more than this, in the unit of `weightOf`. */
  readonly weightMax: number
  /** Default: each thing weighs one. */
  readonly weightOf?: (thing: Thing) => number
  /** For what may change: how long it is believed, and epoch ms. Default: for ever. */
  readonly believed?: { readonly ageMaxMs: number; readonly clock: () => number }
}

interface Kept<Thing> {
  readonly thing: Promise<Thing>
  readonly readAt: number
  /** 0 until it is read. */
  weight: number
}

/**
 * Things that cost something to read or make, each by a name that says all of what it depends on. Whoever asks while it is being read
 * waits for the same; a failure is not remembered; what was asked for longest ago goes first.
 */
export class Shelf<Thing> {
  readonly #weightMax: number
  readonly #weightOf: (thing: Thing) => number
  readonly #ageMaxMs: number
  readonly #clock: () => number
  /** The one that was asked for last stands at the end. */
  readonly #kept = new Map<string, Kept<Thing>>()
  #weight = 0

  constructor({ weightMax, weightOf = () => 1, believed }: ShelfOptions<Thing>) {
    this.#weightMax = weightMax
    this.#weightOf = weightOf
    this.#ageMaxMs = believed?.ageMaxMs ?? Number.POSITIVE_INFINITY
    this.#clock = believed?.clock ?? (() => 0)
  }

  /** Whether it need not be read. */
  has(name: string): boolean {
    const kept = this.#kept.get(name)
    return kept !== undefined && this.#clock() - kept.readAt < this.#ageMaxMs
  }

  /** @param read only when it is not here, or no longer believed */
  async take(name: string, read: () => Promise<Thing>): Promise<Thing> {
    const known = this.#kept.get(name)
    if (known && this.has(name)) {
      this.#kept.delete(name)
      this.#kept.set(name, known)
      return await known.thing
    }
    this.#remove(name)
    const kept: Kept<Thing> = { thing: read(), readAt: this.#clock(), weight: 0 }
    this.#kept.set(name, kept)
    try {
      const thing = await kept.thing
      if (this.#kept.get(name) === kept) this.#weigh(kept, this.#weightOf(thing))
      return thing
    } catch (error) {
      if (this.#kept.get(name) === kept) this.#remove(name)
      throw error
    }
  }

  #weigh(kept: Kept<Thing>, weight: number): void {
    kept.weight = weight
    this.#weight += weight
    for (const name of this.#kept.keys()) {
      if (this.#weight <= this.#weightMax) return
      this.#remove(name)
    }
  }

  #remove(name: string): void {
    this.#weight -= this.#kept.get(name)?.weight ?? 0
    this.#kept.delete(name)
  }
}
