import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Role } from '@zuil/core/contracts/roles'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FORMAT_NAMES } from '../../../src/server/formats/formats.ts'
import { SettlementScope } from '../../../src/server/scope/settlement-scope.ts'
import { OutsideSettlementScopeError, SettlementReader } from '../../../src/server/settlement/settlement-reader.ts'
import { findsValue } from '../../finds-value.ts'
import { EMPTY_WAREHOUSE, NOBODY } from '../../no-figures.ts'
import { NOW, serve } from '../../published-figures.ts'
import { GENT_CENTS, MELLE_CENTS, SettledSource } from '../../settled-region.ts'
import { cookieOf } from '../../sign-in.ts'

const tokenOf = (roles: readonly Role[]) => `zuil_${Buffer.from(JSON.stringify(roles)).toString('base64url')}`
const rolesOf = (token: string): readonly Role[] => JSON.parse(Buffer.from(token.slice(5), 'base64url').toString())
const OFFICER: Role = { role: 'settlement', cardSystem: 1 }

const source = new SettledSource()
let server: FastifyInstance
let narrowedTo: readonly Role[] | undefined
/** A reader of its own for each request of a property: nobody is told to slow down. */
let owner = 'token/x'
beforeAll(async () => {
  const dataToken = async (token: string) => ({ owner, roles: rolesOf(token), ...(narrowedTo && { narrowedTo }) })
  const accessToken = async (token: string) => ({ owner: 'person/ann', account: 'ann', roles: rolesOf(`zuil_${token.slice(7)}`) })
  server = await serve(EMPTY_WAREHOUSE, { ...NOBODY, dataToken, accessToken }, { settled: source })
})
afterAll(async () => await server?.close())
beforeEach(() => {
  source.notes.length = 0
  source.orders.length = 0
  source.asked = 0
  narrowedTo = undefined
  owner = 'token/x'
})

const ask = async (path: string, roles: readonly Role[] = [OFFICER], headers: Record<string, string> = {}) =>
  await server.inject({ url: `/api/v1${path}`, headers: { authorization: `Bearer ${tokenOf(roles)}`, ...headers } })
const rowsOf = async (path: string) => (await ask(path)).json().rows

describe('the settlement officer', () => {
  test('reads what each municipality pays, receives and bears, and who pays whom, exact to the cent', async () => {
    const rows = await rowsOf('/settlements/1/2025-Q1')
    const balance = (GENT_CENTS - 1 + MELLE_CENTS - GENT_CENTS) / 100
    expect(rows).toMatchObject([
      {
        row: 'line',
        nis: 44021,
        municipality: 'Gent',
        member: true,
        tickets: 2,
        paid: GENT_CENTS / 100,
        received: MELLE_CENTS / 100,
        balance,
      },
      {
        row: 'line',
        nis: 44043,
        municipality: 'Melle',
        tickets: 1,
        paid_elsewhere: MELLE_CENTS / 100,
        received: 0.01,
        balance: -balance,
      },
      { row: 'total', tickets: 3, paid: (GENT_CENTS + MELLE_CENTS) / 100, net: 0, balance: 0 },
    ])
    expect(await rowsOf('/settlements/1/2025-Q1/transfers')).toEqual([
      { from_nis: 44043, from: 'Melle', to_nis: 44021, to: 'Gent', amount: balance },
    ])
  })

  test('reads the statement of a municipality and the expense note of an organizer; they add up to the same', async () => {
    const statement = await rowsOf('/settlements/1/2025-Q1/municipalities/44021')
    expect(statement.map((row: Record<string, unknown>) => [row.row, row.organizer, row.payer, row.local_government])).toEqual([
      ['paid', 'bib-gent', 'Gent', (GENT_CENTS - 1) / 100],
      ['paid', 'bib-melle', 'Gent', 0.01],
      ['total paid', '', '', GENT_CENTS / 100],
      ['received', 'bib-gent', 'Melle', MELLE_CENTS / 100],
      ['total received', '', '', MELLE_CENTS / 100],
    ])
    const note = await rowsOf('/settlements/1/2025-Q1/organizers/bib-gent')
    expect(note.map((row: Record<string, unknown>) => [row.row, row.payer, row.tickets, row.amount])).toEqual([
      ['line', 'Gent', 1, (GENT_CENTS - 1) / 100],
      ['line', 'Vlaamse overheid', null, 1],
      ['line', 'Melle', 1, MELLE_CENTS / 100],
      ['line', 'Vlaamse overheid', null, 1],
      ['total', '', 2, (GENT_CENTS - 1 + MELLE_CENTS + 200) / 100],
    ])
  })

  test('gets every list in every format and language, with what it is and that it is not to be published', async () => {
    for (const format of FORMAT_NAMES)
      expect((await ask(`/settlements/1/2025-Q1?format=${format}&language=fr`)).statusCode).toBe(200)
    const csv = (await ask('/settlements/1/2025-Q1/organizers/bib-melle?format=csv-excel-nl')).body.split('\r\n')
    expect(csv[1]).toBe('line;2025-Q1;SOLD;44021;Gent;1;6,01;2;3;0,01')
    const { dictionary, rows, ...facts } = (await ask('/settlements/1/2025-Q1/findings?language=en')).json()
    expect([rows, Object.keys(dictionary)]).toEqual([
      [],
      ['finding', 'subject', 'subject_name', 'tickets', 'local_government', 'detail', 'meaning'],
    ])
    expect(facts).toMatchObject({ region: 'UiTPAS Gent', state: 'Closed on 2 Apr 2025, 10:00 by officer, closing 1.' })
    expect(facts.note).toContain('not to be published')
    expect(await rowsOf('/settlements')).toMatchObject([{ card_system: 1, period: '2025-Q1', closed_by: 'officer', tickets: 3 }])
  })

  test('is told why there is no settlement, and asks for periods and parameters that exist', async () => {
    const reply = await ask('/settlements/1/2025-Q3')
    expect([reply.statusCode, reply.json().detail]).toEqual([
      409,
      expect.stringContaining('the next period begins on 2025-04-01'),
    ])
    expect((await ask('/settlements/1/maart')).statusCode).toBe(400)
    expect((await ask('/settlements/1/2025-Q1?periode=x')).statusCode).toBe(400)
    expect(source.notes).toEqual([])
  })

  test('is noted before anything is given, and nothing is kept by a cache', async () => {
    const reply = await ask('/settlements/1/2025-Q1/municipalities/44021?format=xlsx')
    expect(reply.headers['cache-control']).toBe('no-store')
    expect(source.notes).toEqual([
      { who: 'token/x', what: 'READ', cardSystem: 1, period: '2025-Q1', part: 'municipalities/44021', format: 'xlsx' },
    ])
    const failing = new SettlementReader(
      Object.assign(new SettledSource(), { note: async () => Promise.reject(new Error('full')) }),
    )
    const reading = { scope: SettlementScope.of([OFFICER]), who: 'x', part: '', format: 'json' }
    const period = { kind: 'QUARTER', key: '2025-Q1', firstDay: 0, lastDay: 1 } as const
    await expect(failing.settlement(reading, 1, period)).rejects.toThrow('full')
  })
})

describe('closing a period', () => {
  const person = (roles: readonly Role[] = [OFFICER]) => tokenOf(roles).replace('zuil_', 'person_')
  const close = async (body: unknown, { token = person(), period = '2025-Q2' } = {}) => {
    const url = `/api/v1/settlements/1/${period}/closing`
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return await server.inject({
      method: 'POST',
      url,
      payload: text,
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    })
  }
  const contentOf = async () => (await ask('/settlements/1/2025-Q2?language=en')).json().content

  test('is done by a person who says which overview they looked at, and stands in the log', async () => {
    const content = await contentOf()
    source.notes.length = 0
    const reply = await close({ content, accepted: true })
    expect([reply.statusCode, reply.json()]).toEqual([
      200,
      { cardSystem: 1, period: '2025-Q2', number: 2, closedAt: Date.parse('2026-06-15T10:00:00Z'), closedBy: 'ann' },
    ])
    expect(source.notes).toEqual([
      { who: 'person/ann', what: 'CLOSE', cardSystem: 1, period: '2025-Q2', part: 'closing', format: 'json' },
    ])
  })

  test('is refused where it changed since, where findings are not accepted, and where it was closed before', async () => {
    const content = await contentOf()
    for (const [body, period, code] of [
      [{ content: 'other', accepted: true }, '2025-Q2', 'CHANGED'],
      [{ content }, '2025-Q2', 'FINDINGS'],
      [{ content, accepted: true }, '2025-Q1', 'ALREADY_CLOSED'],
    ] as const) {
      const reply = await close(body, { period })
      expect([reply.statusCode, reply.json().detail]).toEqual([409, `Not closed: ${code}`])
    }
    expect([(await close({})).statusCode, (await close('{')).json().type]).toEqual([400, expect.stringContaining('body/')])
    expect(source.orders).toEqual([])
  })

  test('is for no token of the data API, no session and no other role, and the desk is not asked', async () => {
    const body = { content: await contentOf(), accepted: true }
    source.asked = 0
    expect((await close(body, { token: tokenOf([OFFICER]) })).statusCode).toBe(403)
    expect((await close(body, { token: person([{ role: 'publiq' }]) })).statusCode).toBe(403)
    const cookie = cookieOf('ann', [OFFICER], () => NOW)
    const session = { method: 'POST', url: '/api/v1/settlements/1/2025-Q2/closing', payload: body, headers: { cookie } } as const
    expect((await server.inject(session)).statusCode).toBe(401)
    expect((await server.inject({ url: '/api/v1/settlements/1/2025-Q2', headers: { cookie } })).statusCode).toBe(200)
    expect([source.asked, source.orders]).toEqual([1, []])
  })
})

describe('nobody else reads exact amounts', () => {
  const other: fc.Arbitrary<Role> = fc.oneof(
    fc.constantFrom<Role>({ role: 'publiq' }, { role: 'auditor' }, { role: 'region', cardSystem: 1 }),
    fc.constantFrom<Role>({ role: 'municipality', nis: 44021 }, { role: 'organizer', organizer: 'bib-gent' }),
    fc.constant<Role>({ role: 'settlement', cardSystem: 2 }),
  )
  const path = fc.constantFrom('', '/transfers', '/findings', '/municipalities/44021', '/organizers/bib-gent')

  test('with any other roles, whatever is asked for: the answer is the same whether it exists or not, and nothing was read', async () => {
    const bodies = new Set<string>()
    let readers = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(other, { minLength: 1, maxLength: 3 }),
        path,
        fc.constantFrom('1', '3'),
        fc.constantFrom('2025-Q1', '2024', 'maart'),
        async (roles, part, cardSystem, period) => {
          owner = `token/${readers++}`
          const reply = await ask(`/settlements/${cardSystem}/${period}${part}`, roles)
          expect(reply.statusCode).toBe(403)
          bodies.add(reply.body)
        },
      ),
      { numRuns: 150 },
    )
    expect(bodies.size).toBe(1)
    expect([source.asked, source.notes]).toEqual([0, []])
  })

  test('without a token, or with one that was made for less', async () => {
    expect((await server.inject({ url: '/api/v1/settlements/1/2025-Q1' })).statusCode).toBe(401)
    narrowedTo = [{ role: 'region', cardSystem: 1 }]
    expect((await ask('/settlements/1/2025-Q1', [OFFICER, { role: 'region', cardSystem: 1 }])).statusCode).toBe(403)
    narrowedTo = [{ role: 'settlement', cardSystem: 1 }]
    expect((await ask('/settlements/1/2025-Q1', [{ role: 'publiq' }])).statusCode).toBe(403)
    expect((await ask('/settlements/1/2025-Q1')).statusCode).toBe(200)
  })

  test('by any other door: not even for an officer', async () => {
    for (const door of [
      '/places',
      '/releases',
      '/cubes',
      '/figures?measure=B4&period=2025-Q1&place=all',
      '/cells?cube=tickets&period=2025-Q1&place=all',
      '/now',
    ]) {
      const { rawPayload } = await ask(door)
      for (const cents of [GENT_CENTS, MELLE_CENTS]) expect(findsValue(rawPayload, cents)).toBe(false)
    }
    expect([source.asked, source.notes]).toEqual([0, []])
  })

  test('and the reader of settlements refuses before it asks the desk', async () => {
    const reading = { scope: SettlementScope.of([{ role: 'publiq' }]), who: 'x', part: '', format: 'json' }
    const period = { kind: 'QUARTER', key: '2025-Q1', firstDay: 0, lastDay: 1 } as const
    await expect(new SettlementReader(source).settlement(reading, 1, period)).rejects.toThrow(OutsideSettlementScopeError)
    expect(source.asked).toBe(0)
  })
})

describe('there is one way to exact amounts', () => {
  const folder = join(import.meta.dirname, '../../../src')
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|svelte)$/.test(name))
    .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(folder, name), 'utf8') }))
  const naming = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name)

  test('only the authentication makes a scope of settlements, and only the routes of settlements and of their papers read with one', () => {
    expect(naming(/\bSettlementScope\.of\(/)).toEqual(['server/scope/authentication.ts'])
    expect(naming(/\{ settles\b|\.settles\b/).sort()).toEqual([
      'server/schedules/schedule-routes.ts',
      'server/schedules/schedule.ts',
      'server/settlement/closing-route.ts',
      'server/settlement/settlement-form.ts',
      'server/settlement/settlement-page.ts',
      'server/settlement/settlement-routes.ts',
    ])
    expect(naming(/new SettlementReader\(/)).toEqual(['server/mount.ts'])
  })
})
