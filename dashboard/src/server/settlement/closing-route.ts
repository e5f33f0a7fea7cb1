import { type Problem, parseReportingPeriod, problem } from '@zuil/core'
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import type { FigureDoor } from '../data-api/figure-door.ts'
import { problems } from '../http/problem.ts'
import type { Reader } from '../scope/authentication.ts'
import { settlementContent } from './settlement-content.ts'
import type { SettlementReader } from './settlement-reader.ts'

const Path = Type.Object({
  cardSystem: Type.Integer({ minimum: 0, maximum: 0xffff_ffff }),
  period: Type.String({ maxLength: 9, description: '2026-11, 2026-Q4 or 2026' }),
})
const Body = Type.Object(
  {
    content: Type.String({ maxLength: 100, description: 'Of the overview that was looked at: its fact "content"' }),
    accepted: Type.Optional(Type.Boolean({ description: 'What was found is known, and right' })),
  },
  { additionalProperties: false },
)

interface Closing {
  readonly path: Static<typeof Path>
  readonly body: Static<typeof Body>
}

/** `POST …/closing`: closes a period for good, for a person who settles the region and says which overview they looked at. */
export function closingRoute(routes: FastifyInstance, door: FigureDoor, settlements: SettlementReader): void {
  const schema = {
    tags: ['Afrekening'],
    security: [{ TOKEN: [] }],
    summary: 'Closes a period for good; what comes later is a correction of the next one',
    params: Path,
    body: Body,
  }
  routes.post<{ Params: Static<typeof Path>; Body: Static<typeof Body> }>(
    '/settlements/:cardSystem/:period/closing',
    { schema },
    (request, reply) =>
      door.change({ request, reply }, (reader) => closed({ path: request.params, body: request.body }, reader, settlements)),
  )
}

async function closed(
  { path, body }: Closing,
  { settles, owner, account }: Reader,
  settlements: SettlementReader,
): Promise<object | Problem> {
  const { cardSystem, period: key } = path
  if (!settles.mayRead(cardSystem) || account === undefined)
    return problem('auth/forbidden', {
      detail: 'A period is closed by a person with the role settlement of the region, with their own token',
    })
  const period = parseReportingPeriod(key)
  if (!period) return problem('invalid-query', { detail: 'A period is like 2026-11, 2026-Q4 or 2026' })
  const { content, accepted = false } = body
  const closer = { scope: settles, who: owner, part: 'closing', format: 'json' }
  const isAsSeen = (document: Parameters<typeof settlementContent>[0]) => settlementContent(document) === content
  const document = await settlements.close(closer, { cardSystem, period, by: account, accepted, isAsSeen })
  if ('refusal' in document) return problems.conflict(document.refusal.message)
  const { closing, record } = document
  return { cardSystem, period: period.key, ...closing, ...record }
}
