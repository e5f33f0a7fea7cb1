import { problem } from '@zuil/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from './problems.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer is a file in the one format that there is, whatever the client accepts. */
    answersFile?: boolean
  }
}

/** Media types that any answer can be given in; problem documents come in the second. */
const ACCEPTABLE = /(?:^|[,\s])(?:\*\/\*|application\/(?:\*|json|problem\+json|x-ndjson))\s*(?:[,;]|$)/i

/** 406 for a client that takes no JSON at all. Most send `*` or nothing, which costs one comparison. */
export function requireJsonAccepted(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const accept = request.headers.accept
  if (accept === undefined || accept === '*/*' || accept === 'application/json' || accept === '' || ACCEPTABLE.test(accept)) {
    done()
    return
  }
  if (request.routeOptions.config.answersFile) {
    done()
    return
  }
  sendProblem(reply, problem('header/not-acceptable'))
}
