import { parseReportingPeriod } from '@zuil/core'
import type { Roles } from '@zuil/core/contracts/roles'
import type { FastifyInstance } from 'fastify'
import { addressOf, choiceOf } from '../../lib/address.ts'
import { pageEntry } from '../../lib/pages.ts'
import { NOTE_LETTERS_MAX, REPORT_CHAPTERS } from '../../lib/report/report-view.ts'
import { ownPlaceOf } from '../scope/scope.ts'
import type { Visitors } from '../scope/visitors.ts'
import { notesIn, type ReportDesk } from './report-desk.ts'

/** All texts at their longest; a letter is up to nine bytes in a form. */
const BODY_BYTES_MAX = 9 * NOTE_LETTERS_MAX * (REPORT_CHAPTERS.length + 1)

export interface ReportFormOptions {
  readonly reports: Pick<ReportDesk, 'keep'>
  readonly visitors: Pick<Visitors, 'principalOf'>
  /** Of the pages: a form that another site sends has another origin. */
  readonly origin: string
}

/** Whether somebody writes the foreword and comments of a place: who it is about, and publiq. */
export function mayWriteReport(place: string, roles: Roles): boolean {
  return roles.some((role) => {
    if (role.role === 'publiq') return true
    return role.role !== 'auditor' && role.role !== 'settlement' && ownPlaceOf(role) === place
  })
}

/** `POST /verslag`: what somebody wrote for a report. The address says which; it leads back to the page. */
export function reportForm({ reports, visitors, origin }: ReportFormOptions) {
  return async (scope: FastifyInstance): Promise<void> => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: BODY_BYTES_MAX },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    )
    const { path } = pageEntry('report')
    scope.post<{ Body: URLSearchParams }>(path, { bodyLimit: BODY_BYTES_MAX }, async (request, reply) => {
      reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
      if (request.headers.origin !== origin) return await reply.code(403).send('This form was sent by another site')
      const principal = await visitors.principalOf(request.headers.cookie)
      const { searchParams } = new URL(request.url, origin)
      const [place, period] = [searchParams.get('plaats') ?? '', searchParams.get('periode') ?? '']
      const choice = choiceOf(searchParams)
      if (!principal?.scope.mayRead(place) || !mayWriteReport(place, principal.roles))
        return await reply.code(403).send('This report is for others to write')
      if (!parseReportingPeriod(period)) return await reply.code(400).send('There is no such period')
      await reports.keep({ place, period, language: choice.language }, notesIn(request.body), principal.account)
      return await reply.redirect(addressOf(path, choice, { place, period }), 303)
    })
  }
}
