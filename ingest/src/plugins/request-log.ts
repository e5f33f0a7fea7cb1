import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Server, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** How often the number of answers is logged. */
const COUNT_INTERVAL_MS = 10_000
const FINISHED = 'http.server.response.finish'

/**
 * What the log may say of a request: its method and route. Never its address, because that holds card, chip and INSZ
 * numbers, never a header, because those hold tokens, never a body.
 */
export const REQUEST_SERIALIZERS = {
  req: (request: Pick<FastifyRequest, 'id' | 'method' | 'routeOptions'>) => ({
    id: request.id,
    method: request.method,
    route: request.routeOptions.url ?? 'unknown',
  }),
  res: (reply: Pick<FastifyReply, 'statusCode'>) => ({ statusCode: reply.statusCode }),
}

/**
 * Logs how many answers of each status went out, instead of a line for every request. Counted where Node says that an answer
 * is out: a hook of Fastify's would add two listeners to every answer.
 */
export function countAnswers(app: FastifyInstance, log: FastifyBaseLogger): void {
  const counts = new Map<number, number>()
  const count = (message: unknown): void => {
    // What Node publishes on this channel.
    const { response, server } = message as { readonly response: ServerResponse; readonly server: Server }
    if (server === app.server) counts.set(response.statusCode, (counts.get(response.statusCode) ?? 0) + 1)
  }
  subscribe(FINISHED, count)
  const timer = setInterval(() => {
    if (counts.size === 0) return
    log.info({ answers: Object.fromEntries(counts) }, 'answers of the last seconds')
    counts.clear()
  }, COUNT_INTERVAL_MS)
  timer.unref()
  app.addHook('onClose', (_app, done) => {
    clearInterval(timer)
    unsubscribe(FINISHED, count)
    done()
  })
}
