import type { Problem } from '@zuil/core'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { isLanguage, LANGUAGES } from '../../lib/language.ts'
import { dictionaryTable } from '../dictionary/dictionary-table.ts'
import type { AnswerTable } from '../formats/answer-table.ts'
import { FORMAT_NAMES } from '../formats/formats.ts'
import { sendProblem } from '../problem.ts'
import type { Authentication, Reader } from '../scope/authentication.ts'
import type { FigureReader } from '../scope/figure-reader.ts'
import type { PlaceBook } from '../scope/place-book.ts'
import { addedUp, asPublished } from './added-cells.ts'
import { formatOf, isKnown, sendWritten, tagOf, type Wanted, writtenIn } from './answer.ts'
import { cubesTable, dimensionsTable, placesTable, releasesTable } from './catalogue-tables.ts'
import { type CellsQuestion, cellsQuestion, queryOf } from './cells-query.ts'
import { cellsTable } from './cells-table.ts'
import { FigureDoor, type Prepared } from './figure-door.ts'
import { type FiguresQuestion, figuresQuestion } from './figures-query.ts'
import { figuresTable } from './figures-table.ts'
import { invalidParameter } from './parameters.ts'

export interface FigureRoutesOptions {
  readonly authentication: Authentication
  readonly figures: FigureReader
  readonly places: PlaceBook
  /** Epoch ms. */
  readonly clock: () => number
}

const Format = {
  format: Type.Optional(Type.Enum([...FORMAT_NAMES], { description: 'Instead of Accept' })),
  language: Type.Optional(Type.Enum([...LANGUAGES], { description: 'Of names and explanations; nl by default' })),
}
const FormatQuery = Type.Object(Format)
type FormatQuery = Static<typeof FormatQuery>

const Chosen = {
  dimensions: Type.Optional(Type.String({ maxLength: 400, description: 'Dimensions with commas between them; none: the total' })),
  place: Type.String({ maxLength: 40_000, description: 'Places with commas between them, e.g. municipality:44021' }),
  together: Type.Optional(Type.Boolean({ description: 'The places are added up to one' })),
  period: Type.String({ maxLength: 20, description: '2026-11, 2026-Q4, 2026 or 2025-2026' }),
  release: Type.Optional(Type.Integer({ minimum: 1, description: 'A certain release instead of the valid one' })),
  ...Format,
}
const FiguresQuery = Type.Object({
  measure: Type.String({ maxLength: 100, description: 'Id or slug, as /dictionary lists them: A3 or participation-gap' }),
  ...Chosen,
})
type FiguresQuery = Static<typeof FiguresQuery>

const CellsQuery = Type.Object({
  cube: Type.String({ maxLength: 100, description: 'Set of cells, as /cubes lists them' }),
  column: Type.Optional(Type.String({ maxLength: 400, description: 'people or columns of the cube; all of them by default' })),
  ...Chosen,
})
type CellsQuery = Static<typeof CellsQuery>

/** Published figures for programs, within what each may read. */
export function figureRoutes(api: FastifyInstance, options: FigureRoutesOptions): void {
  const { authentication, figures, places, clock } = options
  const door = new FigureDoor(authentication, clock)
  const documented = { tags: ['Cijfers'], security: [{ TOKEN: [] }, { TOKEN_AS_PASSWORD: [] }] }

  const list = (path: string, summary: string, table: (reader: Reader, wanted: Wanted) => Promise<AnswerTable>) =>
    api.get<{ Querystring: FormatQuery }>(
      path,
      { schema: { ...documented, summary, querystring: FormatQuery } },
      (request, reply) =>
        door.open({ request, reply }, async (reader) => {
          const wanted = wantedOf(request, FormatQuery)
          if ('type' in wanted) return wanted
          const answer = await table(reader, wanted)
          return { tag: tagOf([answer], wanted), wanted, table: async () => answer }
        }),
    )
  list('/cubes', 'Sets of cells that there are, and how they may be broken down', async (_reader, { language }) =>
    cubesTable(language),
  )
  list('/dimensions', 'Dimensions and their members', async (_reader, { language }) => dimensionsTable(language))
  list('/places', 'Places that the token reads', async ({ scope }) => placesTable(await places.placesIn(scope)))
  list('/releases', 'What was published, oldest first', async ({ scope }) => releasesTable(await figures.releases(scope)))

  api.get<{ Querystring: FiguresQuery }>(
    '/figures',
    { schema: { ...documented, summary: 'Figures of a measure', querystring: FiguresQuery } },
    (request, reply) =>
      door.open({ request, reply }, async ({ scope }): Promise<Prepared | Problem> => {
        const wanted = wantedOf(request, FiguresQuery)
        if ('type' in wanted) return wanted
        const question = figuresQuestion(request.query, { scope, releases: await figures.releases(scope) })
        if ('type' in question) return question
        return {
          wanted,
          tag: tagOf(partsOfFigures(question), wanted),
          table: async () => {
            const rows = await figures.figures(scope, question.measure, question)
            return figuresTable(question, rows, { language: wanted.language, nameOf: await places.namer() })
          },
        }
      }),
  )
  // What a figure means is no figure: open to everybody.
  api.get<{ Querystring: FormatQuery }>(
    '/dictionary',
    { schema: { tags: ['Cijfers'], summary: 'The data dictionary', querystring: FormatQuery } },
    async (request, reply) => {
      const wanted = wantedOf(request, FormatQuery)
      if ('type' in wanted) return sendProblem(reply, wanted)
      const table = dictionaryTable(wanted.language)
      if (isKnown(request, reply, tagOf([table], wanted))) return await reply.code(304).send()
      return await sendWritten(request, reply, await writtenIn(wanted, table))
    },
  )
  api.get<{ Querystring: CellsQuery }>(
    '/cells',
    { schema: { ...documented, summary: 'Published cells of a cube', querystring: CellsQuery } },
    (request, reply) =>
      door.open({ request, reply }, async ({ scope }): Promise<Prepared | Problem> => {
        const wanted = wantedOf(request, CellsQuery)
        if ('type' in wanted) return wanted
        const question = cellsQuestion(request.query, { scope, releases: await figures.releases(scope) })
        if ('type' in question) return question
        return {
          wanted,
          tag: tagOf(partsOfTag(question), wanted),
          table: async () => {
            const cells = await figures.cells(scope, queryOf(question))
            const answered = question.together ? addedUp(cells, question.places) : cells.map(asPublished)
            return cellsTable(question, answered, { language: wanted.language, nameOf: await places.namer() })
          },
        }
      }),
  )
}

/** Format and language of an answer, after every parameter was found to be one that the route knows. */
function wantedOf(
  request: FastifyRequest<{ Querystring: FormatQuery }>,
  schema: { readonly properties: object },
): Wanted | Problem {
  const { format: name, language = 'nl' } = request.query
  const strange = invalidParameter(request.query, schema)
  if (strange) return strange
  const format = formatOf(request, name)
  return typeof format === 'string' ? { format, language: isLanguage(language) ? language : 'nl' } : format
}

function partsOfFigures({ measure, dimensions, places, release }: FiguresQuestion): readonly unknown[] {
  return [release.release, release.contentHash, measure.id, dimensions, places]
}

function partsOfTag({ cube, columns, dimensions, places, together, release }: CellsQuestion): readonly unknown[] {
  return [release.release, release.contentHash, cube.id, columns, dimensions, places, together]
}
