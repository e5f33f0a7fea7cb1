import { ProblemBody } from '@zuil/core/contracts/http-problem'

/** Schema of an answer without a body. */
export const NO_CONTENT = { type: 'null', description: 'No Content' } as const

/** Schemas of the answers that every route may give. */
export const PROBLEM_RESPONSES = { '4xx': ProblemBody, '5xx': ProblemBody } as const
