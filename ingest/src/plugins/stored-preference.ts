import type { Position } from '@zuil/core'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { formatReceipt } from '../checkins/receipt.ts'
import type { LastReceipts } from '../hub/last-receipts.ts'
import type { Services } from '../services.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** What was given to whom, so that nobody reads back less. */
    lastReceipts: LastReceipts
  }
}

/** Longest wait for the warehouse; then the answer goes out without `Preference-Applied`. Normally it takes a second. */
export const STORED_WAIT_MAX_MS = 5_000

const WAIT_STORED = /(?:^|,)\s*wait\s*=\s*"?stored"?\s*(?:[,;]|$)/i

/**
 * Puts the receipt on the answer, and waits until the check-in is in the warehouse when the client prefers that
 * (`Prefer: wait=stored`, RFC 7240). Undefined where nothing is waited for: a promise for each check-in is not for nothing.
 */
export function giveReceipt(request: FastifyRequest, reply: FastifyReply, given: GivenReceipt): Promise<void> | undefined {
  reply.header('zuil-receipt', formatReceipt(given.position))
  const { principal } = request
  if (principal && principal.kind !== 'kiosk') request.server.lastReceipts.note(principal.client.id, given.position)
  const { prefer } = request.headers
  if (prefer === undefined || !WAIT_STORED.test([prefer].flat().join(','))) return undefined
  return waitUntilStored(reply, given)
}

async function waitUntilStored(reply: FastifyReply, { position, journal }: GivenReceipt): Promise<void> {
  const isStored = await journal.waitUntilLoaded(position, STORED_WAIT_MAX_MS)
  if (isStored) reply.header('preference-applied', 'wait=stored')
}

export interface GivenReceipt {
  readonly position: Position
  readonly journal: Pick<Services['journal'], 'waitUntilLoaded'>
}
