import { comparePositions, formatInstant, type Position, transactionId } from '@zuil/core'
import { ProblemBody } from '@zuil/core/contracts/http-problem'
import { ReceiptBody, ReceiptPath } from '@zuil/core/contracts/http-receipt'
import type { FastifyInstance } from 'fastify'
import { formatReceipt, parseReceipt } from '../checkins/receipt.ts'
import { sendNotFound } from '../plugins/problems.ts'
import type { RouteContext } from '../route-context.ts'

/** `GET /receipts/{id}`: how far something that was accepted has come. Tells nothing about what it was. */
export function receiptRoutes(app: FastifyInstance, { services, authentication }: RouteContext): void {
  const idKey = services.secrets.idKey()

  app.get<{ Params: ReceiptPath }>(
    '/receipts/:receiptId',
    {
      onRequest: authentication.clientOrKiosk,
      schema: {
        summary: 'How far an accepted check-in has come',
        tags: ['Zuil'],
        params: ReceiptPath,
        response: { 200: ReceiptBody, '4xx': ProblemBody, '5xx': ProblemBody },
      },
    },
    async (request, reply) => {
      const position = parseReceipt(request.params.receiptId, services.lanes)
      if (!position) return sendNotFound(reply)
      const isLoaded = comparePositions(position, await services.journal.loaded(position.lane)) <= 0
      if (!(await exists(position, isLoaded))) return sendNotFound(reply)
      const journalledAt = formatInstant(position.ms)
      return { id: formatReceipt(position), journalled: true, loaded: isLoaded, journalledAt }
    },
  )

  /** Receipts are not secret numbers, so one that was never given out is looked for where it would have to be. */
  async function exists(position: Position, isLoaded: boolean): Promise<boolean> {
    if (await services.journal.recordAt(position)) return true
    if (!isLoaded) return false
    return (await services.hub.find(transactionId(idKey, position), position)) !== undefined
  }
}
