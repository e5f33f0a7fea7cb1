export interface ShelfOptions<Thing> {
  /** All that is kept weighs no more than this, in the unit of `weightOf`. */
  readonly weightMax: number
  /** Default: each thing weighs one. */
  readonly weightOf?: (thing: Thing) => number
  /** For what may change. Default: it is believed for ever. */
  readonly believed?: Belief
}

/** How old a thing may be that is given. */
export interface Belief {
  /** Until then it is not read again. */
  readonly ageMaxMs: number
  /** After that and until then whoever asks gets it as it is, while it is read again behind them; default: they wait. */
  readonly toldMaxMs?: number
  /** Epoch ms. */
  readonly clock: () => number
}

interface Kept<Thing> {
  readonly thing: Promise<Thing>
  readonly readAt: number
  /** 0 until it is read. */
  weight: number
  isRead: boolean
  isReadAgain: boolean
}

/**
 * Things that cost something to read or make, each by a name that says all of what it depends on. Whoever asks while it is being read
 * waits for the same; a failure is not remembered; what was asked for longest ago goes first.
 */
export class Shelf<Thing> {
  readonly #weightMax: number
  readonly #weightOf: (thing: Thing) => number
  readonly #ageMaxMs: number
  readonly #toldMaxMs: number
  readonly #clock: () => number
  /** The one that was asked for last stands at the end. */
  readonly #kept = new Map<string, Kept<Thing>>()
  #weight = 0

  constructor({ weightMax, weightOf = () => 1, believed }: ShelfOptions<Thing>) {
    this.#weightMax = weightMax
    this.#weightOf = weightOf
    this.#ageMaxMs = believed?.ageMaxMs ?? Number.POSITIVE_INFINITY
    this.#toldMaxMs = Math.max(this.#ageMaxMs, believed?.toldMaxMs ?? 0)
    this.#clock = believed?.clock ?? (() => 0)
  }

  /** Whether it need not be read. */
  has(name: string): boolean {
    const kept = this.#kept.get(name)
    return kept !== undefined && this.#ageOf(kept) < this.#ageMaxMs
  }

  /** @param read only when it is not here, or no longer believed */
  async take(name: string, read: () => Promise<Thing>): Promise<Thing> {
    const known = this.#kept.get(name)
    if (!known || this.#ageOf(known) >= this.#toldMaxMs) return await this.#read(name, read)
    this.#kept.delete(name)
    this.#kept.set(name, known)
    if (known.isRead && !known.isReadAgain && this.#ageOf(known) >= this.#ageMaxMs) {
      known.isReadAgain = true
      void this.#readAgain(name, known, read)
    }
    return await known.thing
  }

  /** What is being read of it is given to those who wait already, and to nobody else. */
  forget(name: string): void {
    this.#remove(name)
  }

  #ageOf({ readAt }: Kept<Thing>): number {
    return this.#clock() - readAt
  }

  async #read(name: string, read: () => Promise<Thing>): Promise<Thing> {
    this.#remove(name)
    const kept = this.#keep(name, read(), this.#clock())
    try {
      const thing = await kept.thing
      if (this.#kept.get(name) === kept) this.#weigh(kept, this.#weightOf(thing))
      return thing
    } catch (error) {
      if (this.#kept.get(name) === kept) this.#remove(name)
      throw error
    }
  }

  /** Behind whoever asked. What fails here is forgotten, so whoever asks next waits for it, and is told what is wrong. */
  async #readAgain(name: string, known: Kept<Thing>, read: () => Promise<Thing>): Promise<void> {
    const readAt = this.#clock()
    try {
      const thing = await read()
      if (this.#kept.get(name) !== known) return
      this.#remove(name)
      this.#weigh(this.#keep(name, Promise.resolve(thing), readAt), this.#weightOf(thing))
    } catch {
      if (this.#kept.get(name) === known) this.#remove(name)
    }
  }

  #keep(name: string, thing: Promise<Thing>, readAt: number): Kept<Thing> {
    const kept = { thing, readAt, weight: 0, isRead: false, isReadAgain: false }
    this.#kept.set(name, kept)
    return kept
  }

  #weigh(kept: Kept<Thing>, weight: number): void {
    kept.isRead = true
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
