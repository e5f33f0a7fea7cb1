import { type Problem, parseReportingPeriod, problem } from '@zuil/core'
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { tagOf } from '../data-api/answer.ts'
import { outsideScope } from '../data-api/cells-query.ts'
import type { FigureDoor, Prepared } from '../data-api/figure-door.ts'
import { DOCUMENTED } from '../data-api/figure-sources.ts'
import { FORMAT_PARAMETERS, wantedOf } from '../data-api/parameters.ts'
import type { WorkspaceDesk } from './workspace-desk.ts'
import { WORKSPACE_TABLES, workspaceTable } from './workspace-tables.ts'

const Path = Type.Object({ part: Type.Enum([...WORKSPACE_TABLES]) })
const Query = Type.Object({
  place: Type.String({ pattern: '^(region|municipality):\\d{1,9}$', description: 'region:14 or municipality:73107' }),
  period: Type.Optional(
    Type.String({ maxLength: 20, description: 'Of the published numbers that orders reckon with: 2025 or 2024-2025' }),
  ),
  ...FORMAT_PARAMETERS,
})

/** What a region and its municipalities keep, for who reads the place. It is changed on the page only. */
export function workspaceRoutes(api: FastifyInstance, door: FigureDoor, desk: Pick<WorkspaceDesk, 'setting' | 'kiosks'>): void {
  const summary =
    'What a region and its municipalities keep of working together: agreements, members, steps, devices, cards, orders'
  api.get<{ Querystring: Static<typeof Query>; Params: Static<typeof Path> }>(
    '/workspace/:part',
    { schema: { ...DOCUMENTED, summary, params: Path, querystring: Query } },
    (request, reply) =>
      door.open({ request, reply }, async ({ scope }): Promise<Prepared | Problem> => {
        const wanted = wantedOf(request, Query)
        if ('type' in wanted) return wanted
        const { place, period = '' } = request.query
        const { part } = request.params
        if (!scope.mayRead(place)) return outsideScope(scope)
        if (period !== '' && !parseReportingPeriod(period)) {
          return problem('invalid-query', { detail: 'There is no such period', allowed: ['2025', '2024-2025'] })
        }
        const state = { language: wanted.language, place, period, compareWith: 'none' } as const
        // nothing is written here, so nobody needs a role
        const setting = await desk.setting({ state, principal: { scope, roles: [] }, typed: new URLSearchParams() })
        const answer = await workspaceTable(part, setting, part === 'devices' ? await desk.kiosks() : [])
        return { wanted, tag: tagOf([answer], wanted), table: async () => answer }
      }),
  )
}
