/**
 * What a device of a scenario writes down of each answer, one line each: k6 writes them, the verdict reads them. Imports nothing,
 * because both sides do.
 */
export interface AnswerLine {
  /** Epoch ms at which the request was sent. */
  readonly at: number
  /** Until the answer was there. */
  readonly ms: number
  readonly endpoint: string
  /** 0: nobody answered. */
  readonly status: number
  readonly outcome: AnswerOutcome
  /** Receipts or ids of what was accepted, with commas in between; else the code of the problem. */
  readonly detail: string
}

/**
 * `busy`: turned away for now (429, 503), the same request comes again. `unanswered`: no answer, or one that leaves open what
 * happened (5xx). `gave-up`: the device stopped asking; nobody knows. `other-answer`: the same request got another answer before.
 * `read`: an answer to a question, which stores nothing.
 */
export const ANSWER_OUTCOMES = ['accepted', 'refused', 'busy', 'unanswered', 'gave-up', 'other-answer', 'read'] as const
export type AnswerOutcome = (typeof ANSWER_OUTCOMES)[number]

export function formatAnswerLine({ at, ms, endpoint, status, outcome, detail }: AnswerLine): string {
  return `${at}\t${Math.round(ms * 1_000)}\t${endpoint}\t${status}\t${outcome}\t${detail}`
}

/** Undefined for a line that is none: k6 has said something of its own there, or was ended in the middle of it. */
export function parseAnswerLine(text: string): AnswerLine | undefined {
  const [at = '', microseconds = '', endpoint = '', status = '', outcome = '', detail, ...more] = text.split('\t')
  const known = ANSWER_OUTCOMES.find((one) => one === outcome)
  if (!known || detail === undefined || more.length > 0) return undefined
  const line = { at: Number(at), ms: Number(microseconds) / 1_000, endpoint, status: Number(status), outcome: known, detail }
  return Number.isFinite(line.at) && Number.isFinite(line.ms) && Number.isInteger(line.status) ? line : undefined
}
