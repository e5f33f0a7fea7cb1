import { type Problem, problem } from '@zuil/core'
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { tagOf } from './answer.ts'
import { auditTable } from './catalogue-tables.ts'
import type { FigureDoor, Prepared } from './figure-door.ts'
import { DOCUMENTED, type FigureSources } from './figure-sources.ts'
import { FormatQuery, wantedOf } from './parameters.ts'

const ReleasePath = Type.Object({ release: Type.Integer({ minimum: 1 }) })

/** What the attacks on a release found: for auditors, and to everybody else refused in the same words whether it exists or not. */
export function auditRoute(api: FastifyInstance, door: FigureDoor, { figures }: FigureSources): void {
  api.get<{ Params: Static<typeof ReleasePath>; Querystring: FormatQuery }>(
    '/releases/:release/audit',
    {
      schema: {
        ...DOCUMENTED,
        summary: 'What the audit of a release found; for auditors',
        params: ReleasePath,
        querystring: FormatQuery,
      },
    },
    (request, reply) =>
      door.open({ request, reply }, async ({ scope }): Promise<Prepared | Problem> => {
        const wanted = wantedOf(request, FormatQuery)
        if ('type' in wanted) return wanted
        if (!scope.mayAudit) return problem('outside-scope', { detail: 'Audits are read with the role auditor' })
        const audit = await figures.audit(scope, request.params.release)
        if (!audit) return problem('url/not-found', { detail: 'There is no release by that number' })
        return { wanted, tag: tagOf(['audit', audit], wanted), table: async () => auditTable(audit, wanted.language) }
      }),
  )
}
