import { PROBLEMS, type ProblemCode } from '@zuil/core'
import type { LiveAction } from './action.ts'

/** What the API said to a request, after all attempts. */
export interface LiveAnswer {
  /** 0: nobody answered. */
  readonly status: number
  /** Parsed; undefined when there was none, or none that could be read. */
  readonly body: unknown
}

export type LiveOutcome =
  | {
      readonly kind: 'accepted'
      /** Transactions that it made: none for a cancellation or an entry of the registry. */
      readonly transactions: number
      /** Paths below which what was made can be cancelled; kiosks are told none. */
      readonly paths: readonly string[]
      /** Balance of the holder, when it was told. */
      readonly points?: number
    }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }
  /** Too busy, or nobody there: the same request may come again. */
  | { readonly kind: 'unanswered'; readonly status: number }

/** Statuses that say nothing about the request itself. */
const BUSY: readonly number[] = [0, 408, 429, 500, 502, 503, 504]

/** What became of an action. */
export function outcomeOf(action: LiveAction, { status, body }: LiveAnswer): LiveOutcome {
  if (BUSY.includes(status)) return { kind: 'unanswered', status }
  if (status >= 400) return refusal(body, status)
  switch (action.kind) {
    case 'check-in':
      return { kind: 'accepted', transactions: 1, paths: pathsOf('/checkins', [body]), ...pointsOf(body) }
    case 'self-check-in':
      return { kind: 'accepted', transactions: 1, paths: [], ...pointsOf(body) }
    case 'redemption':
      return { kind: 'accepted', transactions: 1, paths: pathsOf('/rewards/redeemed', [body]) }
    case 'sale':
      return { kind: 'accepted', transactions: action.tickets, paths: pathsOf('/ticket-sales', Array.isArray(body) ? body : []) }
    case 'upload':
      return lineOutcome(membersOf(body))
    case 'registration':
    case 'account':
    case 'publication':
      return putOutcome(membersOf(body))
    case 'cancellation':
      return { kind: 'accepted', transactions: 0, paths: [] }
  }
}

/** A line of a batch that broke a rule is taken and marked: it happened. */
function lineOutcome(line: Members): LiveOutcome {
  if (line.result === 'refused') return refusal(line.problem, Number(line.status))
  return { kind: 'accepted', transactions: line.result === 'replayed' ? 0 : 1, paths: [] }
}

/** Of `PUT /registry`; a new member gets the welcome rewards, which are no answer's transactions. */
function putOutcome({ results }: Members): LiveOutcome {
  const [first] = Array.isArray(results) ? results : []
  const { ok, problem } = membersOf(first)
  return ok === true ? { kind: 'accepted', transactions: 0, paths: [] } : refusal(problem, 400)
}

function pathsOf(path: string, made: readonly unknown[]): readonly string[] {
  return made.flatMap((one) => {
    const { id } = membersOf(one)
    return typeof id === 'string' ? [`${path}/${id}`] : []
  })
}

/** Kiosks and the app are told the balance, counters the passholder with it. */
function pointsOf(body: unknown): { points?: number } {
  const { totalPoints, passholder } = membersOf(body)
  const points = totalPoints ?? membersOf(passholder).points
  return typeof points === 'number' ? { points } : {}
}

function refusal(problem: unknown, status: number): LiveOutcome {
  const { type, code, detail, title } = membersOf(problem)
  return { kind: 'refused', code: typeof code === 'string' ? code : codeOf(type, status), detail: String(detail ?? title ?? '') }
}

function codeOf(type: unknown, status: number): string {
  // Object.keys of the table gives its own keys.
  const codes = Object.keys(PROBLEMS) as ProblemCode[]
  return codes.find((known) => PROBLEMS[known].type === type) ?? `status ${status}`
}

type Members = Readonly<Record<string, unknown>>

function membersOf(value: unknown): Members {
  // An object of unknown members is what a record of unknown values says.
  return typeof value === 'object' && value !== null ? (value as Members) : {}
}
