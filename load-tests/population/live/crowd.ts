import { type Dice, indexAbove } from '../dice.ts'
import type { HolderState } from '../history/holder-state.ts'
import type { World } from '../world.ts'

/** Those who go out, each as often as it is its habit. */
export class Crowd {
  readonly #visits: Float32Array
  readonly #holders: number[] = []
  readonly #cumulative: number[] = []

  /** @param day first day; who lost the interest before it stays at home */
  constructor({ people }: World, state: HolderState, day: number) {
    this.#visits = people.visitsPerYear
    for (let i = 0; i < people.count; i++) {
      if ((state.card[i] ?? 0) > 0 && (people.lapsedOn[i] ?? 0) >= day) this.join(i)
    }
  }

  get size(): number {
    return this.#holders.length
  }

  join(i: number): void {
    const visits = this.#visits[i] ?? 0
    if (visits <= 0) return
    this.#holders.push(i)
    this.#cumulative.push((this.#cumulative.at(-1) ?? 0) + visits)
  }

  /** Index of a holder; undefined when nobody goes out. */
  pick(dice: Dice): number | undefined {
    const total = this.#cumulative.at(-1)
    return total === undefined ? undefined : this.#holders[indexAbove(this.#cumulative, dice.share() * total)]
  }
}
