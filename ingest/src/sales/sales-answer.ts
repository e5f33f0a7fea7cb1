import {
  type CommitOutcome,
  type GuardedLimit,
  type Position,
  type Refusal,
  type TicketSaleDecision,
  ticketLimitRefusal,
} from '@zuil/core'

/** The tariff that a ticket was sold at: its id, and what the participant pays in cents. */
export type SoldAt = readonly [tariff: string, price: number]

/**
 * What an answer needs beside the outcome of the commit, kept under the request key. Names of events and coupons are looked
 * up again, card numbers the retry brings itself.
 */
export interface SalesAnswer {
  readonly sold: readonly SoldAt[]
  readonly guarded: readonly GuardedLimit[]
  /** Refused by rule: nothing was journalled. */
  readonly refused?: RefusedTicket
}

export interface RefusedTicket {
  /** Which ticket of the request. */
  readonly index: number
  readonly refusal: Refusal
}

export type SettledSales =
  | {
      readonly kind: 'accepted'
      readonly replayed: boolean
      /** Of the first ticket; the others stand right behind it. */
      readonly position: Position
      readonly sold: readonly SoldAt[]
    }
  | (RefusedTicket & { readonly kind: 'refused'; readonly replayed: boolean })
  /** The request key was used before for something else. */
  | { readonly kind: 'conflict' }

export function salesAnswer(decision: TicketSaleDecision): SalesAnswer {
  if (decision.kind === 'refused') {
    const { index, refusal } = decision
    return { sold: [], guarded: [], refused: { index, refusal } }
  }
  return { sold: decision.tariffs.map(({ id, shares }) => [id, shares.participant]), guarded: decision.guarded }
}

/** The end of a sale; undefined when the registry moved on under the decision and it has to be made again. */
export function settleSales(outcome: CommitOutcome, answer: SalesAnswer): SettledSales | undefined {
  switch (outcome.kind) {
    case 'committed':
      return { kind: 'accepted', replayed: false, position: outcome.position, sold: answer.sold }
    case 'failed':
      return { kind: 'refused', replayed: false, ...limitRefused(answer, outcome) }
    case 'remembered':
      if (!answer.refused) throw new Error('A remembered sale was refused by rule')
      return { kind: 'refused', replayed: false, ...answer.refused }
    case 'replayed': {
      const first = settleSales(outcome.outcome, decodeSalesAnswer(outcome.answer))
      return first && first.kind !== 'conflict' ? { ...first, replayed: true } : first
    }
    case 'conflict':
      return { kind: 'conflict' }
    case 'stale':
      return undefined
  }
}

function limitRefused({ guarded }: SalesAnswer, { index, value }: { index: number; value: number }): RefusedTicket {
  const limit = guarded[index]
  if (!limit) throw new Error(`Guard ${index} of a sale stands for no limit`)
  return { index: limit.index, refusal: ticketLimitRefusal(limit, value) }
}

type EncodedLimit = readonly [
  index: number,
  level: GuardedLimit['level'],
  volume: number,
  period: GuardedLimit['limit']['period'],
]
type Encoded = readonly [sold: readonly SoldAt[], guarded: readonly EncodedLimit[], refused?: RefusedTicket]

export function encodeSalesAnswer({ sold, guarded, refused }: SalesAnswer): string {
  const limits = guarded.map(({ index, level, limit }): EncodedLimit => [index, level, limit.volume, limit.period])
  const encoded: Encoded = refused ? [sold, limits, refused] : [sold, limits]
  return JSON.stringify(encoded)
}

function decodeSalesAnswer(text: string): SalesAnswer {
  // Only encodeSalesAnswer writes what stands under the request key of a sale.
  const [sold, limits, refused] = JSON.parse(text) as Encoded
  const guarded = limits.map(([index, level, volume, period]) => ({ index, level, limit: { volume, period } }))
  return { sold, guarded, ...(refused && { refused }) }
}
