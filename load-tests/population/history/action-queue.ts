/** What is going to happen, by its time. */
export interface Action<Kind extends number> {
  /** Epoch ms. */
  readonly at: number
  readonly kind: Kind
  readonly holder: number
  /** What the kind says: an offer, a reward, a fate. */
  readonly subject: number
  /** Epoch ms of what happened before and is only told now; the same as `at` otherwise. */
  readonly occurredAt: number
  /** Of a void: what is taken back. */
  readonly subjectRecord: unknown
}

/** A queue (binary heap) of actions, earliest first. Hundreds of thousands may wait, so the heap is of numbers. */
export class ActionQueue<Kind extends number> {
  readonly #times: number[] = []
  readonly #slots: number[] = []
  readonly #actions: (Action<Kind> | undefined)[] = []
  readonly #free: number[] = []

  get size(): number {
    return this.#slots.length
  }

  push(action: Action<Kind>): void {
    const slot = this.#free.pop() ?? this.#actions.length
    this.#actions[slot] = action
    let place = this.#slots.length
    this.#times.push(action.at)
    this.#slots.push(slot)
    while (place > 0) {
      const parent = (place - 1) >> 1
      if ((this.#times[parent] ?? 0) <= action.at) break
      this.#move(parent, place)
      place = parent
    }
    this.#times[place] = action.at
    this.#slots[place] = slot
  }

  /** The earliest action, when it is before `until`. */
  popBefore(until: number): Action<Kind> | undefined {
    if (this.#slots.length === 0 || (this.#times[0] ?? 0) >= until) return undefined
    const slot = this.#slots[0] ?? 0
    const action = this.#actions[slot]
    this.#actions[slot] = undefined
    this.#free.push(slot)
    const [lastTime = 0, lastSlot = 0] = [this.#times.pop(), this.#slots.pop()]
    if (this.#slots.length > 0) this.#sink(lastTime, lastSlot)
    return action
  }

  #sink(time: number, slot: number): void {
    const length = this.#slots.length
    let place = 0
    for (;;) {
      let child = 2 * place + 1
      if (child >= length) break
      if (child + 1 < length && (this.#times[child + 1] ?? 0) < (this.#times[child] ?? 0)) child += 1
      if ((this.#times[child] ?? 0) >= time) break
      this.#move(child, place)
      place = child
    }
    this.#times[place] = time
    this.#slots[place] = slot
  }

  #move(from: number, to: number): void {
    this.#times[to] = this.#times[from] ?? 0
    this.#slots[to] = this.#slots[from] ?? 0
  }
}
