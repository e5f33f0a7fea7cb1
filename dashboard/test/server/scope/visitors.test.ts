import type { Roles } from '@zuil/core/contracts/roles'
import { expect, test } from 'vitest'
import { Authentication } from '../../../src/server/scope/authentication.ts'
import { PlaceBook } from '../../../src/server/scope/place-book.ts'
import { Visitors } from '../../../src/server/scope/visitors.ts'
import { EMPTY_WAREHOUSE } from '../../no-figures.ts'
import { CREDENTIALS, NOW, PLACES, serve } from '../../published-figures.ts'
import { cookieOf, MemoryAccessLog, sessionsAt } from '../../sign-in.ts'

const clock = () => NOW
const places = new PlaceBook(async () => PLACES, clock)
const authentication = new Authentication({ credentials: CREDENTIALS, sessions: sessionsAt(clock), places, clock })

const release = (number: number, period: string, provisional = false) => ({
  release: number,
  publishedAt: NOW - number,
  provisional,
  periodKind: 'YEAR' as const,
  period,
  threshold: 10,
  cubes: [],
  cells: 0,
  withheld: 0,
  contentRows: 0,
  contentHash: '',
})
const releases = [release(1, '2024'), release(2, '2025', true), release(3, '2025')]
const visitors = new Visitors({ authentication, places, figures: { releases: async () => releases } })
const signedIn = (roles: Roles) => cookieOf('anna', roles, clock)

test('nobody is somebody without a session', async () => {
  expect(await visitors.principalOf(undefined)).toBeNull()
  expect(await visitors.principalOf('zuil-session=nonsense')).toBeNull()
})

test('somebody with a role chooses among the places of that role, the own one first, and what was published last', async () => {
  const principal = await visitors.principalOf(signedIn([{ role: 'region', cardSystem: 1 }]))
  expect(principal?.places.map(({ place }) => place)).toEqual(['region:1', 'all', 'municipality:44021', 'municipality:44043'])
  expect(principal?.periods).toEqual([
    { period: '2025', kind: 'YEAR', provisional: false, release: 3, publishedAt: NOW - 3 },
    { period: '2024', kind: 'YEAR', provisional: false, release: 1, publishedAt: NOW - 1 },
  ])
})

test('who works for several places has them in the order of the roles', async () => {
  const principal = await visitors.principalOf(
    signedIn([
      { role: 'municipality', nis: 44_043 },
      { role: 'organizer', organizer: 'bib-gent' },
    ]),
  )
  expect(principal?.places.slice(0, 2).map(({ place }) => place)).toEqual(['municipality:44043', 'organizer:bib-gent'])
})

test('without a role in the session the registry says it, as of now', async () => {
  const cookie = sessionsAt(clock)
    .begin({ names: ['gent'] })
    .split(';')[0]
  expect((await visitors.principalOf(cookie))?.roles).toEqual([{ role: 'municipality', nis: 44_021 }])
  const gone = sessionsAt(clock)
    .begin({ names: ['nobody-any-more'] })
    .split(';')[0]
  expect(await visitors.principalOf(gone)).toBeNull()
})

test('a download is a link: the data API knows who signed in at the pages, and notes what was taken', async () => {
  const log = new MemoryAccessLog()
  await using server = await serve(EMPTY_WAREHOUSE, CREDENTIALS, { log })
  const url = '/api/v1/places?format=json'
  expect((await server.inject({ url })).statusCode).toBe(401)
  const reply = await server.inject({ url, headers: { cookie: signedIn([{ role: 'municipality', nis: 44_021 }]) } })
  expect(reply.json().rows.map(({ place }: { place: string }) => place)).toEqual(['all', 'municipality:44021'])
  expect(log.entries).toEqual([{ kind: 'export', account: 'person/anna', what: url }])
  expect((await server.inject({ url, headers: { cookie: signedIn([]) } })).statusCode).toBe(403)
})
