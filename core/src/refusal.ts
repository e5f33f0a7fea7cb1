import { type Problem, type ProblemCode, type ProblemDetails, problem } from './errors.ts'
import type { EndUserMessage } from './messages.ts'

/** Why something is refused: a problem of the API with its texts. An expected outcome, never thrown. */
export interface Refusal {
  readonly code: ProblemCode
  /** For developers; the reasons in capitals are those of the older API. */
  readonly detail: string
  readonly endUserMessage: EndUserMessage
}

/** The problem document of a refusal; `onRead` for GET and DELETE, where what is not found is 404. */
export function problemOfRefusal(refusal: Refusal, options: Pick<ProblemDetails, 'onRead'> = {}): Problem {
  return problem(refusal.code, { detail: refusal.detail, endUserMessage: refusal.endUserMessage, ...options })
}
