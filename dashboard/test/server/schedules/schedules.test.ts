import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '@zuil/core/contracts/roles'
import Fastify, { type FastifyInstance } from 'fastify'
import { unzipSync } from 'fflate'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownForms } from '../../../src/server/notebook/own-form.ts'
import { makerMessage } from '../../../src/server/schedules/maker-message.ts'
import type { PaperMaker } from '../../../src/server/schedules/paper-maker.ts'
import { ScheduleBook } from '../../../src/server/schedules/schedule-book.ts'
import { ScheduleDesk, type TellMaker } from '../../../src/server/schedules/schedule-desk.ts'
import { scheduleForms } from '../../../src/server/schedules/schedule-forms.ts'
import { schedulesPage } from '../../../src/server/schedules/schedules-page.ts'
import { placeWithin } from '../../../src/server/schedules/schedules-words.ts'
import { settlementMaker } from '../../../src/server/schedules/settlement-maker.ts'
import { Authentication, type Credentials } from '../../../src/server/scope/authentication.ts'
import { PlaceBook } from '../../../src/server/scope/place-book.ts'
import type { Principal } from '../../../src/server/scope/principal.ts'
import { Scope } from '../../../src/server/scope/scope.ts'
import { SettlementScope } from '../../../src/server/scope/settlement-scope.ts'
import { SettlementReader } from '../../../src/server/settlement/settlement-reader.ts'
import { MemoryAccounts } from '../../memory-accounts.ts'
import { EMPTY_WAREHOUSE } from '../../no-figures.ts'
import { CREDENTIALS, NOW, PLACES, serve, TOKENS } from '../../published-figures.ts'
import { SettledSource } from '../../settled-region.ts'
import { sessionsAt } from '../../sign-in.ts'

const PUBLIC_URL = new URL('https://zuil.example')
const NOBODY_READS = { ...CREDENTIALS, account: async () => undefined }
const OTHERS_ARE_READ: Credentials = {
  ...CREDENTIALS,
  account: async ([id = '']) => ({ id, roles: [{ role: 'municipality', nis: 71022 }] }),
}
const FORM = { waarvan: 'report region:1', elke: 'QUARTER', vorm: 'pdf', stuktaal: 'nl' }
const clock = () => NOW
const places = new PlaceBook(async () => PLACES, clock)
const accounts = new MemoryAccounts(
  Object.entries(TOKENS).map(([token, roles]) => {
    const id = token.replace('zuil_', '')
    return { id, email: id === 'gent' ? '' : `${id}@example.be`, roles }
  }),
)

async function principalOf(account: string): Promise<Principal | null> {
  const roles: readonly Role[] | undefined = TOKENS[`zuil_${account}`]
  if (!roles) return null
  const scope = Scope.of(roles, await places.regions())
  const settles = SettlementScope.of(roles)
  return { account, owner: account, roles, scope, settles, places: await places.placesIn(scope), periods: [] }
}

let folder: string
let server: FastifyInstance | undefined
let settled: SettledSource
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuil-schedules-'))
  settled = new SettledSource()
})
afterEach(async () => {
  await server?.close()
  server = undefined
  await rm(folder, { recursive: true, force: true })
})

const authentication = (credentials = CREDENTIALS) =>
  new Authentication({ credentials, sessions: sessionsAt(clock), places, clock })

const made: PaperMaker['make'] = async () => ({ fileName: 'verslag.pdf', bytes: Buffer.from('report') })

async function deskWith(tellMaker?: TellMaker, make = made): Promise<ScheduleDesk> {
  const quarter = { kind: 'QUARTER', key: '2026-Q1', firstDay: 20_454, lastDay: 20_543 } as const
  const press = { pressAll: () => expect.fail('Nothing is set here') }
  const desk = new ScheduleDesk({
    book: await ScheduleBook.open(folder),
    folder: join(folder, 'papers'),
    makers: {
      report: {
        closed: async () => [{ period: quarter, release: 4 }],
        make,
      },
      settlement: settlementMaker({ settlements: new SettlementReader(settled), press, authentication: authentication() }),
    },
    wake: async () => undefined,
    clock,
    onFailure: () => undefined,
    ...(tellMaker && { tellMaker }),
  })
  await desk.bringUp()
  return desk
}

/** The forms of the page, sent by somebody; each gives what was wrong. */
async function formsOf(desk: ScheduleDesk) {
  const forms = Fastify()
  const visitors = { principalOf: async (cookie: string | undefined) => await principalOf(cookie ?? '') }
  await ownForms(forms, { visitors, publicUrl: PUBLIC_URL }, scheduleForms({ schedules: desk, accounts, places, clock }))
  return async (cookie: string, fields: Record<string, string>, path = 'bewaar') => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', cookie }
    const payload = new URLSearchParams(fields).toString()
    const { headers: answered } = await forms.inject({ method: 'POST', url: `/gepland/${path}`, headers, payload })
    return new URL(String(answered.location), PUBLIC_URL).searchParams.get('fout')
  }
}

test.each([
  ['region', {}, null],
  ['region', { waarvan: 'report municipality:44021' }, null],
  ['region', { waarvan: 'report region:2' }, 'subject'],
  ['region', { waarvan: 'settlement region:1' }, 'subject'],
  ['settlement', { waarvan: 'settlement region:1' }, null],
  ['settlement', { waarvan: 'settlement region:2' }, 'subject'],
  ['settlement', {}, 'subject'],
  ['gent', {}, 'subject'],
  ['bib', { waarvan: 'report organizer:bib-gent' }, null],
  ['region', { elke: 'DAY' }, 'every'],
  ['region', { vorm: 'docx' }, 'format'],
  ['region', { stuktaal: 'de' }, 'format'],
  ['region', { bericht: 'ja' }, 'mail'],
])('%s schedules %j: %s', async (who, fields, fault) => {
  const desk = await deskWith()
  const send = await formsOf(desk)
  expect(await send(who, { ...FORM, ...fields })).toBe(fault)
  expect(desk.schedules).toHaveLength(fault === null ? 1 : 0)
})

test('who writes about a place takes its schedules away, and who only reads it does not', async () => {
  const desk = await deskWith()
  const send = await formsOf(desk)
  await send('region', FORM)
  const nummer = desk.schedules[0]?.id ?? ''
  const tries = [await send('auditor', { nummer }, 'verwijder'), await send('gent', { nummer }, 'verwijder')]
  expect([tries, desk.schedules.length]).toEqual([['paper', 'paper'], 1])
  expect(await send('publiq', { nummer }, 'verwijder')).toBeNull()
  expect(desk.schedules).toEqual([])
})

test('a paper that failed is made again for who reads its place, and for nobody else', async () => {
  let tries = 0
  const desk = await deskWith(undefined, async () => {
    tries += 1
    throw new Error('Not now')
  })
  const send = await formsOf(desk)
  await send('region', FORM)
  await desk.makeDue()
  const nummer = `${desk.schedules[0]?.id}.2026-Q1`
  expect(await send('gent', { nummer }, 'opnieuw')).toBe('paper')
  await desk.makeDue()
  expect([tries, await send('auditor', { nummer }, 'opnieuw')]).toEqual([1, null])
  await desk.makeDue()
  expect(tries).toBe(2)
})

test('the page shows what its reader reads, where files are, what is waited for, and who asked for a message in vain', async () => {
  const desk = await deskWith(async () => 'NO_ADDRESS')
  const send = await formsOf(desk)
  await send('region', { ...FORM, bericht: 'ja' })
  await send('region', { ...FORM, elke: 'YEAR' })
  await desk.makeDue()
  const viewOf = async (who: string) => {
    const principal = (await principalOf(who)) ?? expect.fail('Nobody')
    const asked = { principal, language: 'nl', typed: new URLSearchParams() } as const
    return (await schedulesPage(asked, { schedules: desk, places })).list.rows
  }
  const [quarter, year] = await viewOf('region')
  expect(quarter).toMatchObject({ label: 'Verslag van UiTPAS Gent', isFixed: false })
  expect(quarter?.papers).toMatchObject([{ period: '1e kwartaal 2026', href: expect.stringContaining('.2026-Q1') }])
  expect(quarter?.waits).toBe('Wacht op de publicatie van 2e kwartaal 2026.')
  expect(year).toMatchObject({ papers: [], waits: 'Wacht op de publicatie van 2025.' })
  expect(quarter?.papers[0]?.state).toContain('uw account heeft geen e-mailadres meer')
  const others = await viewOf('auditor')
  expect(others).toMatchObject([{ isFixed: true }, { isFixed: true }])
  expect(others[0]?.papers[0]?.state).not.toContain('account')
  expect([await viewOf('gent'), await viewOf('settlement')]).toEqual([[], []])
})

test('a paper is given to who reads its place, and to others as one that does not exist', async () => {
  const desk = await deskWith()
  await (await formsOf(desk))('region', FORM)
  await desk.makeDue()
  server = await serve(EMPTY_WAREHOUSE, CREDENTIALS, { schedules: desk })
  const ask = async (token: string, path: string) => {
    const answer = await server?.inject({ url: `/api/v1${path}`, headers: { authorization: `Bearer zuil_${token}` } })
    return answer ?? expect.fail('There is no server')
  }
  const id = `${desk.schedules[0]?.id}.2026-Q1`
  const file = await ask('region', `/scheduled-papers/${id}`)
  expect([file.statusCode, file.headers['content-type'], file.body]).toEqual([200, 'application/pdf', 'report'])
  expect((await ask('gent', `/scheduled-papers/${id}`)).json()).toEqual((await ask('gent', '/scheduled-papers/none')).json())
  const rows = async (token: string, path: string) => (await ask(token, path)).json().rows
  expect(await rows('region', '/scheduled-papers')).toMatchObject([{ paper: id, state: 'MADE', release: 4 }])
  expect(await rows('region', '/schedules')).toMatchObject([{ place: 'region:1', every: 'QUARTER', next: '2026-Q2' }])
  expect([await rows('gent', '/scheduled-papers'), await rows('gent', '/schedules')]).toEqual([[], []])
})

test('settlement papers are made when their period is closed, and whoever made or read them is noted', async () => {
  const desk = await deskWith()
  const draft = { paper: 'settlement', place: 'region:1', every: 'QUARTER', format: 'xlsx', language: 'nl', mail: false } as const
  const schedule = (await desk.keep({ ...draft, from: '2025-01-01' }, 'settlement')) ?? expect.fail('It was not kept')
  await desk.makeDue()
  server = await serve(EMPTY_WAREHOUSE, CREDENTIALS, { schedules: desk, settled })
  const url = `/api/v1/scheduled-papers/${schedule.id}.2025-Q1`
  const ask = (token: string) => server?.inject({ url, headers: { authorization: `Bearer zuil_${token}` } })
  expect((await ask('region'))?.statusCode).toBe(404)
  const file = await ask('settlement')
  expect(Object.keys(unzipSync(file?.rawPayload ?? Buffer.alloc(0)))).toEqual([
    'afrekening-uitpas-gent-2025-Q1.xlsx',
    'betalingen-uitpas-gent-2025-Q1.xlsx',
    'bevindingen-uitpas-gent-2025-Q1.xlsx',
    'municipalities/gemeente-uitpas-gent-2025-Q1-44021-gent.xlsx',
    'municipalities/gemeente-uitpas-gent-2025-Q1-44043-melle.xlsx',
    'organizers/onkostennota-uitpas-gent-2025-Q1-bibliotheek-gent-bib-gent.xlsx',
    'organizers/onkostennota-uitpas-gent-2025-Q1-bibliotheek-melle-bib-melle.xlsx',
  ])
  expect(settled.notes.map(({ who, what }) => [who, what])).toEqual([
    [`schedule/${schedule.id}`, 'READ'],
    ['zuil_settlement', 'READ'],
  ])
})

test('the message has a link and no figure, goes to nobody who reads the place no longer, and waits for a registry that is lost', async () => {
  await using post = await mailServer()
  const options = { accounts, places, publicUrl: PUBLIC_URL, mail: { url: post.url, from: 'zuil@example.be' } }
  const desk = await deskWith(makerMessage({ ...options, authentication: authentication() }))
  const send = await formsOf(desk)
  expect(await send('region', { ...FORM, bericht: 'ja' })).toBeNull()
  expect(await send('gent', { ...FORM, waarvan: 'report municipality:44021', bericht: 'ja' })).toBe('mail')
  await desk.makeDue()
  expect(post.taken).toHaveLength(1)
  expect(post.taken[0]).toContain('To: region@example.be')
  expect(post.taken[0]).toContain('https://zuil.example/gepland')
  const [schedule] = desk.schedules
  const [paper] = desk.papersOf(schedule?.id ?? '')
  if (!schedule || !paper) expect.fail('There is a paper')
  const gone = makerMessage({ ...options, authentication: authentication(OTHERS_ARE_READ) })
  expect(await gone(schedule, paper)).toBe('MAY_NOT_READ')
  const unknown = makerMessage({
    ...options,
    accounts: { named: async (id) => ({ id, email: '', roles: [] }) },
    authentication: authentication(),
  })
  expect(await unknown(schedule, paper)).toBe('NO_ADDRESS')
  const lost = makerMessage({ ...options, authentication: authentication(NOBODY_READS) })
  await expect(lost(schedule, paper)).rejects.toThrow('does not know who made schedule')
  expect(post.taken).toHaveLength(1)
})

/** As much of a mail server as takes a message. */
async function mailServer() {
  const taken: string[] = []
  const listening = createServer((socket) => {
    let text = ''
    let isLetter = false
    socket.on('error', () => undefined)
    socket.write('220 mail\r\n')
    socket.on('data', (bytes) => {
      text += bytes.toString()
      if (isLetter && text.endsWith('\r\n.\r\n')) {
        taken.push(text)
        isLetter = false
        text = ''
        socket.write('250 ok\r\n')
      } else if (!isLetter && text.endsWith('\r\n')) {
        isLetter = text.startsWith('DATA')
        socket.write(isLetter ? '354 go on\r\n' : text.startsWith('QUIT') ? '221 bye\r\n' : '250 ok\r\n')
        text = ''
      }
    })
  })
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const address = listening.address()
  const port = typeof address === 'object' ? address?.port : 0
  return {
    taken,
    url: `smtp://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => listening.close(() => resolve())),
  }
}

test('all places together stand within a sentence as a place does', () => {
  const nameOf = placeWithin('nl', (place) => `gemeente ${place}`)
  expect(['all', '44021'].map(nameOf)).toEqual(['alle gemeenten samen', 'gemeente 44021'])
})
