import { problem, REGISTRY_KINDS, REMOVABLE_KINDS, type RegistryKind } from '@zuil/core'
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

/** The operator puts entries in their official shapes, each answered for itself, and removes what lets somebody in. */
export function registryRoutes(app: FastifyInstance, { services, authentication, backpressure }: RouteContext): void {
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
      if (backpressure.refusesEntries(reply)) return reply
      const items = Array.isArray(request.body) ? request.body : [request.body]
      if (items.length > PUT_ITEMS_MAX) return sendProblem(reply, tooMany(items.length))
      if (kind === 'bonuses') return { results: await bonuses.put(items) }
      return { results: await services.store.put(kind, items, (members) => grants.grant(members)) }
    },
  )

  app.delete<{ Params: { kind: string; id: string } }>(
    '/registry/:kind/:id',
    {
      onRequest: authentication.operator,
      schema: {
        summary: 'Remove an account, a kiosk or a client from the registry',
        tags: ['Zuil'],
        params: {
          type: 'object',
          properties: { kind: { type: 'string', description: `One of ${REMOVABLE_KINDS.join(', ')}` }, id: { type: 'string' } },
          required: ['kind', 'id'],
        },
        response: { 204: Type.Null(), '4xx': ProblemBody, '5xx': ProblemBody },
      },
    },
    async ({ params }, reply) => {
      const kind = REMOVABLE_KINDS.find((known) => known === params.kind)
      const stays = REGISTRY_KINDS.find((known) => known === params.kind)
      if (kind) return (await services.store.remove({ kind, id: params.id })) ? reply.code(204).send() : sendNotFound(reply)
      return stays ? sendProblem(reply.header('allow', ''), notRemoved(stays)) : sendNotFound(reply)
    },
  )
}

function notRemoved(kind: RegistryKind) {
  return problem('method/not-allowed', { detail: `Entries of ${kind} are not removed: put them as what they are now.` })
}

function tooMany(items: number) {
  const error = `Array should have at most ${PUT_ITEMS_MAX} items.`
  return problem('body/invalid-data', { detail: `${items} entries in one request`, schemaErrors: [{ jsonPointer: '/', error }] })
}
