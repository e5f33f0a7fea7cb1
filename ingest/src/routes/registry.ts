import { problem, REGISTRY_KINDS } from '@zuil/core'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { sendNotFound, sendProblem } from '../plugins/problems.ts'
import { PUT_ITEMS_MAX } from '../registry/registry-store.ts'
import { BonusDesk } from '../rewards/bonus-desk.ts'
import { GrantDesk } from '../rewards/grant-desk.ts'
import type { RouteContext } from '../route-context.ts'

/** 500 passholders are about a megabyte; an event with many occurrences may be a hundred kilobytes. */
export const REGISTRY_BODY_BYTES_MAX = 4 * 1024 * 1024

const ResultBody = Type.Object({
  index: Type.Integer(),
  ok: Type.Boolean(),
  changed: Type.Optional(Type.Boolean()),
  problem: Type.Optional(
    Type.Object({
      code: Type.String(),
      detail: Type.String(),
      schemaErrors: Type.Array(Type.Object({ jsonPointer: Type.String(), error: Type.String() })),
    }),
  ),
})

/** `PUT /registry/{kind}`: the operator puts entries in their official shapes; each is answered for itself. */
export function registryRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const bonuses = new BonusDesk(services)
  const grants = new GrantDesk(services)

  app.put<{ Params: { kind: string }; Body: unknown }>(
    '/registry/:kind',
    {
      onRequest: authentication.operator,
      bodyLimit: REGISTRY_BODY_BYTES_MAX,
      schema: {
        summary: 'Put one entry or up to 500 into the registry',
        tags: ['Zuil'],
        params: {
          type: 'object',
          properties: { kind: { type: 'string', description: `One of ${REGISTRY_KINDS.join(', ')}` } },
          required: ['kind'],
        },
        response: { 200: Type.Object({ results: Type.Array(ResultBody) }), '4xx': ProblemBody, '5xx': ProblemBody },
      },
    },
    async (request, reply) => {
      const kind = REGISTRY_KINDS.find((known) => known === request.params.kind)
      if (!kind) return sendNotFound(reply)
      if (request.body === undefined) return sendProblem(reply, problem('body/missing'))
      const items = Array.isArray(request.body) ? request.body : [request.body]
      if (items.length > PUT_ITEMS_MAX) return sendProblem(reply, tooMany(items.length))
      if (kind === 'bonuses') return { results: await bonuses.put(items) }
      return { results: await services.store.put(kind, items, (members) => grants.grant(members)) }
    },
  )
}

function tooMany(items: number) {
  const error = `Array should have at most ${PUT_ITEMS_MAX} items.`
  return problem('body/invalid-data', { detail: `${items} entries in one request`, schemaErrors: [{ jsonPointer: '/', error }] })
}
