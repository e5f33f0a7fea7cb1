import {
  type CommitOutcome,
  type Position,
  type RedemptionConstraint,
  type Refusal,
  type Reward,
  redemptionConstraints,
  refusalOfConstraint,
} from '@zuil/core'

/**
 * What an answer needs beside the outcome of the commit, kept under the request key. The reward itself is read again for a
 * retry; no card number is in it.
 */
export interface RedemptionAnswer {
  /** Code of an online redemption; empty for others. */
  readonly code: string
  /** What the guards of the proposal stand for; with the figures that their refusals name. */
  readonly limits: Pick<Reward, 'type' | 'points' | 'redeemLimit'>
  /** Refused by rule: nothing was journalled. */
  readonly refusal?: Refusal
}

/** How a redemption ended. */
export type SettledRedemption =
  | {
      readonly kind: 'accepted'
      readonly position: Position
      readonly code: string
      /** Units of the reward given out by then; undefined for a welcome reward, whose stock went when it was granted. */
      readonly unitsTaken: number | undefined
    }
  | { readonly kind: 'refused'; readonly replayed: boolean; readonly refusal: Refusal }
  /** The request key was used before for something else. */
  | { readonly kind: 'conflict' }

/** The end of a redemption; undefined when the registry moved on under the decision and it has to be made again. */
export function settleRedemption(outcome: CommitOutcome, answer: RedemptionAnswer): SettledRedemption | undefined {
  const constraints = redemptionConstraints(answer.limits)
  switch (outcome.kind) {
    case 'committed': {
      const { position, values } = outcome
      return { kind: 'accepted', position, code: answer.code, unitsTaken: values[constraints.indexOf('stock')] }
    }
    case 'failed':
      return { kind: 'refused', replayed: false, refusal: refusalOfGuard(constraints, outcome.index, answer) }
    case 'remembered':
      if (!answer.refusal) throw new Error('A refusal was remembered without its reason')
      return { kind: 'refused', replayed: false, refusal: answer.refusal }
    case 'replayed': {
      // Only encodeRedemptionAnswer writes what stands under the key of a redemption.
      const first = settleRedemption(outcome.outcome, JSON.parse(outcome.answer) as RedemptionAnswer)
      return first?.kind === 'refused' ? { ...first, replayed: true } : first
    }
    case 'conflict':
      return { kind: 'conflict' }
    case 'stale':
      return undefined
  }
}

export function encodeRedemptionAnswer(answer: RedemptionAnswer): string {
  return JSON.stringify(answer)
}

function refusalOfGuard(constraints: readonly RedemptionConstraint[], index: number, { limits }: RedemptionAnswer): Refusal {
  const constraint = constraints[index]
  if (!constraint) throw new RangeError(`A redemption has no guard ${index}`)
  return refusalOfConstraint(constraint, limits)
}
