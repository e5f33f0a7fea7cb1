import {
  type CheckinChannel,
  type CommitOutcome,
  type Flag,
  limitReached,
  type PeriodLimit,
  type Position,
  type Refusal,
} from '@zuil/core'

/**
 * What an answer needs beside the outcome of the commit. As text it is kept under the request key, so that a retry gets
 * the very answer of the first time. No card number is in it: the retry brings that itself.
 */
export interface CheckinAnswer {
  /** Id of the event in the registry; empty when the request was refused before one was found. */
  readonly event: string
  readonly title: string
  readonly points: number
  readonly flags: readonly Flag[]
  /** Of a fact whose limit was reached. */
  readonly otherwise?: { readonly points: number; readonly flags: readonly Flag[] }
  /** Limit of the event; what is refused when its guard fails. */
  readonly limit?: PeriodLimit
  /** Refused by rule: nothing was journalled. */
  readonly refusal?: Refusal
  /** The passholder as the client may see it, sealed. */
  readonly passholder?: string
}

/** How a check-in ended. */
export type Settled =
  | {
      readonly kind: 'accepted'
      readonly replayed: boolean
      readonly position: Position
      readonly points: number
      readonly flags: readonly Flag[]
      /** Balance after the check-in; undefined for a flagged fact, which leaves it alone. */
      readonly total: number | undefined
      readonly title: string
      readonly passholder?: string
    }
  | { readonly kind: 'refused'; readonly replayed: boolean; readonly refusal: Refusal }
  /** The request key was used before for something else. */
  | { readonly kind: 'conflict' }

/** The end of a check-in; undefined when the registry moved on under the decision and it has to be made again. */
export function settle(outcome: CommitOutcome, answer: CheckinAnswer, channel: CheckinChannel): Settled | undefined {
  switch (outcome.kind) {
    case 'committed': {
      const { points, flags } = outcome.otherwise ? (answer.otherwise ?? answer) : answer
      const { position } = outcome
      const { title, passholder } = answer
      // The first guard of a check-in is the balance.
      const total = outcome.values[0]
      return { kind: 'accepted', replayed: false, position, points, flags, total, title, ...(passholder && { passholder }) }
    }
    case 'failed':
      return { kind: 'refused', replayed: false, refusal: limitRefusal(answer, channel) }
    case 'remembered':
      return { kind: 'refused', replayed: false, refusal: answer.refusal ?? limitRefusal(answer, channel) }
    case 'replayed': {
      const first = settle(outcome.outcome, decodeAnswer(outcome.answer), channel)
      return first && first.kind !== 'conflict' ? { ...first, replayed: true } : first
    }
    case 'conflict':
      return { kind: 'conflict' }
    case 'stale':
      return undefined
  }
}

function limitRefusal(answer: CheckinAnswer, channel: CheckinChannel): Refusal {
  const event = { id: answer.event, ...(answer.limit && { checkinLimit: answer.limit }) }
  return limitReached({ command: { channel }, event })
}

/** What comes last and is not there is left out: there are many answers to keep, and most have only the first four. */
type Encoded = readonly [
  event: string,
  title: string,
  points: number,
  flags: readonly Flag[],
  otherwise?: CheckinAnswer['otherwise'] | null,
  limit?: PeriodLimit | null,
  refusal?: Refusal | null,
  passholder?: string,
]

export function encodeAnswer(answer: CheckinAnswer): string {
  const { event, title, points, flags, otherwise = null, limit = null, refusal = null, passholder } = answer
  if (passholder !== undefined) {
    return JSON.stringify([event, title, points, flags, otherwise, limit, refusal, passholder] satisfies Encoded)
  }
  if (refusal) return JSON.stringify([event, title, points, flags, otherwise, limit, refusal] satisfies Encoded)
  // The limit says what is refused when it is reached; with `otherwise` nothing is.
  if (limit && !otherwise) return JSON.stringify([event, title, points, flags, null, limit] satisfies Encoded)
  return JSON.stringify((otherwise ? [event, title, points, flags, otherwise] : [event, title, points, flags]) satisfies Encoded)
}

function decodeAnswer(text: string): CheckinAnswer {
  // Only encodeAnswer writes what stands under a request key.
  const [event, title, points, flags, otherwise, limit, refusal, passholder] = JSON.parse(text) as Encoded
  return {
    event,
    title,
    points,
    flags,
    ...(otherwise && { otherwise }),
    ...(limit && { limit }),
    ...(refusal && { refusal }),
    ...(passholder && { passholder }),
  }
}
