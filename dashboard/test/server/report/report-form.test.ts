import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '@zuil/core/contracts/roles'
import Fastify from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { FileReportShelf } from '../../../src/server/report/file-report-shelf.ts'
import { mayWriteReport, reportForm } from '../../../src/server/report/report-form.ts'
import { Scope } from '../../../src/server/scope/scope.ts'
import { SettlementScope } from '../../../src/server/scope/settlement-scope.ts'

const ORIGIN = 'http://zuil.test'
const KEY = { place: 'region:14', period: '2025', language: 'fr' } as const
const ADDRESS = '/verslag?plaats=region:14&periode=2025&taal=fr'

async function shelfOf(): Promise<{ readonly shelf: FileReportShelf; readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'zuil-reports-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return { folder, shelf: new FileReportShelf({ folder: join(folder, 'reports'), clock: () => 0 }) }
}

async function formFor(...roles: readonly Role[]) {
  const { shelf, folder } = await shelfOf()
  const server = Fastify()
  onTestFinished(() => server.close())
  const principal = {
    account: 'anna',
    owner: 'person/anna',
    roles,
    scope: Scope.of(roles, () => []),
    settles: SettlementScope.of(roles),
    places: [],
    periods: [],
  }
  const visitors = { principalOf: async () => (roles.length > 0 ? principal : null) }
  await server.register(reportForm({ reports: shelf, visitors, origin: ORIGIN }))
  const send = (url: string, headers: Readonly<Record<string, string>> = { origin: ORIGIN }) => {
    const payload = 'foreword=Cher+lecteur&reach=Bien&summary=+&strange=no'
    return server.inject({
      method: 'POST',
      url,
      payload,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    })
  }
  return { send, shelf, folder }
}

test('what was written is kept for the place, period and language, and leads back to the page', async () => {
  const { send, shelf } = await formFor({ role: 'region', cardSystem: 14 })
  const answer = await send(ADDRESS)
  expect([answer.statusCode, answer.headers.location]).toEqual([303, ADDRESS])
  expect(await shelf.notes(KEY)).toEqual({ foreword: 'Cher lecteur', comments: { reach: 'Bien' } })
  expect(await shelf.notes({ ...KEY, language: 'nl' })).toEqual({ foreword: '', comments: {} })
})

test.each([
  ['another site', ADDRESS, { origin: 'http://evil.test' }, 403],
  ['nobody says where from', ADDRESS, {}, 403],
  ['another place', '/verslag?plaats=region:15&periode=2025', { origin: ORIGIN }, 403],
  ['no period', '/verslag?plaats=region:14&periode=never', { origin: ORIGIN }, 400],
])('a form is refused: %s', async (_why, address, headers: Record<string, string>, status) => {
  const { send, folder } = await formFor({ role: 'region', cardSystem: 14 })
  expect((await send(address, headers)).statusCode).toBe(status)
  expect(await readdir(folder)).toEqual([])
})

test('those who a report is about write in it, and publiq; readers do not', async () => {
  const may = (role: Role, place: string) => mayWriteReport(place, [role])
  expect([
    may({ role: 'publiq' }, 'region:14'),
    may({ role: 'organizer', organizer: 'bib' }, 'organizer:bib'),
    may({ role: 'region', cardSystem: 14 }, 'municipality:73107'),
    may({ role: 'auditor' }, 'all'),
    may({ role: 'settlement', cardSystem: 14 }, 'all'),
  ]).toEqual([true, true, false, false, false])
  expect((await (await formFor()).send(ADDRESS)).statusCode).toBe(403)
})

test('a file that is not one of forewords and comments is refused by name', async () => {
  const { shelf, folder } = await shelfOf()
  await shelf.keep(KEY, { foreword: 'Cher lecteur', comments: {} }, 'anna')
  const [name = ''] = await readdir(join(folder, 'reports'))
  await writeFile(join(folder, 'reports', name), '{"foreword":1}')
  await expect(shelf.notes(KEY)).rejects.toThrow(name)
})
