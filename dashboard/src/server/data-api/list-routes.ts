import type { FastifyInstance } from 'fastify'
import { dictionaryTable } from '../dictionary/dictionary-table.ts'
import type { AnswerTable } from '../formats/answer-table.ts'
import { sendProblem } from '../http/problem.ts'
import type { Reader } from '../scope/authentication.ts'
import { isKnown, sendWritten, tagOf, type Wanted, writtenIn } from './answer.ts'
import { cubesTable, dimensionsTable, placesTable, releasesTable } from './catalogue-tables.ts'
import type { FigureDoor } from './figure-door.ts'
import { DOCUMENTED, type FigureSources } from './figure-sources.ts'
import { FormatQuery, wantedOf } from './parameters.ts'

/** What there is to ask, and for whom. */
export function listRoutes(api: FastifyInstance, door: FigureDoor, { figures, places }: FigureSources): void {
  const list = (path: string, summary: string, table: (reader: Reader, wanted: Wanted) => Promise<AnswerTable>) =>
    api.get<{ Querystring: FormatQuery }>(
      path,
      { schema: { ...DOCUMENTED, summary, querystring: FormatQuery } },
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

  // What a figure means is no figure: open to everybody.
  api.get<{ Querystring: FormatQuery }>(
    '/dictionary',
    { schema: { tags: DOCUMENTED.tags, summary: 'The data dictionary: what each measure means', querystring: FormatQuery } },
    async (request, reply) => {
      const wanted = wantedOf(request, FormatQuery)
      if ('type' in wanted) return sendProblem(reply, wanted)
      const table = dictionaryTable(wanted.language)
      if (isKnown(request, reply, tagOf([table], wanted))) return await reply.code(304).send()
      return await sendWritten(request, reply, await writtenIn(wanted, table))
    },
  )
}
