import { type Problem, parseReportingPeriod, problem } from '@zuil/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { tagOf, type Wanted } from '../data-api/answer.ts'
import type { FigureDoor, Prepared, WholeFile } from '../data-api/figure-door.ts'
import { FORMAT_PARAMETERS, FormatQuery, wantedOf } from '../data-api/parameters.ts'
import type { AnswerTable } from '../formats/answer-table.ts'
import { problems } from '../http/problem.ts'
import { PaperError, type PaperPress } from '../paper/paper-press.ts'
import type { Reader } from '../scope/authentication.ts'
import { closingRoute } from './closing-route.ts'
import { settlementPaper } from './settlement-paper.ts'
import type { SettlementReader } from './settlement-reader.ts'
import type { SettlementPart } from './settlement-sheets.ts'
import { closingsTable, type SettlementTables, settlementTables } from './settlement-tables.ts'

const DOCUMENTED = { tags: ['Afrekening'], security: [{ TOKEN: [] }, { TOKEN_AS_PASSWORD: [] }] }

const PERIOD_PATH = {
  cardSystem: Type.Integer({ minimum: 0, maximum: 0xffff_ffff }),
  period: Type.String({ maxLength: 9, description: '2026-11, 2026-Q4 or 2026' }),
}
const SettlementPath = Type.Object(PERIOD_PATH)
const MunicipalityPath = Type.Object({ ...PERIOD_PATH, nis: Type.Integer({ minimum: 0, maximum: 99_999 }) })
const OrganizerPath = Type.Object({ ...PERIOD_PATH, organizer: Type.String({ maxLength: 100 }) })
const Query = Type.Object(FORMAT_PARAMETERS)
const PaperQuery = Type.Object({ language: FORMAT_PARAMETERS.language })

interface Asked {
  readonly request: FastifyRequest<{ Querystring: FormatQuery; Params: Static<typeof SettlementPath> }>
  readonly part: string
  readonly table: (tables: SettlementTables) => AnswerTable
}

export interface SettlementSources {
  readonly settlements: SettlementReader
  readonly press: Pick<PaperPress, 'press'>
}

/** Exact settlements and their closing, for the role that settles and for nobody else; every answer is noted, and kept by no cache. */
export function settlementRoutes(api: FastifyInstance, door: FigureDoor, { settlements, press }: SettlementSources): void {
  void api.register(async (routes) => {
    routes.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store')
    })
    listRoute(routes, door, settlements)
    closingRoute(routes, door, settlements)
    paperRoutes(routes, door, { settlements, press })
    const answer =
      ({ request, part, table }: Asked) =>
      async (reader: Reader): Promise<Prepared | Problem> =>
        await prepared({ request, part, table }, reader, settlements)
    const parts = [
      ['', 'What each municipality pays, receives and bears', 'overview'],
      ['/transfers', 'Who pays whom, so that all balances are 0', 'transfers'],
      ['/findings', 'What is odd about a settlement', 'findings'],
    ] as const
    for (const [path, summary, part] of parts)
      routes.get<{ Querystring: FormatQuery; Params: Static<typeof SettlementPath> }>(
        `/settlements/:cardSystem/:period${path}`,
        { schema: { ...DOCUMENTED, summary, params: SettlementPath, querystring: Query } },
        (request, reply) => door.open({ request, reply }, answer({ request, part, table: (tables) => tables[part]() })),
      )
    routes.get<{ Querystring: FormatQuery; Params: Static<typeof MunicipalityPath> }>(
      '/settlements/:cardSystem/:period/municipalities/:nis',
      { schema: { ...DOCUMENTED, summary: 'Statement of a municipality', params: MunicipalityPath, querystring: Query } },
      (request, reply) => {
        const { nis } = request.params
        const asked = { request, part: `municipalities/${nis}`, table: (tables: SettlementTables) => tables.municipality(nis) }
        return door.open({ request, reply }, answer(asked))
      },
    )
    routes.get<{ Querystring: FormatQuery; Params: Static<typeof OrganizerPath> }>(
      '/settlements/:cardSystem/:period/organizers/:organizer',
      { schema: { ...DOCUMENTED, summary: 'Expense note of an organizer', params: OrganizerPath, querystring: Query } },
      (request, reply) => {
        const { organizer } = request.params
        const asked = {
          request,
          part: `organizers/${organizer}`,
          table: (tables: SettlementTables) => tables.organizer(organizer),
        }
        return door.open({ request, reply }, answer(asked))
      },
    )
  })
}

function listRoute(routes: FastifyInstance, door: FigureDoor, settlements: SettlementReader): void {
  routes.get<{ Querystring: FormatQuery }>(
    '/settlements',
    { schema: { ...DOCUMENTED, summary: 'What was closed of the regions that the token settles', querystring: Query } },
    (request, reply) =>
      door.open({ request, reply }, async ({ settles, owner }): Promise<Prepared | Problem> => {
        const wanted = wantedOf(request, FormatQuery)
        if ('type' in wanted) return wanted
        if (settles.cardSystems.length === 0) return outside()
        const { format } = wanted
        const documents = await settlements.closings({ scope: settles, who: owner, part: 'closings', format })
        return prepare(wanted, closingsTable(documents, wanted.language))
      }),
  )
}

/** The same as tagged PDF: of the region, of a municipality, of an organizer. */
function paperRoutes(routes: FastifyInstance, door: FigureDoor, sources: SettlementSources): void {
  type Asked = { readonly Params: Static<typeof SettlementPath>; Querystring: Static<typeof PaperQuery> }
  const summary = 'As tagged PDF'
  routes.get<Asked>(
    '/settlements/:cardSystem/:period/paper',
    { schema: { ...DOCUMENTED, summary, params: SettlementPath, querystring: PaperQuery } },
    (request, reply) =>
      door.openFile({ request, reply }, (reader) =>
        paper({ params: request.params, query: request.query, part: { region: true }, name: 'afrekening' }, reader, sources),
      ),
  )
  routes.get<Asked & { readonly Params: Static<typeof MunicipalityPath> }>(
    '/settlements/:cardSystem/:period/municipalities/:nis/paper',
    { schema: { ...DOCUMENTED, summary, params: MunicipalityPath, querystring: PaperQuery } },
    (request, reply) => {
      const { nis } = request.params
      const asked = { params: request.params, query: request.query, part: { municipality: nis }, name: `gemeente-${nis}` }
      return door.openFile({ request, reply }, (reader) => paper(asked, reader, sources))
    },
  )
  routes.get<Asked & { readonly Params: Static<typeof OrganizerPath> }>(
    '/settlements/:cardSystem/:period/organizers/:organizer/paper',
    { schema: { ...DOCUMENTED, summary, params: OrganizerPath, querystring: PaperQuery } },
    (request, reply) => {
      const { organizer } = request.params
      const asked = { params: request.params, query: request.query, part: { organizer }, name: 'onkostennota' }
      return door.openFile({ request, reply }, (reader) => paper(asked, reader, sources))
    },
  )
}

interface PaperAsked {
  readonly params: Static<typeof SettlementPath>
  readonly query: Static<typeof PaperQuery>
  readonly part: SettlementPart
  readonly name: string
}

async function paper(
  { params: { cardSystem, period: key }, query, part, name }: PaperAsked,
  { settles, owner }: Reader,
  { settlements, press }: SettlementSources,
): Promise<WholeFile | Problem> {
  if (!settles.mayRead(cardSystem)) return outside()
  const period = parseReportingPeriod(key)
  if (!period) return problem('invalid-query', { detail: 'A period is like 2026-11, 2026-Q4 or 2026' })
  const reading = { scope: settles, who: owner, part: name, format: 'pdf' }
  const document = await settlements.settlement(reading, cardSystem, period)
  if ('refusal' in document) return problems.conflict(document.refusal.message)
  try {
    const bytes = await press.press(settlementPaper(document, part, query.language ?? 'nl'))
    return { bytes, fileName: `${name}-${cardSystem}-${period.key}.pdf`, mediaType: 'application/pdf' }
  } catch (error) {
    if (error instanceof PaperError) return problems.unavailable(error.message)
    throw error
  }
}

async function prepared(
  { request, part, table }: Asked,
  { settles, owner }: Reader,
  settlements: SettlementReader,
): Promise<Prepared | Problem> {
  const wanted = wantedOf(request, FormatQuery)
  if ('type' in wanted) return wanted
  const { cardSystem, period: key } = request.params
  // Before anything is looked up, so that a refusal tells nothing of what there is.
  if (!settles.mayRead(cardSystem)) return outside()
  const period = parseReportingPeriod(key)
  if (!period) return problem('invalid-query', { detail: 'A period is like 2026-11, 2026-Q4 or 2026' })
  const reading = { scope: settles, who: owner, part, format: wanted.format }
  const document = await settlements.settlement(reading, cardSystem, period)
  if ('refusal' in document) return problems.conflict(document.refusal.message)
  return prepare(wanted, table(settlementTables(document, wanted.language)))
}

function prepare(wanted: Wanted, table: AnswerTable): Prepared {
  return { wanted, tag: tagOf(['settlement', table], wanted), table: async () => table }
}

/** The same for every card system, also for one that does not exist. */
function outside(): Problem {
  return problem('auth/forbidden', { detail: 'Exact settlements are for accounts with the role settlement of the region' })
}
