import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Server, ServerResponse } from 'node:http'
import type { AnswerGroup } from '@zuil/core/contracts/intake'
import type { FastifyInstance } from 'fastify'
import type { IntakeCounter } from '../counts/intake-counter.ts'

const STARTED = 'http.server.request.start'
const FINISHED = 'http.server.response.finish'
const STARTED_AT = Symbol('when the request came')

/** What Node publishes on both channels. */
interface Exchange {
  readonly request: { readonly method?: string; readonly url?: string }
  readonly response: ServerResponse & { [STARTED_AT]?: number }
  readonly server: Server
}

/** Times every answer, from its request's head to its last byte, where Node says so: a hook would cost every request a call more. */
export function timeAnswers(app: FastifyInstance, counter: Pick<IntakeCounter, 'answered'>): void {
  // `as` holds twice: it is what Node documents for these channels.
  const start = (message: unknown): void => {
    const { response, server } = message as Exchange
    if (server === app.server) response[STARTED_AT] = performance.now()
  }
  const finish = (message: unknown): void => {
    const { request, response } = message as Exchange
    const startedAt = response[STARTED_AT]
    if (startedAt === undefined) return
    counter.answered(answerGroupOf(request.method ?? '', request.url ?? ''), performance.now() - startedAt)
  }
  subscribe(STARTED, start)
  subscribe(FINISHED, finish)
  app.addHook('onClose', (_app, done) => {
    unsubscribe(STARTED, start)
    unsubscribe(FINISHED, finish)
    done()
  })
}

/** By the method and the beginning of the address; the rest of it holds numbers of cards and is not looked at. */
export function answerGroupOf(method: string, url: string): AnswerGroup {
  if (method === 'GET') return url.startsWith('/tariffs') ? 'tariffs' : 'reads'
  if (url.startsWith('/checkins')) return 'checkins'
  if (url.startsWith('/kiosk-devices/checkins')) return 'kiosk-checkins'
  if (url.startsWith('/batches')) return 'batches'
  if (url.startsWith('/ticket-sales')) return 'ticket-sales'
  if (url.startsWith('/rewards/redeemed')) return 'redemptions'
  if (url.startsWith('/registry')) return 'registry'
  return url.startsWith('/passholders/') && url.endsWith('/checkins') ? 'self-checkins' : 'others'
}
