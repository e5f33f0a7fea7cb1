import { problem } from '@zuil/core'
import type { FastifyInstance } from 'fastify'
import { sendProblem } from './problems.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/**
 * Tells an address that exists apart from one that does not: a method the address has no route for is answered 405 with
 * what is allowed. Call `seal` after the last route.
 */
export function answerOtherMethods(app: FastifyInstance): { seal(): void } {
  const methodsOf = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const methods = methodsOf.get(url) ?? new Set()
    for (const name of [method].flat()) methods.add(name)
    methodsOf.set(url, methods)
  })
  return {
    seal() {
      for (const [url, present] of [...methodsOf]) {
        const missing = METHODS.filter((method) => !present.has(method))
        if (missing.length === 0 || url.includes('*')) continue
        const allow = [...present].join(', ')
        app.route({
          method: missing,
          url,
          config: { isUndocumented: true },
          handler: (_request, reply) => sendProblem(reply.header('allow', allow), problem('method/not-allowed')),
        })
      }
    },
  }
}
