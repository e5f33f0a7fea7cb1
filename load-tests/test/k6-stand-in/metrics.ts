/** Stand-in for `k6/metrics`: a counter that can be read. */
export class Counter {
  static readonly totals = new Map<string, number>()
  readonly #name: string

  constructor(name: string) {
    this.#name = name
  }

  add(value: number): void {
    Counter.totals.set(this.#name, (Counter.totals.get(this.#name) ?? 0) + value)
  }
}
