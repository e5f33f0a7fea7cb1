import { type Problem, problem } from '@zuil/core'
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { LANGUAGES } from '../../lib/language.ts'
import { REPORT_CHAPTERS } from '../../lib/report/report-view.ts'
import type { FigureDoor } from '../data-api/figure-door.ts'
import { DOCUMENTED } from '../data-api/figure-sources.ts'
import { problems } from '../http/problem.ts'
import { PaperError } from '../paper/paper-press.ts'
import { chaptersIn, isReportFormat, languageIn, REPORT_FORMATS, type ReportDesk, type ReportFile } from './report-desk.ts'

const Path = Type.Object({
  place: Type.String({ maxLength: 120, description: 'region:14, municipality:73107, organizer:… or all' }),
  period: Type.String({ maxLength: 20, description: '2025, 2024-2025, 2025-Q4' }),
})
const Query = Type.Object({
  format: Type.Enum(Object.keys(REPORT_FORMATS)),
  language: Type.Optional(Type.Enum([...LANGUAGES], { description: 'nl by default' })),
  chapters: Type.Optional(
    Type.String({ maxLength: 200, description: `Some of ${REPORT_CHAPTERS.join(', ')}, with commas; all by default` }),
  ),
})

/** Yearly reports as files, for who reads the place. */
export function reportRoutes(api: FastifyInstance, door: FigureDoor, reports: Pick<ReportDesk, 'file'>): void {
  const summary = 'Report of a place and period: tagged PDF, or a workbook'
  api.get<{ Querystring: Static<typeof Query>; Params: Static<typeof Path> }>(
    '/reports/:place/:period',
    { schema: { ...DOCUMENTED, summary, params: Path, querystring: Query } },
    (request, reply) =>
      door.openFile({ request, reply }, async ({ scope }): Promise<ReportFile | Problem> => {
        const { place, period } = request.params
        const { format, language, chapters: names } = request.query
        if (!isReportFormat(format)) return problem('invalid-query', { detail: 'There is no such format' })
        const chapters = chaptersIn(names)
        const order = { scope, place, period, language: languageIn(language), ...(chapters && { chapters }) }
        try {
          // The same words for a place of others as for one that does not exist.
          return (await reports.file(order, format)) ?? problems.notFound('Nothing was published of this place and period')
        } catch (error) {
          if (error instanceof PaperError) return problems.unavailable(error.message)
          throw error
        }
      }),
  )
}
