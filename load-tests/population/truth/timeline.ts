import { parseDay, type Transaction } from '@zuil/core'

/** A transaction that was not taken back. */
export interface TimedTransaction {
  readonly transaction: Transaction
  /** Epoch ms and sequence of its position. */
  readonly recordedAt: number
  readonly sequence: number
}

/** A device tells of what happened a week ago at most, or is late and flagged; these are told after eight days or nine. */
const DAYS_KEPT = 10

/** Puts what happened into the order of the days on which it happened, as soon as nobody can add to a day any more. */
export class Timeline {
  readonly #days = new Map<number, TimedTransaction[]>()
  #next: number

  constructor(from: number) {
    this.#next = from
  }

  add(timed: TimedTransaction): void {
    const day = parseDay(timed.transaction.occurredOn) ?? 0
    const known = this.#days.get(day)
    if (known) known.push(timed)
    else this.#days.set(day, [timed])
  }

  /** The days that are complete when `today` is over, each with its transactions by instant. */
  *complete(today: number): Generator<{ readonly day: number; readonly transactions: readonly TimedTransaction[] }> {
    while (this.#next <= today - DAYS_KEPT) yield this.#take()
  }

  /** All days up to `last`, at the end of a history. */
  *rest(last: number): Generator<{ readonly day: number; readonly transactions: readonly TimedTransaction[] }> {
    while (this.#next <= last) yield this.#take()
  }

  #take() {
    const day = this.#next
    const transactions = this.#days.get(day) ?? []
    this.#days.delete(day)
    this.#next += 1
    return { day, transactions: transactions.sort(byInstant) }
  }
}

function byInstant(a: TimedTransaction, b: TimedTransaction): number {
  return a.transaction.occurredAt - b.transaction.occurredAt || a.recordedAt - b.recordedAt || a.sequence - b.sequence
}
