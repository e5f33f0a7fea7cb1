import {
  type ApiClient,
  brusselsDay,
  entityId,
  formatDay,
  formatInstant,
  parseDay,
  previousPeriod,
  problem,
  reportingPeriodOf,
  type SchemaError,
} from '@zuil/core'
import type { FinancialReport, ReportReach } from '@zuil/core/contracts/financial-report'
import {
  ReportBody,
  ReportDownloadQuery,
  ReportPath,
  ReportPeriodBody,
  ReportPeriodsBody,
  ReportsBody,
  ReportsPath,
} from '@zuil/core/contracts/http-financial-report'
import { DownloadLinkBody } from '@zuil/core/contracts/http-qr-code'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { grantedPlaces } from '../../hub/granted-places.ts'
import { clientOf, type Hook, sendForbidden } from '../../plugins/authentication.ts'
import { sendNotFound, sendProblem } from '../../plugins/problems.ts'
import type { RouteContext } from '../../route-context.ts'
import { isSameSecret } from '../../secrets.ts'
import { PROBLEM_RESPONSES } from '../responses.ts'

/** Two years, as the official system suggests. */
const SUGGESTED_QUARTERS = 8
/** Long enough to hand the link to a browser. */
const LINK_LIFE_MS = 10 * 60_000
const PERMISSION = 'ORGANIZERS_REPORTS'
const TAGS = ['Financial reports']

type Asked = FastifyRequest<{ Params: ReportsPath }>
type AskedOne = FastifyRequest<{ Params: ReportPath }>

/** `/organizers/{organizerId}/financial-reports`: what an organizer sold, and what each government pays for it. The hub makes them. */
export function financialReportRoutes(app: FastifyInstance, context: RouteContext): void {
  const { services, authentication } = context
  const { financialReports } = services
  const onRequest = authentication.client
  const reachOf = reachFinder(context)

  app.get<{ Params: ReportsPath }>(
    '/organizers/:organizerId/financial-reports/periods',
    {
      onRequest,
      schema: {
        summary: 'Get suggested financial report periods',
        tags: TAGS,
        params: ReportsPath,
        response: { 200: ReportPeriodsBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => (reachOf(request, reply) ? suggestedPeriods(services.now()) : reply),
  )

  app.post<{ Params: ReportsPath; Body: ReportPeriodBody }>(
    '/organizers/:organizerId/financial-reports',
    {
      onRequest,
      schema: {
        summary: 'Start an export of a financial report',
        tags: TAGS,
        params: ReportsPath,
        body: ReportPeriodBody,
        response: { 200: ReportBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const reach = reachOf(request, reply)
      if (!reach) return reply
      const errors = periodErrors(request.body)
      if (errors.length > 0) return sendProblem(reply, problem('body/invalid-data', { schemaErrors: errors }))
      const { startDate: firstDay, endDate: lastDay } = request.body
      return bodyOf(await financialReports.start({ reach, client: clientOf(request).id, firstDay, lastDay }))
    },
  )

  app.get<{ Params: ReportsPath }>(
    '/organizers/:organizerId/financial-reports',
    {
      onRequest,
      schema: {
        summary: 'Get financial report exports',
        tags: TAGS,
        params: ReportsPath,
        response: { 200: ReportsBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const reach = reachOf(request, reply)
      return reach ? (await financialReports.reports(reach)).map(bodyOf) : reply
    },
  )
  singleReportRoutes(app, context, reachOf)
}

function singleReportRoutes(app: FastifyInstance, { services, authentication }: RouteContext, reachOf: ReachFinder): void {
  const { financialReports, secrets } = services
  const signatureOf = ({ organizerId, reportId }: ReportPath, until: number) =>
    secrets.requestHash('financial-report', `${entityId(organizerId)}\0${reportId}\0${until}`)
  const schema = { tags: TAGS, params: ReportPath }

  app.get<{ Params: ReportPath }>(
    '/organizers/:organizerId/financial-reports/:reportId',
    {
      onRequest: authentication.client,
      schema: { ...schema, summary: 'Get financial report status', response: { 200: ReportBody, ...PROBLEM_RESPONSES } },
    },
    async (request, reply) => {
      const reach = reachOf(request, reply)
      if (!reach) return reply
      const report = await reportOf(request, reach)
      return report ? bodyOf(report) : sendUnknown(reply)
    },
  )

  app.get<{ Params: ReportPath }>(
    '/organizers/:organizerId/financial-reports/:reportId/download-link',
    {
      onRequest: authentication.client,
      schema: {
        ...schema,
        summary: 'Get financial report temporary download link',
        response: { 200: DownloadLinkBody, ...PROBLEM_RESPONSES },
      },
    },
    async (request, reply) => {
      const reach = reachOf(request, reply)
      if (!reach) return reply
      const report = await reportOf(request, reach)
      if (report?.status !== 'AVAILABLE') return sendUnknown(reply)
      const { organizerId, reportId } = request.params
      const until = services.now() + LINK_LIFE_MS
      const path = `/organizers/${encodeURIComponent(organizerId)}/financial-reports/${reportId}.zip`
      const query = new URLSearchParams({ until: String(until), signature: signatureOf(request.params, until) })
      return { downloadLink: `${services.publicUrl}${path}?${query.toString()}` }
    },
  )

  app.get<{ Params: ReportPath; Querystring: ReportDownloadQuery }>(
    '/organizers/:organizerId/financial-reports/:reportId.zip',
    {
      onRequest: withoutSignature(authentication.client),
      config: { answersFile: true },
      schema: { ...schema, summary: 'Download financial report', querystring: ReportDownloadQuery },
    },
    async (request, reply) => {
      const { params, query } = request
      const { signature } = query
      const until = Number(query.until ?? 0)
      if (signature !== undefined && (until < services.now() || !isSameSecret(signature, signatureOf(params, until))))
        return sendNotFound(reply)
      // Whoever got the link was allowed to have the report.
      const isLink = signature !== undefined
      const reach = isLink ? { organizer: entityId(params.organizerId), cardSystems: [] } : reachOf(request, reply)
      if (!reach) return reply
      const client = isLink ? '' : clientOf(request).id
      const file = await financialReports.file({ reach, id: Number(params.reportId), client })
      if (!file) return sendUnknown(reply)
      return reply
        .header('content-disposition', file.disposition)
        .header('cache-control', 'private, no-store')
        .type('application/x-zip-compressed')
        .send(file.bytes)
    },
  )

  async function reportOf({ params }: AskedOne, reach: ReportReach): Promise<FinancialReport | undefined> {
    const id = Number(params.reportId)
    return (await financialReports.reports(reach)).find((report) => report.id === id)
  }
}

type ReachFinder = (request: Asked, reply: FastifyReply) => ReportReach | undefined

/** What of the organizer the client may have; undefined when that was answered with a problem. */
function reachFinder({ services }: RouteContext): ReachFinder {
  return (request, reply) => {
    const { organizerId } = request.params
    const reach = grantedReach(clientOf(request), organizerId)
    if (!reach) {
      sendForbidden(reply, PERMISSION, organizerId)
      return undefined
    }
    if (services.registry.organizer(organizerId)) return reach
    sendProblem(reply, problem('organizer-not-found', { onRead: true }))
    return undefined
  }
}

function grantedReach(client: ApiClient, organizer: string): ReportReach | undefined {
  const places = grantedPlaces({ client, permission: PERMISSION, organizers: [organizer] })
  if (typeof places === 'string') return undefined
  const isWhole = places.organizers.length > 0
  const cardSystems = isWhole ? [] : places.organizersInCardSystems.map(({ cardSystem }) => cardSystem)
  return { organizer: entityId(organizer), cardSystems: [...new Set(cardSystems)] }
}

/** A signed link needs no token; whether it is one is seen when the file is asked for. */
function withoutSignature(hook: Hook): Hook {
  return (request, reply, done) => {
    const { query } = request
    if (typeof query === 'object' && query !== null && 'signature' in query) done()
    else hook(request, reply, done)
  }
}

/** The quarters that are over, newest first. */
function suggestedPeriods(now: number): ReportPeriodBody[] {
  let quarter = reportingPeriodOf('QUARTER', brusselsDay(now))
  return Array.from({ length: SUGGESTED_QUARTERS }, () => {
    quarter = previousPeriod(quarter)
    return { startDate: formatDay(quarter.firstDay), endDate: formatDay(quarter.lastDay) }
  })
}

/** What a schema cannot say: that there are such days, in this order. */
function periodErrors({ startDate, endDate }: ReportPeriodBody): SchemaError[] {
  const [first, last] = [parseDay(startDate), parseDay(endDate)]
  const error = 'The data must be a day.'
  const errors = [
    ...(first === undefined ? [{ jsonPointer: '/startDate', error }] : []),
    ...(last === undefined ? [{ jsonPointer: '/endDate', error }] : []),
  ]
  if (first === undefined || last === undefined || first <= last) return errors
  return [{ jsonPointer: '/endDate', error: 'The data must not be before startDate.' }]
}

function bodyOf({ id, status, message, firstDay, lastDay, createdAt }: FinancialReport): ReportBody {
  return {
    status,
    id,
    period: { startDate: firstDay, endDate: lastDay },
    creationDate: formatInstant(createdAt),
    ...(status === 'FAILED' && { message }),
  }
}

function sendUnknown(reply: FastifyReply): FastifyReply {
  return sendProblem(reply, problem('report-not-found'))
}
