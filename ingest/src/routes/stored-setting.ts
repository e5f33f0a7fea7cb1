import { problem } from '@zuil/core'
import type { FastifyReply } from 'fastify'
import { sendOverloaded, sendProblem } from '../plugins/problems.ts'
import type { PutProblem } from '../registry/kind-put.ts'
import type { Services } from '../services.ts'

/** Lane in which everything but holders is kept. */
const ENTITIES_LANE = 0

/** Stores one entry of the registry; who wrote it reads it back at once. Answers with 204, or with what is wrong. */
export async function storeEntry(
  reply: FastifyReply,
  { store, registry }: Pick<Services, 'store' | 'registry'>,
  { kind, entry }: { readonly kind: Parameters<Services['store']['put']>[0]; readonly entry: unknown },
): Promise<FastifyReply> {
  const [result] = await store.put(kind, [entry])
  if (!result?.ok) return sendPutProblem(reply, result?.problem)
  await registry.refresh(ENTITIES_LANE)
  return reply.code(204).send()
}

function sendPutProblem(reply: FastifyReply, found: PutProblem | undefined): FastifyReply {
  if (found?.code !== 'body/invalid-data') return sendOverloaded(reply, 'Others change this at the same moment')
  return sendProblem(reply, problem('body/invalid-data', { schemaErrors: found.schemaErrors }))
}
