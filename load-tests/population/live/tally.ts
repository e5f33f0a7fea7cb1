import { LIVE_KINDS, type LiveKind } from './action.ts'
import type { LiveOutcome } from './answer.ts'
import { FORESEEN } from './refusal.ts'

interface KindTally {
  accepted: number
  refused: number
  unanswered: number
}

export interface RefusalTally {
  readonly code: string
  readonly count: number
  /** What happened; undefined when nobody foresaw it. */
  readonly meaning: string | undefined
  /** What the API said the first time. */
  readonly example: string
}

/** Counts how the actions of a population ended. */
export class LiveTally {
  readonly kinds: Readonly<Record<LiveKind, Readonly<KindTally>>>
  /** Transactions that the API answered to have taken. */
  transactions = 0
  readonly #kinds: Record<LiveKind, KindTally>
  readonly #refusals = new Map<string, { count: number; readonly example: string }>()

  constructor() {
    const none = LIVE_KINDS.map((kind) => [kind, { accepted: 0, refused: 0, unanswered: 0 }])
    // One entry for each kind, from the list of them.
    this.#kinds = Object.fromEntries(none) as Record<LiveKind, KindTally>
    this.kinds = this.#kinds
  }

  add(kind: LiveKind, outcome: LiveOutcome): void {
    this.#kinds[kind][outcome.kind] += 1
    if (outcome.kind === 'accepted') this.transactions += outcome.transactions
    if (outcome.kind !== 'refused') return
    const known = this.#refusals.get(outcome.code)
    if (known) known.count += 1
    else this.#refusals.set(outcome.code, { count: 1, example: outcome.detail })
  }

  /** Most frequent first. */
  get refusals(): readonly RefusalTally[] {
    return [...this.#refusals]
      .map(([code, { count, example }]) => ({ code, count, example, meaning: FORESEEN[code] }))
      .sort((a, b) => b.count - a.count)
  }

  get unforeseen(): readonly RefusalTally[] {
    return this.refusals.filter(({ meaning }) => meaning === undefined)
  }

  total(end: keyof KindTally): number {
    return LIVE_KINDS.reduce((sum, kind) => sum + this.#kinds[kind][end], 0)
  }
}
