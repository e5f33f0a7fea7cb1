import { MESSAGES, PROBLEMS, type Problem, problem, problemOfRefusal, schemaErrors } from '@zuil/core'
import type { FastifyContextConfig, FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Settled } from '../checkins/answer.ts'
import type { NumberProblem } from '../config.ts'
import { HubUnavailable } from '../hub/hub-error.ts'
import { LedgerError } from '../ledger/ledger-error.ts'
import { KeysUnavailable } from '../tokens/issuer-keys.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every problem of the route has a text for the holder, also those that are about the client or the service. */
    tellsHolder?: boolean
    /** How the problem of a number that is none is spelled here; absent: with a dash. */
    numberProblem?: NumberProblem
  }
}

const PROBLEM_JSON = 'application/problem+json'
/** Seconds until a client should come back when nothing better is known. */
const RETRY_AFTER_SECONDS = 1

/**
 * Answers with a problem document. Routes may add members of their own, e.g. `cardStatus`. As bytes, because Fastify adds
 * a charset to texts, which the media type does not have.
 */
export function sendProblem(reply: FastifyReply, document: Problem): FastifyReply {
  // Every 503 says when to come back.
  if (document.status === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', String(RETRY_AFTER_SECONDS))
  return reply
    .code(document.status)
    .header('content-type', PROBLEM_JSON)
    .send(Buffer.from(JSON.stringify(asConfigured(document, reply.routeOptions.config))))
}

function asConfigured(document: Problem, { tellsHolder, numberProblem }: FastifyContextConfig): Problem {
  const told = tellsHolder ? withMessage(document) : document
  if (numberProblem === undefined || told.type !== PROBLEMS['invalid-uitpas-number'].type) return told
  const { type, title } = PROBLEMS[numberProblem]
  return { ...told, type, title }
}

/** Apps of passholders show `endUserMessage.nl` of every problem, without looking whether it is there. */
function withMessage(document: Problem): Problem {
  const { status, endUserMessage } = document
  if (endUserMessage) return document
  const isPassing = status === 429 || status >= 500
  return { ...document, endUserMessage: isPassing ? MESSAGES.tryAgainLater() : MESSAGES.notPossible() }
}

/** Too much at once, or a part is away: 503, and when to come back. */
export function sendOverloaded(reply: FastifyReply, detail: string, retryAfterSeconds = RETRY_AFTER_SECONDS): FastifyReply {
  reply.header('retry-after', String(retryAfterSeconds))
  return sendProblem(reply, problem('overloaded', { detail }))
}

export function sendRateLimited(reply: FastifyReply, retryAfterSeconds = RETRY_AFTER_SECONDS): FastifyReply {
  reply.header('retry-after', String(retryAfterSeconds))
  return sendProblem(reply, problem('rate-limited', { detail: 'Rate limited' }))
}

/** What does not exist, by its address: also any address that was never there. */
export function sendNotFound(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, problem('url/not-found'))
}

/** A check-in that was not accepted, as the problem document of the API. */
export function sendUnsettled(reply: FastifyReply, end: Exclude<Settled, { kind: 'accepted' }>): FastifyReply {
  switch (end.kind) {
    case 'refused':
      return sendProblem(reply, problemOfRefusal(end.refusal))
    case 'conflict':
      return sendProblem(
        reply,
        problem('idempotency-key-reused', { detail: 'The Idempotency-Key came before with another request' }),
      )
  }
}

/** The only place where errors become answers. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(error, request, reply))
  app.setNotFoundHandler((_request, reply) => sendNotFound(reply))
}

function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.validation) return answerValidation(error, request, reply)
  if (error instanceof LedgerError) {
    request.log.warn({ code: error.code, reason: error.message }, 'the ledger takes no work')
    return sendOverloaded(reply, 'It could not be stored or looked up just now', error.retryAfterSeconds)
  }
  if (error instanceof HubUnavailable) {
    request.log.warn({ code: error.code, err: error }, 'the warehouse could not be asked')
    return sendOverloaded(reply, error.message, error.retryAfterSeconds)
  }
  if (error instanceof KeysUnavailable) return sendOverloaded(reply, 'Tokens cannot be checked just now', 5)
  const known = PROBLEM_OF_CODE[error.code]
  if (known) return sendProblem(reply, known)
  // Syntax errors of the JSON parser carry a status and no code.
  if (error.statusCode === 400) return sendProblem(reply, problem('body/invalid-syntax'))
  request.log.error({ err: error, req: request }, 'a request failed')
  return sendProblem(reply, problem('internal-error'))
}

/** A wrong body names its faults; a wrong address or query is an address that does not exist; a wrong header names itself. */
function answerValidation(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  switch (error.validationContext) {
    case 'body':
      if (request.body === undefined) return sendProblem(reply, problem('body/missing'))
      return sendProblem(
        reply,
        problem('body/invalid-data', { schemaErrors: schemaErrors(error.validation ?? [], request.body) }),
      )
    case 'headers':
      return sendProblem(reply, problem('header/invalid', { detail: error.message }))
    case 'params':
    case 'querystring':
    case undefined:
      break
  }
  return sendNotFound(reply)
}

/** Fastify's own errors, by code. */
const PROBLEM_OF_CODE: Readonly<Record<string, Problem>> = {
  FST_ERR_CTP_EMPTY_JSON_BODY: problem('body/missing'),
  FST_ERR_CTP_INVALID_JSON_BODY: problem('body/invalid-syntax'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: problem('body/invalid-syntax'),
  FST_ERR_CTP_BODY_TOO_LARGE: problem('body-too-large'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: problem('header/unsupported-media-type'),
  FST_ERR_CTP_INVALID_TYPE: problem('header/unsupported-media-type'),
  FST_ERR_BAD_URL: problem('url/not-found'),
  FST_ERR_MAX_PARAM_LENGTH: problem('url/not-found'),
  FST_ERR_INVALID_URL: problem('url/not-found'),
  FST_ERR_ASYNC_CONSTRAINT: problem('url/not-found'),
  FST_ERR_NOT_FOUND: problem('url/not-found'),
}
