import type { FastifyInstance } from 'fastify'
import { sendOverloaded } from './problems.ts'

/**
 * While the service stops it finishes what it has, and refuses what still comes over connections that are open as it refuses anything
 * for a moment: another process, or the next one, takes it. Fastify's own answer there is neither a problem document nor says when to
 * come back.
 */
export function refuseWhileStopping(app: FastifyInstance): void {
  let isStopping = false
  app.addHook('preClose', (done) => {
    isStopping = true
    done()
  })
  app.addHook('onRequest', (_request, reply, done) => {
    if (isStopping) sendOverloaded(reply, 'The service is stopping')
    else done()
  })
}
