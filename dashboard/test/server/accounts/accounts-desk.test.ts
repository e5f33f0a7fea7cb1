import type { Role } from '@zuil/core/contracts/roles'
import Fastify from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { LANGUAGES } from '../../../src/lib/language.ts'
import { AccountsDesk } from '../../../src/server/accounts/accounts-desk.ts'
import { ownForms } from '../../../src/server/notebook/own-form.ts'
import type { Principal } from '../../../src/server/scope/principal.ts'
import { Scope } from '../../../src/server/scope/scope.ts'
import { SettlementScope } from '../../../src/server/scope/settlement-scope.ts'
import { MemoryAccounts } from '../../memory-accounts.ts'
import { MemoryAccessLog } from '../../sign-in.ts'

const PLACES = [
  { place: 'all', name: '' },
  { place: 'region:1', name: 'UiTPAS Gent' },
  { place: 'municipality:44021', name: 'Gent' },
  { place: 'organizer:bib-gent', name: 'Bibliotheek' },
  { place: 'organizer:bib-melle', name: 'Bibliotheek' },
]

function principalOf(account: string, role: Role): Principal {
  const settles = SettlementScope.of([role])
  return {
    ...{ account, owner: `person/${account}`, roles: [role], places: PLACES, periods: [] },
    ...{ settles, scope: Scope.of([role], () => []) },
  }
}

const PEOPLE: Readonly<Record<string, Principal>> = {
  anna: principalOf('anna', { role: 'publiq' }),
  auditor: principalOf('auditor', { role: 'auditor' }),
}

async function desk({ isBuiltIn = true }: { readonly isBuiltIn?: boolean } = {}) {
  const source = new MemoryAccounts([
    { id: 'anna', email: 'anna@example.be', roles: [{ role: 'publiq' }] },
    { id: 'bram', email: 'bram@example.be', roles: [] },
    // Cannot sign in at the built-in issuer.
    { id: 'gone', email: '', roles: [{ role: 'publiq' }] },
  ])
  const log = new MemoryAccessLog()
  const accounts = new AccountsDesk({ source, log, isBuiltIn })
  const server = Fastify()
  const visitors = { principalOf: async (cookie: string | undefined) => PEOPLE[cookie ?? ''] ?? null }
  await server.register((scope) => ownForms(scope, { visitors, publicUrl: new URL('https://zuil.example') }, accounts.forms))
  onTestFinished(() => server.close())
  const post = async (form: 'geef' | 'neem', fields: Record<string, string>, { who = 'anna', site = 'same-origin' } = {}) => {
    const payload = new URLSearchParams(fields).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded', cookie: who, 'sec-fetch-site': site }
    const reply = await server.inject({ method: 'POST', url: `/beheer/rollen/${form}`, payload, headers })
    return { status: reply.statusCode, location: String(reply.headers.location ?? '') }
  }
  const saidOf = async (...asked: Parameters<typeof post>) =>
    new URL((await post(...asked)).location, 'http://zuil.invalid').searchParams.get('melding')
  const rolesOf = async (id: string) => (await source.named(id))?.roles
  return { source, log, accounts, post, saidOf, rolesOf }
}

test('a role is given by address or id and by name or number of a place, once, taken again, and each change is noted', async () => {
  const { post, saidOf, rolesOf, log, accounts } = await desk()
  const give = (account: string, rol: string, plaats: string) => saidOf('geef', { account, rol, plaats })
  expect(await give(' BRAM@example.be ', 'municipality', 'gent')).toBe('given')
  expect(await give('bram', 'municipality', '44021')).toBe('given')
  expect(await give('bram', 'settlement', 'UiTPAS Gent')).toBe('given')
  expect(await give('bram', 'organizer', 'bib-melle')).toBe('given')
  expect(await rolesOf('bram')).toEqual([
    { role: 'municipality', nis: 44021 },
    { role: 'settlement', cardSystem: 1 },
    { role: 'organizer', organizer: 'bib-melle' },
  ])
  const { form, list } = await accounts.view(PEOPLE.anna ?? never(), 'nl', new URLSearchParams())
  expect(form.places).toEqual(['Gent', 'UiTPAS Gent'])
  expect(list.rows.map(({ account, role }) => `${account}: ${role}`)).toEqual([
    'anna@example.be: Publiq',
    'bram@example.be: Afrekening UiTPAS Gent',
    'bram@example.be: Gemeente Gent',
    'bram@example.be: Organisator Bibliotheek',
    'gone: Publiq',
  ])
  expect(await saidOf('neem', { nummer: 'bram municipality:44021' })).toBe('taken')
  expect(await saidOf('neem', { nummer: 'bram municipality:44021' })).toBe('taken')
  expect((await rolesOf('bram'))?.map(({ role }) => role)).toEqual(['settlement', 'organizer'])
  expect(log.entries).toEqual([
    { kind: 'role-given', account: 'person/anna', what: 'bram municipality:44021' },
    { kind: 'role-given', account: 'person/anna', what: 'bram settlement:1' },
    { kind: 'role-given', account: 'person/anna', what: 'bram organizer:bib-melle' },
    { kind: 'role-taken', account: 'person/anna', what: 'bram municipality:44021' },
  ])
  expect((await post('geef', { account: 'bram', rol: 'auditor', taal: 'fr' })).location).toBe(
    '/beheer/rollen?melding=given&taal=fr',
  )
})

test.each([
  ['account', { account: 'nobody@example.be' }],
  ['account', { account: '' }],
  ['role', { rol: 'king' }],
  ['place', { plaats: 'Nergens' }],
  ['place', { plaats: '' }],
  ['place', { rol: 'region', plaats: '44021' }],
  ['several', { rol: 'organizer', plaats: 'bibliotheek' }],
])(
  'a wrong %s (%j) changes nothing, is said in every language, and no address of a person stands in that of the page',
  async (fault, wrong) => {
    const { post, rolesOf, log, accounts } = await desk()
    const { status, location } = await post('geef', { account: 'bram@example.be', rol: 'municipality', plaats: 'Gent', ...wrong })
    const typed = new URL(location, 'http://zuil.invalid').searchParams
    expect([status, typed.get('melding'), location.includes('example.be')]).toEqual([303, fault, false])
    const views = await Promise.all(LANGUAGES.map((language) => accounts.view(PEOPLE.anna ?? never(), language, typed)))
    expect(new Set(views.map((view) => view.fault)).size).toBe(LANGUAGES.length)
    expect(views.every((view) => view.fault !== '' && view.done === '' && view.elsewhere === '')).toBe(true)
    expect([await rolesOf('bram'), log.entries]).toEqual([[], []])
  },
)

test('the last administrator who can sign in stays one, also when two take the role of each other at once', async () => {
  const { accounts, saidOf, rolesOf } = await desk()
  expect(await saidOf('neem', { nummer: 'anna publiq' })).toBe('last')
  expect(await saidOf('neem', { nummer: 'gone publiq' })).toBe('taken')
  await saidOf('geef', { account: 'bram', rol: 'publiq' })
  const take = accounts.forms['/beheer/rollen/neem'] ?? never
  const both = ['anna publiq', 'bram publiq'].map((nummer) => take(new URLSearchParams({ nummer }), PEOPLE.anna ?? never()))
  expect(await Promise.all(both)).toEqual(['/beheer/rollen?melding=taken', '/beheer/rollen?melding=last'])
  expect([await rolesOf('anna'), await rolesOf('bram')]).toEqual([[], [{ role: 'publiq' }]])
})

test('an issuer of the operator knows accounts without an address, and the page says whose roles count', async () => {
  const { saidOf, accounts } = await desk({ isBuiltIn: false })
  expect(await saidOf('neem', { nummer: 'anna publiq' })).toBe('taken')
  expect(await saidOf('neem', { nummer: 'gone publiq' })).toBe('last')
  const { elsewhere } = await accounts.view(PEOPLE.anna ?? never(), 'nl', new URLSearchParams())
  expect(elsewhere).toContain('dan komen de rollen van daar')
})

test('nobody but publiq changes a role, and nothing from another site', async () => {
  const { post, rolesOf, source } = await desk()
  const gift = { account: 'bram', rol: 'publiq' }
  expect(await post('geef', gift, { who: 'auditor' })).toEqual({ status: 303, location: '/beheer/rollen' })
  expect(await post('geef', gift, { who: 'nobody' })).toEqual({ status: 303, location: '/aanmelden' })
  expect((await post('geef', gift, { site: 'cross-site' })).status).toBe(403)
  expect((await post('neem', { nummer: 'gone publiq' }, { who: 'auditor' })).location).toBe('/beheer/rollen')
  expect([await rolesOf('bram'), await rolesOf('gone')]).toEqual([[], [{ role: 'publiq' }]])
  source.isAway = true
  expect((await post('geef', gift)).location).toContain('melding=unavailable')
})

function never(): never {
  throw new Error('There is no such person')
}
