import { problem } from '@zuil/core'
import { WarehouseError } from '@zuil/warehouse'
import type { FastifyInstance } from 'fastify'
import { problems, sendProblem } from '../http/problem.ts'
import { CredentialsUnavailableError } from '../scope/authentication.ts'
import { documentation } from './documentation.ts'
import { type FigureRoutesOptions, figureRoutes } from './figure-routes.ts'
import { type NowRoutesOptions, nowRoutes } from './now-routes.ts'

/** How soon a program whose question the warehouse could not take may ask again. */
const RETRY_SECONDS = 5

export interface DataApiOptions {
  readonly now: NowRoutesOptions
  readonly figures: FigureRoutesOptions
}

/**
 * The data API: what happens now, without persons, open to everybody; and published figures, for who may read them. Errors are
 * problem documents. `docs` explains it (OpenAPI).
 */
export function dataApi(options: DataApiOptions) {
  return async (api: FastifyInstance): Promise<void> => {
    await documentation(api)
    api.addHook('onRequest', async (_request, reply) => {
      reply.headers({
        'cache-control': 'no-store',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      })
      if (!reply.hasHeader('content-security-policy'))
        reply.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
    })
    api.setNotFoundHandler((request, reply) =>
      sendProblem(reply, problems.notFound(`There is no ${request.method} ${pathOf(request)}`)),
    )
    api.setErrorHandler((error, request, reply) => {
      if (isMistakenBody(error)) return sendProblem(reply, problem('body/invalid-data', { detail: error.message }))
      if (isMistakenQuery(error)) return sendProblem(reply, problem('invalid-query', { detail: error.message }))
      request.log.error({ err: error }, 'A request to the data API failed')
      // What cannot be answered now may be answered soon: the warehouse is busy, or the issuer of tokens is away.
      if (isPassing(error)) return sendProblem(reply, problem('overloaded'), RETRY_SECONDS)
      return sendProblem(reply, problems.internal(`The reference of this error is ${request.id}`))
    })
    nowRoutes(api, options.now)
    figureRoutes(api, options.figures)
    // Routes of their own, so that an unknown address below /api is a problem document and not a page.
    api.all('/*', { schema: { hide: true } }, (_request, reply) => {
      reply.callNotFound()
      return reply
    })
  }
}

/** Fastify's own check of a query against the schema of its route. */
function isMistakenQuery(error: unknown): error is Error {
  return error instanceof Error && 'validation' in error && Array.isArray(error.validation)
}

/** The same of a body, or one that is no JSON. */
function isMistakenBody(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  const isUnread = 'code' in error && String(error.code).startsWith('FST_ERR_CTP_')
  return isUnread || ('validationContext' in error && error.validationContext === 'body')
}

function isPassing(error: unknown): boolean {
  return (error instanceof WarehouseError && error.retry) || error instanceof CredentialsUnavailableError
}

function pathOf({ url }: { readonly url: string }): string {
  return new URL(url, 'http://zuil').pathname
}
