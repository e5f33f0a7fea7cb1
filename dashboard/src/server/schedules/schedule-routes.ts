import { type Problem, parseReportingPeriod } from '@zuil/core'
import type { FastifyInstance } from 'fastify'
import { type Static, Type } from 'typebox'
import { tagOf } from '../data-api/answer.ts'
import type { FigureDoor, Prepared, WholeFile } from '../data-api/figure-door.ts'
import { DOCUMENTED } from '../data-api/figure-sources.ts'
import { FormatQuery, wantedOf } from '../data-api/parameters.ts'
import type { AnswerColumn, AnswerTable } from '../formats/answer-table.ts'
import { problems } from '../http/problem.ts'
import { REPORT_FORMATS } from '../report/report-desk.ts'
import type { Reader } from '../scope/authentication.ts'
import type { SettlementReader } from '../settlement/settlement-reader.ts'
import { cardSystemOf, mayRead, type Schedule } from './schedule.ts'
import type { ScheduleReading } from './schedule-desk.ts'
import type { ScheduledPaper } from './scheduled-paper.ts'
import { nextPeriod } from './schedules-page.ts'

const ZIP = 'application/zip'
const Path = Type.Object({ paper: Type.String({ maxLength: 60, description: 'Its id, as /scheduled-papers lists it' }) })

export interface ScheduleSources {
  readonly schedules: ScheduleReading
  readonly settlements: SettlementReader
}

/** What is scheduled, what was made of it, and the files, for who reads their places. */
export function scheduleRoutes(api: FastifyInstance, door: FigureDoor, sources: ScheduleSources): void {
  const { schedules } = sources
  const list = (path: string, summary: string, table: (readable: readonly Schedule[]) => AnswerTable) =>
    api.get<{ Querystring: FormatQuery }>(
      path,
      { schema: { ...DOCUMENTED, summary, querystring: FormatQuery } },
      (request, reply) =>
        door.open({ request, reply }, async (reader): Promise<Prepared | Problem> => {
          const wanted = wantedOf(request, FormatQuery)
          if ('type' in wanted) return wanted
          const answer = table(schedules.schedules.filter((one) => mayRead(one, reader)))
          return { tag: tagOf([answer], wanted), wanted, table: async () => answer }
        }),
    )
  list('/schedules', 'What is made regularly of the places that the token reads', (readable) =>
    schedulesTable(readable, schedules),
  )
  list('/scheduled-papers', 'What was made of it, and how each paper stands', (readable) =>
    papersTable(readable.flatMap(({ id }) => schedules.papersOf(id))),
  )
  api.get<{ Params: Static<typeof Path> }>(
    '/scheduled-papers/:paper',
    { schema: { ...DOCUMENTED, summary: 'The file of a paper', params: Path } },
    (request, reply) => door.openFile({ request, reply }, (reader) => fileOf(request.params.paper, reader, sources)),
  )
}

async function fileOf(id: string, reader: Reader, { schedules, settlements }: ScheduleSources): Promise<WholeFile | Problem> {
  const paper = schedules.paper(id)
  const schedule = paper && schedules.schedule(paper.schedule)
  // The same words for a paper of others as for one that does not exist.
  const file = schedule && mayRead(schedule, reader) ? await schedules.file(id) : undefined
  if (!paper || !schedule || !file) return problems.notFound('There is no such paper, or its time is over')
  const period = parseReportingPeriod(paper.period)
  const cardSystem = cardSystemOf(schedule.place)
  if (schedule.paper === 'report') return { ...file, mediaType: REPORT_FORMATS[schedule.format].mediaType }
  if (!period || cardSystem === undefined) return problems.notFound('There is no such paper')
  const reading = { scope: reader.settles, who: reader.owner, part: 'papers', format: 'zip' }
  await settlements.readAgain(reading, { cardSystem, period })
  return { ...file, mediaType: ZIP }
}

function schedulesTable(readable: readonly Schedule[], schedules: ScheduleReading): AnswerTable {
  return {
    name: 'zuil-schedules',
    columns: [
      text('schedule', 'Its id'),
      text('paper', 'report or settlement'),
      text('place', 'What it is about'),
      text('every', 'MONTH, QUARTER or YEAR'),
      text('format', 'pdf or xlsx; of a settlement a zip of them'),
      text('language', 'Of the paper'),
      text('next', 'The first period that nothing was made of'),
    ],
    rows: readable.map((schedule) => {
      const { id, paper, place, every, format, language } = schedule
      return [id, paper, place, every, format, language, nextPeriod(schedule, schedules).key]
    }),
    facts: {},
  }
}

function papersTable(papers: readonly ScheduledPaper[]): AnswerTable {
  return {
    name: 'zuil-scheduled-papers',
    columns: [
      text('paper', 'Its id, as one asks for the file'),
      text('schedule', 'What it was made for'),
      text('period', 'What it is about'),
      number('release', 'Number of the release, or of the closing'),
      text('state', 'WAITING, STARTED, MADE, FAILED or GONE'),
      text('fault', 'Why it was not made; empty: nothing went wrong'),
      text('since', 'When it came to stand so, ISO 8601 in UTC'),
      text('until', 'When its file goes, ISO 8601 in UTC; empty: there is none'),
      number('bytes', 'Of its file'),
    ],
    rows: papers.map(({ id, schedule, period, release, state, fault, at, until, bytes }) => [
      id,
      schedule,
      period,
      release,
      state,
      fault,
      new Date(at).toISOString(),
      until === 0 ? '' : new Date(until).toISOString(),
      bytes,
    ]),
    facts: {},
  }
}

function text(id: string, description: string): AnswerColumn {
  return { id, kind: 'text', description }
}

function number(id: string, description: string): AnswerColumn {
  return { id, kind: 'number', description }
}
