import { ReportFileQuestion, ReportOrder, ReportsQuestion } from '@zuil/core/contracts/financial-report'
import type { FinancialReportDesk } from '@zuil/dashboard/server'
import type { FastifyInstance } from 'fastify'

export type FinancialReports = Pick<FinancialReportDesk, 'start' | 'reports' | 'file'>

/** A thousand card systems. */
const BODY_BYTES_MAX = 16 * 1024

/** Financial reports for ingest, which knows who may ask for them. */
export function financialReportApi(app: FastifyInstance, desk: FinancialReports): void {
  app.post<{ Body: ReportOrder }>(
    '/internal/financial-reports',
    { bodyLimit: BODY_BYTES_MAX, schema: { body: ReportOrder } },
    async ({ body }, reply) => (await desk.start(body)) ?? reply.code(503).send({ error: 'too many reports wait' }),
  )
  app.post<{ Body: ReportsQuestion }>(
    '/internal/financial-reports/list',
    { bodyLimit: BODY_BYTES_MAX, schema: { body: ReportsQuestion } },
    async ({ body }) => await desk.reports(body.reach),
  )
  app.post<{ Body: ReportFileQuestion }>(
    '/internal/financial-reports/file',
    { bodyLimit: BODY_BYTES_MAX, schema: { body: ReportFileQuestion } },
    async ({ body }, reply) => {
      const file = await desk.file(body)
      if (!file) return reply.code(404).send({ error: 'no such report' })
      return reply
        .header('content-disposition', `attachment; filename="${file.name}"`)
        .type('application/x-zip-compressed')
        .send(file.bytes)
    },
  )
}
