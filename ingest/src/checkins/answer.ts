import {
  type CheckinChannel,
  type CommitOutcome,
  type Flag,
  limitReached,
  OVER_LIMIT,
  type PeriodLimit,
  type Position,
  type Refusal,
} from '@zuil/core'

/**
 * What an answer needs beside the outcome of the commit. As text it is kept under the request key, so that a retry gets
 * the very answer of the first time. No card number is in it: the retry brings that itself.
 */
export interface CheckinAnswer extends Worth {
  /** Id of the event in the registry; empty when the request was refused before one was found. */
  readonly event: string
  readonly title: string
  /** Limit of the event; what is refused when its guard fails. A fact has none: it is journalled all the same. */
  readonly limit?: PeriodLimit | undefined
  /** Refused by rule: nothing was journalled. */
  readonly refusal?: Refusal | undefined
  /** The passholder as the client may see it, sealed. */
  readonly passholder?: string | undefined
}

/** What a check-in gives. */
export interface Worth {
  readonly points: number
  readonly flags: readonly Flag[]
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
      const { points, flags } = outcome.otherwise ? OVER_LIMIT : answer
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

/** What comes last and is not there is left out: there are many answers to keep, and those of a batch mostly have the first alone. */
type Encoded = readonly [
  points: number,
  flags?: readonly Flag[],
  event?: string,
  title?: string,
  limit?: PeriodLimit | null,
  refusal?: Refusal | null,
  passholder?: string,
]

let last: { readonly answer: CheckinAnswer; readonly text: string } | undefined

/** The lines of a batch mostly have the same answer, so the last text is remembered. */
export function encodeAnswer(answer: CheckinAnswer): string {
  if (last && isSame(last.answer, answer)) return last.text
  const text = textOf(answer)
  last = { answer, text }
  return text
}

function isSame(a: CheckinAnswer, b: CheckinAnswer): boolean {
  return (
    a.points === b.points &&
    a.event === b.event &&
    a.title === b.title &&
    a.limit === b.limit &&
    a.refusal === b.refusal &&
    a.passholder === b.passholder &&
    isSameList(a.flags, b.flags)
  )
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((text, index) => text === b[index]))
}

function textOf({ event, title, points, flags, limit, refusal, passholder = '' }: CheckinAnswer): string {
  const encoded: Encoded = [points, flags, event, title, limit ?? null, refusal ?? null, passholder]
  const isThere = (part: Encoded[number]) => part !== null && part !== '' && !(Array.isArray(part) && part.length === 0)
  const end = encoded.findLastIndex(isThere) + 1
  return JSON.stringify(encoded.slice(0, end))
}

function decodeAnswer(text: string): CheckinAnswer {
  // Only encodeAnswer writes what stands under a request key.
  const [points, flags = [], event = '', title = '', limit, refusal, passholder] = JSON.parse(text) as Encoded
  return {
    event,
    title,
    points,
    flags,
    limit: limit ?? undefined,
    refusal: refusal ?? undefined,
    passholder: passholder || undefined,
  }
}
