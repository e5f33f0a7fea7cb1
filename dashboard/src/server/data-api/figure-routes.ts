import { formatDay, type Problem } from '@zuil/core'
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import type { AccessLog } from '../access-log/access-log.ts'
import { changeRoute } from '../change/change-route.ts'
import type { PageSources } from '../figures/page-builder.ts'
import type { PaperPress } from '../paper/paper-press.ts'
import type { ReportDesk } from '../report/report-desk.ts'
import { reportRoutes } from '../report/report-routes.ts'
import type { ScheduleReading } from '../schedules/schedule-desk.ts'
import { scheduleRoutes } from '../schedules/schedule-routes.ts'
import type { Authentication } from '../scope/authentication.ts'
import { ALL_PLACES } from '../scope/scope.ts'
import type { SettlementReader } from '../settlement/settlement-reader.ts'
import { settlementRoutes } from '../settlement/settlement-routes.ts'
import type { WorkspaceDesk } from '../workspace/workspace-desk.ts'
import { workspaceRoutes } from '../workspace/workspace-routes.ts'
import { addedUp, asPublished } from './added-cells.ts'
import { tagOf, type Wanted } from './answer.ts'
import { auditRoute } from './audit-route.ts'
import { benchmarkQuestion } from './benchmark-query.ts'
import { benchmarkTable } from './benchmark-table.ts'
import { type CellsQuestion, cellsQuestion, queryOf } from './cells-query.ts'
import { cellsTable, type Naming } from './cells-table.ts'
import { FigureDoor, type Prepared } from './figure-door.ts'
import { DOCUMENTED, type FigureSources } from './figure-sources.ts'
import { type FiguresQuestion, figuresQuestion } from './figures-query.ts'
import { figuresTable } from './figures-table.ts'
import { listRoutes } from './list-routes.ts'
import { CELL_PARAMETERS, FORMAT_PARAMETERS, PERIOD_PARAMETERS, wantedOf } from './parameters.ts'

export interface FigureRoutesOptions extends FigureSources {
  readonly authentication: Authentication
  readonly log: AccessLog
  /** Exact amounts, behind the same authentication and with a scope of their own. */
  readonly settlements: SettlementReader
  readonly reports: Pick<ReportDesk, 'file'>
  readonly press: Pick<PaperPress, 'press'>
  readonly workspace: Pick<WorkspaceDesk, 'setting' | 'kiosks'>
  /** Of pages, for what is laid out as on one of them. */
  readonly pages: PageSources
  readonly schedules: ScheduleReading
  /** Epoch ms. */
  readonly clock: () => number
}

const FiguresQuery = Type.Object({
  measure: Type.String({ maxLength: 100, description: 'Id or slug, as /dictionary lists them: A3 or participation-gap' }),
  ...CELL_PARAMETERS,
  ...FORMAT_PARAMETERS,
  annotations: Type.Optional(
    Type.Boolean({
      description: 'With a column of what people noted about the place; such an answer may change',
      default: false,
    }),
  ),
})
const CellsQuery = Type.Object({
  cube: Type.String({ maxLength: 100, description: 'Set of cells, as /cubes lists them' }),
  column: Type.Optional(Type.String({ maxLength: 400, description: 'people or columns of the cube; all of them by default' })),
  ...CELL_PARAMETERS,
  ...FORMAT_PARAMETERS,
})
const OrganizerPath = Type.Object({ organizer: Type.String({ maxLength: 100 }) })
const BenchmarkQuery = Type.Object({ ...PERIOD_PARAMETERS, ...FORMAT_PARAMETERS })

/** Published figures for programs, within what each may read. */
export function figureRoutes(api: FastifyInstance, options: FigureRoutesOptions): void {
  const { authentication, log, clock, settlements, reports, press, schedules, workspace, pages, ...sources } = options
  const door = new FigureDoor({ authentication, log, clock })
  const { figures, places, annotations } = sources
  const namingIn = async ({ language }: Wanted): Promise<Naming> => ({ language, nameOf: await places.namer() })
  listRoutes(api, door, sources)
  settlementRoutes(api, door, { settlements, press })
  auditRoute(api, door, sources)
  reportRoutes(api, door, reports)
  workspaceRoutes(api, door, workspace)
  changeRoute(api, door, pages)
  scheduleRoutes(api, door, { schedules, settlements })

  api.get<{ Querystring: Static<typeof FiguresQuery> }>(
    '/figures',
    { schema: { ...DOCUMENTED, summary: 'Figures of a measure', querystring: FiguresQuery } },
    (request, reply) =>
      door.open({ request, reply }, async ({ scope }): Promise<Prepared | Problem> => {
        const wanted = wantedOf(request, FiguresQuery)
        if ('type' in wanted) return wanted
        const question = figuresQuestion(request.query, { scope, releases: await figures.releases(scope) })
        if ('type' in question) return question
        const noted = request.query.annotations ? await notedAbout(question, annotations) : undefined
        const table = async () => {
          const rows = await figures.figures(scope, question.measure, question)
          return figuresTable(question, rows, { ...(await namingIn(wanted)), ...(noted && { noted }) })
        }
        const said = noted && [...noted]
        return { wanted, tag: tagOf(['figures', ...partsOfFigures(question), ...(said ?? [])], wanted), table }
      }),
  )
  api.get<{ Querystring: Static<typeof CellsQuery> }>(
    '/cells',
    { schema: { ...DOCUMENTED, summary: 'Published cells of a cube', querystring: CellsQuery } },
    (request, reply) =>
      door.open({ request, reply }, async ({ scope }): Promise<Prepared | Problem> => {
        const wanted = wantedOf(request, CellsQuery)
        if ('type' in wanted) return wanted
        const question = cellsQuestion(request.query, { scope, releases: await figures.releases(scope) })
        if ('type' in question) return question
        const table = async () => {
          const cells = await figures.cells(scope, queryOf(question))
          const answered = question.together ? addedUp(cells, question.places) : cells.map(asPublished)
          return cellsTable(question, answered, await namingIn(wanted))
        }
        return { wanted, tag: tagOf(['cells', ...partsOfCells(question)], wanted), table }
      }),
  )
  benchmarkRoute(api, door, { ...sources, namingIn })
}

interface BenchmarkSources extends FigureSources {
  readonly namingIn: (wanted: Wanted) => Promise<Naming>
}

function benchmarkRoute(api: FastifyInstance, door: FigureDoor, { figures, namingIn }: BenchmarkSources): void {
  const summary = 'An organizer beside the quartiles of its anonymous peers, in a season'
  api.get<{ Querystring: Static<typeof BenchmarkQuery>; Params: Static<typeof OrganizerPath> }>(
    '/benchmark/:organizer',
    { schema: { ...DOCUMENTED, summary, params: OrganizerPath, querystring: BenchmarkQuery } },
    (request, reply) =>
      door.open({ request, reply }, async ({ scope }): Promise<Prepared | Problem> => {
        const wanted = wantedOf(request, BenchmarkQuery)
        if ('type' in wanted) return wanted
        const { organizer } = request.params
        const readable = { scope, releases: await figures.releases(scope) }
        const question = benchmarkQuestion({ organizer, ...request.query }, readable)
        if ('type' in question) return question
        const table = async () => {
          const own = await figures.figures(scope, question.measure, question)
          const peers = await figures.peers(scope, question.release, organizer)
          return benchmarkTable(question, { own, peers }, await namingIn(wanted))
        }
        return { wanted, tag: tagOf(['benchmark', ...partsOfFigures(question)], wanted), table }
      }),
  )
}

/** What people noted about each place of a question, and about all of them, that touches its period; one text for each place. */
async function notedAbout(
  { places, period }: FiguresQuestion,
  annotations: FigureSources['annotations'],
): Promise<ReadonlyMap<string, string>> {
  const noted = await Promise.all(
    places.map(async (place): Promise<[string, string]> => {
      const notes = await annotations.of([...new Set([ALL_PLACES, ...place.split('+')])])
      const touching = notes.filter(
        (one) => one.lastDay >= formatDay(period.firstDay) && one.firstDay <= formatDay(period.lastDay),
      )
      return [
        place,
        touching.map(({ kind, firstDay, lastDay, text }) => `${kind} ${firstDay}/${lastDay} ${text}`.trim()).join('; '),
      ]
    }),
  )
  return new Map(noted)
}

function partsOfFigures({ measure, dimensions, places, release }: FiguresQuestion): readonly unknown[] {
  return [release.release, release.contentHash, measure.id, dimensions, places]
}

function partsOfCells({ cube, columns, dimensions, places, together, release }: CellsQuestion): readonly unknown[] {
  return [release.release, release.contentHash, cube.id, columns, dimensions, places, together]
}
