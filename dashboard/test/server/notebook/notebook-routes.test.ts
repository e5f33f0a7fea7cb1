import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '@zuil/core/contracts/roles'
import Fastify from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { notebookRoutes, openNotebook } from '../../../src/server/notebook/notebook.ts'
import { slugOf } from '../../../src/server/notebook/saved-views.ts'
import { PlaceBook } from '../../../src/server/scope/place-book.ts'
import type { Principal } from '../../../src/server/scope/principal.ts'
import { Scope } from '../../../src/server/scope/scope.ts'
import { SettlementScope } from '../../../src/server/scope/settlement-scope.ts'
import { PLACES } from '../../published-figures.ts'
import { SIGN_IN } from '../../sign-in.ts'

const DAY_MS = 86_400_000
const MEMBERS = (cardSystem: number) => PLACES.regions.find((each) => each.cardSystem === cardSystem)?.municipalities ?? []
const OWN = { 'sec-fetch-site': 'same-origin' }

function principalOf(account: string, role: Role): Principal {
  const scope = Scope.of([role], MEMBERS)
  const all = PLACES.municipalities.map(({ nis, name }) => ({ place: `municipality:${nis}`, name }))
  const period = { period: '2025', kind: 'YEAR', provisional: false, release: 7, publishedAt: 0 } as const
  const places = [{ place: 'region:1', name: 'Gent' }, ...all].filter(({ place }) => scope.mayRead(place))
  return {
    account,
    owner: account,
    roles: [role],
    scope,
    settles: SettlementScope.of([role]),
    places,
    periods: [period, { ...period, period: '2024', release: 9 }],
  }
}

const PEOPLE: Readonly<Record<string, Principal>> = {
  gent: principalOf('gent', { role: 'municipality', nis: 44021 }),
  region: principalOf('region', { role: 'region', cardSystem: 1 }),
  auditor: principalOf('auditor', { role: 'auditor' }),
  organizer: principalOf('organizer', { role: 'organizer', organizer: 'bib-gent' }),
}

async function notebook() {
  const folder = await mkdtemp(join(tmpdir(), 'zuil-notebook-'))
  const time = { now: Date.parse('2026-11-21T12:00:00Z') }
  const places = new PlaceBook(
    async () => PLACES,
    () => time.now,
  )
  const open = () => openNotebook({ folder, key: SIGN_IN.key, places, clock: () => time.now })
  const kept = await open()
  const server = Fastify()
  const visitors = { principalOf: async (cookie: string | undefined) => PEOPLE[cookie ?? ''] ?? null }
  await server.register(notebookRoutes(kept, { visitors, publicUrl: new URL('https://zuil.example') }))
  onTestFinished(async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })
  const post = async (url: string, cookie: string, fields: Record<string, string>, headers: Record<string, string> = OWN) => {
    const payload = new URLSearchParams(fields).toString()
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const reply = await server.inject({ method: 'POST', url, payload, headers: { ...type, cookie, ...headers } })
    return { status: reply.statusCode, location: String(reply.headers.location ?? '') }
  }
  return { ...kept, folder, time, open, post }
}

const CAMPAIGN = { plaats: 'municipality:44021', soort: 'campaign', van: '2025-03-01', tot: '2025-03-31', tekst: 'Affiches' }

test('an annotation is kept over a restart, by whom and when, and removed by who may write about the place', async () => {
  const { post, open, time } = await notebook()
  expect(await post('/aantekeningen/bewaar', 'gent', { ...CAMPAIGN, taal: 'fr' })).toEqual({
    status: 303,
    location: '/aantekeningen?taal=fr',
  })
  const [first] = (await open()).annotations.of(['municipality:44021'])
  expect(first).toMatchObject({
    kind: 'campaign',
    firstDay: '2025-03-01',
    lastDay: '2025-03-31',
    text: 'Affiches',
    by: 'gent',
    at: time.now,
  })
  expect((await post('/aantekeningen/verwijder', 'organizer', { nummer: first?.id ?? '' })).location).toContain('fout=place')
  await post('/aantekeningen/verwijder', 'region', { nummer: first?.id ?? '' })
  expect((await open()).annotations.of(['municipality:44021'])).toEqual([])
})

test.each([
  ['place', 'gent', { plaats: 'municipality:44043' }],
  ['place', 'gent', { plaats: 'all' }],
  ['place', 'auditor', {}],
  ['kind', 'gent', { soort: 'rumour' }],
  ['day', 'gent', { van: '2025-02-30' }],
  ['day', 'gent', { van: '' }],
  ['day', 'gent', { van: '01/03/2025' }],
  ['order', 'gent', { van: '2025-04-01' }],
  ['text', 'gent', { tekst: 'a'.repeat(141) }],
  ['text', 'gent', { tekst: 'one\nline' }],
  ['text', 'gent', { soort: 'other', tekst: ' ' }],
])('an annotation with a wrong %s is refused to %s (%j), and what was typed comes back', async (fault, who, wrong) => {
  const { post, annotations } = await notebook()
  const { status, location } = await post('/aantekeningen/bewaar', who, { ...CAMPAIGN, ...wrong })
  const typed = new URL(location, 'http://zuil.invalid').searchParams
  expect([status, typed.get('fout'), typed.get('soort')]).toEqual([303, fault, { ...CAMPAIGN, ...wrong }.soort])
  expect(annotations.of(['municipality:44021', 'municipality:44043', 'all'])).toEqual([])
})

test.each([
  ['says it is cross-site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['says it is of a neighbour', { 'sec-fetch-site': 'same-site' }, 403],
  ['has another origin', { origin: 'https://elsewhere.example' }, 403],
  ['has an origin without a name', { origin: 'null' }, 403],
  ['says nothing of where it comes from', {}, 403],
  ['has our origin', { origin: 'https://zuil.example' }, 303],
])('a form that %s is answered as it should', async (_what, headers, status) => {
  const { post, annotations } = await notebook()
  expect((await post('/aantekeningen/bewaar', 'gent', CAMPAIGN, headers)).status).toBe(status)
  expect(annotations.of(['municipality:44021'])).toHaveLength(status === 303 ? 1 : 0)
})

test('who is not signed in is sent to sign in, and nothing is kept', async () => {
  const { post, annotations } = await notebook()
  expect(await post('/aantekeningen/bewaar', 'nobody', CAMPAIGN)).toEqual({ status: 303, location: '/aanmelden' })
  expect(annotations.of(['municipality:44021'])).toEqual([])
})

test('a region agrees on a number for a year; the last word counts, and nobody else has one', async () => {
  const { post, targets, open } = await notebook()
  const agree = async (who: string, fields: Record<string, string>) => {
    const whole = { regio: 'region:1', cijfer: 'agreement-reach', waarde: '25,5', jaar: '2030', ...fields }
    return new URL((await post('/afspraken/bewaar', who, whole)).location, 'http://zuil.invalid').searchParams.get('afspraakfout')
  }
  expect(await agree('region', {})).toBeNull()
  expect(await agree('region', { waarde: '30' })).toBeNull()
  expect((await open()).targets.of(['region:1'])).toMatchObject([
    { number: 'agreement-reach', value: 30, year: 2030, by: 'region' },
  ])
  expect(await agree('gent', {})).toBe('region')
  expect(await agree('region', { regio: 'region:2' })).toBe('region')
  expect(await agree('region', { regio: 'municipality:44021' })).toBe('region')
  expect(await agree('region', { cijfer: 'reach' })).toBe('number')
  for (const waarde of ['', 'veel', '-5', '1e3', '99999', '12,34']) expect(await agree('region', { waarde })).toBe('value')
  for (const jaar of ['', '1999', '2030.5', '3000']) expect(await agree('region', { jaar })).toBe('year')
  await post('/afspraken/verwijder', 'gent', { nummer: 'region:1 agreement-reach' })
  expect(targets.of(['region:1'])).toHaveLength(1)
  await post('/afspraken/verwijder', 'region', { nummer: 'region:1 agreement-reach' })
  expect(targets.of(['region:1'])).toEqual([])
})

test('a view has a name in its address, its owner alone changes it, and it never leads away from here', async () => {
  const { post, views, open } = await notebook()
  expect(slugOf('  Wekelijks óverleg (Genk) ')).toBe('wekelijks-overleg-genk')
  const address = '/bereik?plaats=municipality:44021&periode=2025'
  await post('/weergaven/bewaar', 'gent', { naam: 'Wekelijks overleg', adres: address })
  expect((await open()).views.addressOf('wekelijks-overleg')).toBe(address)
  const save = async (who: string, naam: string, adres: string) =>
    (await post('/weergaven/bewaar', who, { naam, adres })).location
  expect(await save('region', 'Wekelijks overleg', '/waar')).toContain('fout=taken')
  expect(await save('gent', '!!', address)).toContain('fout=name')
  expect(await save('gent', 'x'.repeat(61), address)).toContain('fout=name')
  for (const elsewhere of [
    'https://elsewhere.example/bereik',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/api/v1/figures',
    '/nergens',
  ])
    expect(await save('gent', 'Weg', elsewhere)).toContain('fout=address')
  await post('/weergaven/verwijder', 'region', { nummer: 'wekelijks-overleg' })
  expect(views.of('gent')).toHaveLength(1)
  await post('/weergaven/verwijder', 'gent', { nummer: 'wekelijks-overleg' })
  expect(views.addressOf('wekelijks-overleg')).toBeUndefined()
})

test('a locked link says what its maker saw, until it is over or withdrawn', async () => {
  const { post, links, open, time } = await notebook()
  const lock = async (who: string, adres: string, maanden = '1') =>
    (await post('/weergaven/vergrendel', who, { adres, maanden })).location
  // a place that its maker does not read is not locked: their own is
  expect(await lock('gent', '/bereik?plaats=municipality:44043')).toBe('/weergaven')
  const [link] = links.of('gent')
  const token = link?.path.slice('/dossier/'.length) ?? ''
  expect((await open()).links.read(token)).toMatchObject({
    page: 'reach',
    place: 'municipality:44021',
    period: '2025',
    release: 9,
  })
  expect(await lock('gent', '/regio')).toContain('fout=address')
  expect(await lock('gent', '/nu')).toContain('fout=address')
  expect(await lock('gent', '/bereik', '999')).toContain('fout=months')
  time.now += 31 * DAY_MS
  expect(links.read(token)).toBeUndefined()
  time.now -= 31 * DAY_MS
  await post('/weergaven/trek-in', 'region', { nummer: link?.id ?? '' })
  expect(links.read(token)).toBeDefined()
  await post('/weergaven/trek-in', 'gent', { nummer: link?.id ?? '' })
  expect(links.read(token)).toBeUndefined()
})

test('a locked link cannot be made to say more: not by its token, not by the line in the file', async () => {
  const { post, links, folder, open } = await notebook()
  await post('/weergaven/vergrendel', 'gent', { adres: '/bereik', maanden: '12' })
  const token = links.of('gent')[0]?.path.slice('/dossier/'.length) ?? ''
  const [id = '', signature = ''] = token.split('.')
  const forged = [
    `${id}.`,
    `.${signature}`,
    id,
    `${id}.${signature}x`,
    `${id}.${signature.slice(0, -2)}AA`,
    `${'A'.repeat(16)}.${signature}`,
    '',
  ]
  expect(forged.filter((each) => links.read(each) !== undefined)).toEqual([])
  const file = join(folder, 'locked-links.ndjson')
  const lines = await readFile(file, 'utf8')
  for (const [from, to] of [
    ['municipality:44021', 'municipality:44043'],
    ['"reach"', '"costs"'],
    ['"release":9', '"release":99'],
    ['"2025"', '"2024"'],
  ] as const) {
    expect(lines).toContain(from)
    await writeFile(file, lines.replace(from, to))
    expect((await open()).links.read(token)).toBeUndefined()
  }
})
