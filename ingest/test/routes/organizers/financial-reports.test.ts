import type { FinancialReport, ReportFileQuestion, ReportOrder, ReportReach } from '@zuil/core/contracts/financial-report'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { HubFinancialReports } from '../../../src/hub/hub-financial-reports.ts'
import { IngestService } from '../../ingest-service.ts'
import { hasRedis } from '../../redis-server.ts'
import { COUNTER, ORGANIZER, SECRET } from '../../small-registry.ts'

/** Saturday 21 November 2026, 12:00 in Brussels. */
const NOON = Date.parse('2026-11-21T12:00:00+01:00')
const TREASURER = 'treasurer-client'
/** For one card system only. */
const PARTIAL = 'partial-client'
const GONE = 'gone-organizer'
const PATH = `/organizers/${ORGANIZER}/financial-reports`
const UITPAS = 'https://api.publiq.be/probs/uitpas'

const MADE: FinancialReport = {
  id: 7,
  status: 'AVAILABLE',
  message: '',
  firstDay: '2026-07-01',
  lastDay: '2026-09-30',
  createdAt: NOON,
}

describe.skipIf(!hasRedis)('the financial reports of an organizer', () => {
  let service: IngestService
  let clock = NOON
  let asked: (ReportOrder | ReportReach | ReportFileQuestion)[]
  const hub: Pick<HubFinancialReports, 'start' | 'reports' | 'file'> = {
    async start(order) {
      asked.push(order)
      return { ...MADE, status: 'STARTED' }
    },
    async reports(reach) {
      asked.push(reach)
      return [{ ...MADE, id: 8, status: 'FAILED', message: 'Niets verkocht' }, MADE]
    },
    async file(question) {
      asked.push(question)
      if (question.id !== MADE.id) return undefined
      return { disposition: 'attachment; filename="report.zip"', bytes: Buffer.from('zip') }
    },
  }
  beforeAll(async () => {
    // Only its three methods are ever used.
    service = await IngestService.start({ services: { now: () => clock, financialReports: hub as HubFinancialReports } })
    const client = (id: string, organizer: string, detail: object) => ({
      id,
      name: id,
      secret: SECRET,
      permissions: [{ organizer: { id: organizer }, permissionDetails: [{ id: 'ORGANIZERS_REPORTS', ...detail }] }],
    })
    await service.put('clients', [
      client(TREASURER, ORGANIZER, {}),
      client(PARTIAL, ORGANIZER, { cardSystemIds: [14] }),
      client(GONE, GONE, {}),
    ])
  })
  beforeEach(() => {
    asked = []
    clock = NOON
  })
  afterAll(async () => await service?.[Symbol.asyncDispose]())

  const call = async (url: string, { client = TREASURER, body }: { client?: string; body?: object } = {}) =>
    await service.app.inject({
      method: body ? 'POST' : 'GET',
      url,
      headers: await service.bearer(client, SECRET),
      ...(body && { payload: body }),
    })

  test('suggest the eight quarters that were over, newest first', async () => {
    const periods = (await call(`${PATH}/periods`)).json()
    expect(periods).toHaveLength(8)
    expect([periods[0], periods[7]]).toEqual([
      { startDate: '2026-07-01', endDate: '2026-09-30' },
      { startDate: '2024-10-01', endDate: '2024-12-31' },
    ])
  })

  test('are started, listed and told one by one in the official shapes, within what the client may have', async () => {
    const period = { startDate: '2026-07-01', endDate: '2026-09-30' }
    const report = { id: 7, period, creationDate: '2026-11-21T11:00:00+00:00' }
    const started = await call(PATH, { body: period })
    expect([started.statusCode, started.json()]).toEqual([200, { ...report, status: 'STARTED' }])
    const available = { ...report, status: 'AVAILABLE' }
    expect((await call(PATH, { client: PARTIAL })).json()).toEqual([
      { ...report, id: 8, status: 'FAILED', message: 'Niets verkocht' },
      available,
    ])
    expect((await call(`${PATH}/7`)).json()).toEqual(available)
    const reach = { organizer: ORGANIZER, cardSystems: [] }
    expect(asked).toEqual([
      { reach, client: TREASURER, firstDay: '2026-07-01', lastDay: '2026-09-30' },
      { organizer: ORGANIZER, cardSystems: [14] },
      reach,
    ])
  })

  test.each([
    ['31 February', { startDate: '2026-02-31', endDate: '2026-03-31' }, '/startDate'],
    ['an end before its beginning', { startDate: '2026-03-02', endDate: '2026-03-01' }, '/endDate'],
    ['no end', { startDate: '2026-03-02' }, '/endDate'],
  ])('are not started for a period with %s', async (_what, body, jsonPointer) => {
    const reply = await call(PATH, { body })
    expect([reply.statusCode, reply.json().type]).toEqual([400, 'https://api.publiq.be/probs/body/invalid-data'])
    expect(JSON.stringify(reply.json().schemaErrors)).toContain(jsonPointer.slice(1))
    expect(asked).toEqual([])
  })

  test.each(['', '/periods', '/7', '/7/download-link', '/7.zip'])(
    'at %s are for who has the permission of the organizer, and of organizers that there are',
    async (end) => {
      expect((await service.app.inject({ url: `${PATH}${end}` })).statusCode).toBe(401)
      expect((await call(`${PATH}${end}`, { client: COUNTER })).statusCode).toBe(403)
      const gone = await call(`/organizers/${GONE}/financial-reports${end}`, { client: GONE })
      expect([gone.statusCode, gone.json().type]).toEqual([404, `${UITPAS}/organizer-not-found`])
      expect(asked).toEqual([])
    },
  )

  test('that are not there, or have no file, are not found', async () => {
    for (const end of ['/9', '/9/download-link', '/8/download-link', '/9.zip']) {
      const reply = await call(`${PATH}${end}`)
      expect([end, reply.statusCode, reply.json().type]).toEqual([end, 404, `${UITPAS}/report-not-found`])
    }
  })

  test('come as a zip with a token, and by a link without one, that nobody can make up and that dies after ten minutes', async () => {
    const headers = { ...(await service.bearer(PARTIAL, SECRET)), accept: 'application/x-zip-compressed' }
    const zip = await service.app.inject({ url: `${PATH}/7.zip`, headers })
    expect([zip.statusCode, zip.headers['content-type'], zip.body]).toEqual([200, 'application/x-zip-compressed', 'zip'])
    expect(zip.headers['content-disposition']).toBe('attachment; filename="report.zip"')

    const { downloadLink } = (await call(`${PATH}/7/download-link`)).json()
    const { pathname, search } = new URL(downloadLink)
    expect((await service.app.inject({ url: `${pathname}${search}` })).body).toBe('zip')
    expect(asked.slice(-1)).toEqual([{ reach: { organizer: ORGANIZER, cardSystems: [] }, id: 7, client: '' }])
    const count = asked.length
    for (const wrong of [
      `${pathname.replace('/7.zip', '/8.zip')}${search}`,
      `${pathname}${search.replace(/until=\d+/, 'until=9999999999999')}`,
      `${pathname}?signature=${'0'.repeat(32)}`,
    ]) {
      expect((await service.app.inject({ url: wrong })).statusCode).toBe(404)
    }
    clock += 10 * 60_000 + 1
    expect((await service.app.inject({ url: `${pathname}${search}` })).statusCode).toBe(404)
    expect(asked).toHaveLength(count)
  })
})
