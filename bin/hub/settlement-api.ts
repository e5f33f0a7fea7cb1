import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ClosingOrder, SettlementOrder, Settlements } from './settlements.ts'

/** Starts work that may take long and answers with its result. */
export type LongWork = (reply: FastifyReply, name: string, work: () => Promise<object>) => unknown

const TEXT = { type: 'string', minLength: 1, maxLength: 200 } as const
const POINTS = { type: 'integer', minimum: 0, maximum: 10_000 } as const
const SHARE = {
  type: 'object',
  required: ['type', 'basisPoints'],
  additionalProperties: false,
  properties: { type: { const: 'SHARE' }, basisPoints: POINTS },
} as const

const WHAT_IF = {
  type: 'object',
  additionalProperties: false,
  properties: {
    useBasisPoints: POINTS,
    organizersPaidBy: { enum: ['HOME', 'HOST'] },
    parts: {
      type: 'object',
      required: ['participant', 'organizer', 'localGovernment', 'flemishGovernment'],
      additionalProperties: false,
      properties: { participant: SHARE, organizer: SHARE, localGovernment: SHARE, flemishGovernment: SHARE },
    },
  },
} as const

const SETTLEMENT_BODY = {
  type: 'object',
  required: ['region', 'period'],
  additionalProperties: false,
  properties: { region: TEXT, period: TEXT, whatIf: WHAT_IF },
} as const

const CLOSING_BODY = {
  type: 'object',
  required: ['region', 'period', 'by'],
  additionalProperties: false,
  properties: { region: TEXT, period: TEXT, by: TEXT, accepted: { type: 'boolean' } },
} as const

/** Settlements for the command line, which has the internal token. */
export function settlementApi(
  app: FastifyInstance,
  work: LongWork,
  settlements: Pick<Settlements, 'settlement' | 'close'>,
): void {
  app.post<{ Body: SettlementOrder }>('/internal/settlement', { schema: { body: SETTLEMENT_BODY } }, async ({ body }, reply) =>
    work(reply, 'a settlement', () => settlements.settlement(body)),
  )
  app.post<{ Body: ClosingOrder }>('/internal/settlement-closing', { schema: { body: CLOSING_BODY } }, async ({ body }, reply) =>
    work(reply, 'a closing', () => settlements.close(body)),
  )
}
