import { chaptersIn, isReportFormat, type MountedDashboard, PaperError } from '@zuil/dashboard/server'
import { LANGUAGES, placesNow, type Warehouse } from '@zuil/warehouse'
import type { FastifyInstance } from 'fastify'
import type { LongWork } from './settlement-api.ts'

/** What the command line asks the hub for. */
export interface ReportCommand {
  readonly kind: 'region' | 'municipality' | 'organizer'
  /** Name or id of the place. */
  readonly name: string
  readonly period: string
  readonly language: string
  readonly format: string
  /** With commas between them; empty: all. */
  readonly chapters: string
}

export type ReportAnswer = { readonly base64: string } | { readonly refusal: string }

const TEXT = { type: 'string', minLength: 1, maxLength: 200 } as const
const BODY = {
  type: 'object',
  required: ['kind', 'name', 'period', 'language', 'format', 'chapters'],
  additionalProperties: false,
  properties: {
    kind: { enum: ['region', 'municipality', 'organizer'] },
    name: TEXT,
    period: TEXT,
    language: { enum: [...LANGUAGES] },
    format: TEXT,
    chapters: { type: 'string', maxLength: 200 },
  },
} as const

export interface ReportSources {
  readonly warehouse: Pick<Warehouse, 'query'>
  /** Asked for when a request comes: the dashboard is mounted after the API is built. */
  readonly dashboard: () => MountedDashboard
}

/** Reports for the command line, which has the internal token. */
export function reportApi(app: FastifyInstance, work: LongWork, sources: ReportSources): void {
  app.post<{ Body: ReportCommand }>('/internal/report', { schema: { body: BODY } }, async ({ body }, reply) =>
    work(reply, 'a report', () => reportFor(body, sources)),
  )
}

async function reportFor(command: ReportCommand, { warehouse, dashboard }: ReportSources): Promise<ReportAnswer> {
  const { period, format } = command
  const language = LANGUAGES.find((one) => one === command.language)
  if (!language || !isReportFormat(format)) return { refusal: `A report is pdf or xlsx, in ${LANGUAGES.join(', ')}` }
  const places = await placesNamed(command, warehouse)
  const [place, ...others] = places
  if (!place || others.length > 0) return { refusal: refusalOf(command, places) }
  const { reports, authentication } = dashboard()
  const chapters = chaptersIn(command.chapters)
  const order = {
    scope: await authentication.operatorScope(),
    place: place.place,
    period,
    language,
    ...(chapters && { chapters }),
  }
  try {
    const file = await reports.file(order, format)
    if (file) return { base64: file.bytes.toString('base64') }
    return {
      refusal: `Nothing was published of ${place.name} in ${period}: run "npm run zuil -- publish --period ${period}" first`,
    }
  } catch (error) {
    if (error instanceof PaperError) return { refusal: error.message }
    throw error
  }
}

interface FoundPlace {
  readonly place: string
  readonly name: string
}

/** Places of the kind with this name or id. */
async function placesNamed({ kind, name }: ReportCommand, warehouse: Pick<Warehouse, 'query'>): Promise<readonly FoundPlace[]> {
  const { regions, municipalities, organizers } = await placesNow(warehouse)
  const all: readonly (FoundPlace & { readonly id: string })[] = {
    region: regions.map((one) => ({ id: String(one.cardSystem), place: `region:${one.cardSystem}`, name: one.name })),
    municipality: municipalities.map((one) => ({ id: String(one.nis), place: `municipality:${one.nis}`, name: one.name })),
    organizer: organizers.map((one) => ({ id: one.organizer, place: `organizer:${one.organizer}`, name: one.name })),
  }[kind]
  const wanted = name.trim().toLowerCase()
  const byId = all.filter(({ id }) => id.toLowerCase() === wanted)
  return byId.length > 0 ? byId : all.filter((one) => one.name.toLowerCase() === wanted)
}

function refusalOf({ kind, name }: ReportCommand, places: readonly FoundPlace[]): string {
  if (places.length === 0) return `There is no ${kind} ${name}: give its name or id`
  return `There are ${places.length} of that name, give an id: ${places.map(({ place }) => place.slice(kind.length + 1)).join(', ')}`
}
