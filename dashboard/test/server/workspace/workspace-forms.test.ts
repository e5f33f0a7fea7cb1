import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '@zuil/core/contracts/roles'
import type { RegionMember } from '@zuil/warehouse'
import Fastify from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ownForms } from '../../../src/server/notebook/own-form.ts'
import { PlaceBook } from '../../../src/server/scope/place-book.ts'
import { Scope } from '../../../src/server/scope/scope.ts'
import { SettlementScope } from '../../../src/server/scope/settlement-scope.ts'
import { NotedEvents } from '../../../src/server/workspace/noted-events.ts'
import { openWorkspace, type Workspace, workspaceHandlers } from '../../../src/server/workspace/workspace.ts'
import { PLACES } from '../../published-figures.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const ROLES: Readonly<Record<string, Role>> = {
  region: { role: 'region', cardSystem: 1 },
  neighbour: { role: 'region', cardSystem: 2 },
  gent: { role: 'municipality', nis: 44021 },
  melle: { role: 'municipality', nis: 44043 },
  publiq: { role: 'publiq' },
  auditor: { role: 'auditor' },
  organizer: { role: 'organizer', organizer: 'bib-gent' },
}
/** Gent was there from the beginning, Melle came later. */
const REGISTRY: readonly RegionMember[] = [
  { cardSystem: 1, nis: 44021, firstDay: '2020-01-01', hasJoined: false, leftDay: '' },
  { cardSystem: 1, nis: 44043, firstDay: '2024-03-01', hasJoined: true, leftDay: '' },
]
const places = new PlaceBook(
  async () => PLACES,
  () => NOW,
)

describe('forms of the workspace', () => {
  const server = { current: Fastify() }
  let folder: string
  let workspace: Workspace
  const open = () => openWorkspace({ folder, places, registry: async () => REGISTRY, clock: () => NOW })

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'zuil-workspace-'))
    workspace = await open()
    server.current = Fastify()
    const visitors = {
      principalOf: async (cookie = '') => {
        const role = ROLES[cookie]
        const scope = Scope.of(role ? [role] : [], () => [])
        return role
          ? { account: cookie, owner: cookie, roles: [role], scope, settles: SettlementScope.of([]), places: [], periods: [] }
          : null
      },
    }
    const options = { visitors, publicUrl: new URL('https://zuil.example') }
    await server.current.register((scope) => ownForms(scope, options, workspaceHandlers(workspace)))
  })
  afterEach(async () => {
    await server.current.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** What was wrong with a form, as the address says it; undefined when it was kept. */
  async function send(who: string, action: string, fields: Readonly<Record<string, string>>) {
    const reply = await server.current.inject({
      method: 'POST',
      url: `/werkruimte/${action}`,
      payload: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin', cookie: who },
    })
    const { pathname, searchParams, hash } = new URL(String(reply.headers.location), 'http://zuil.invalid')
    expect([reply.statusCode, pathname]).toEqual([303, '/werkruimte'])
    return { fault: searchParams.get('fout') ?? undefined, typed: searchParams, hash }
  }

  const SCENARIO = { regio: 'region:1', scenario: 'informal', sinds: '2025-01-01' }
  const AGREEMENT = { regio: 'region:1', afspraak: 'cost-sharing', dag: '2025-02-01', tekst: '20/40/40' }
  const MEMBER = { regio: 'region:1', lid: 'municipality:71022', toegetreden: '2027-01-01', vertrokken: '' }
  const STEPS = { regio: 'region:1', lid: 'municipality:44043', 'klaar-council': '2026-11-20', 'plan-launch': '2027-03-01' }
  const VENUE = { lid: 'municipality:44021', gebouw: 'De Vooruit', lezers: '4', piek: '55' }
  const COUNT = { lid: 'municipality:44021', dag: '2026-11-01', kaarten: '700', ontvangen: '', levertijd: '6' }

  test('what was kept is there after a restart, with who wrote it and when', async () => {
    const forms = { scenario: SCENARIO, afspraken: AGREEMENT, leden: MEMBER, stappen: STEPS, toestellen: VENUE, voorraad: COUNT }
    for (const [action, fields] of Object.entries(forms)) expect((await send('region', action, fields)).fault).toBeUndefined()
    const again = await open()
    const by = { by: 'region', at: NOW }
    expect(again.collaboration.of('region:1')).toMatchObject({
      scenario: { scenario: 'informal', since: '2025-01-01', ...by },
      agreements: [{ agreement: 'cost-sharing', day: '2025-02-01', text: '20/40/40', ...by }],
    })
    expect(again.onboarding.of('region:1', 'municipality:44043')).toMatchObject([
      { step: 'council', done: '2026-11-20', tickedBy: 'region', ...by },
      { step: 'launch', planned: '2027-03-01', done: '', tickedBy: '', ...by },
    ])
    expect(again.devices.of(['municipality:44021'])).toMatchObject([{ venue: 'De Vooruit', readers: 4, peak: 55, ...by }])
    expect(again.cards.of('municipality:44021')).toMatchObject([{ cards: 700, received: 0, deliveryWeeks: 6, ...by }])
    expect(
      (await again.members.of('region:1')).map(({ municipality, joinedOn, knownOn }) => [municipality, joinedOn, knownOn]),
    ).toEqual([
      ['municipality:44021', '', '2020-01-01'],
      ['municipality:44043', '2024-03-01', '2024-03-01'],
      ['municipality:71022', '2027-01-01', ''],
    ])
  })

  test.each([
    ['scenario', SCENARIO, ['gent', 'neighbour', 'auditor', 'organizer']],
    ['afspraken', AGREEMENT, ['gent', 'neighbour', 'auditor', 'organizer']],
    ['leden', MEMBER, ['gent', 'neighbour', 'auditor', 'organizer']],
    ['stappen', STEPS, ['gent', 'neighbour', 'auditor', 'organizer']],
    ['toestellen', VENUE, ['melle', 'neighbour', 'auditor', 'organizer']],
    ['voorraad', COUNT, ['melle', 'neighbour', 'auditor', 'organizer']],
  ])('%s: who has no business there is told so, and nothing is kept', async (action, fields, others) => {
    for (const who of others)
      expect([who, (await send(who, action, fields)).fault]).toEqual([who, expect.stringMatching(/\.place$/)])
    expect((await send('publiq', action, fields)).fault).toBeUndefined()
  })

  test('a municipality ticks its own steps; who only plans another day of a step did not tick it', async () => {
    expect((await send('melle', 'stappen', STEPS)).fault).toBeUndefined()
    expect((await send('region', 'stappen', { ...STEPS, 'plan-council': '2026-11-01' })).fault).toBeUndefined()
    expect(workspace.onboarding.of('region:1', 'municipality:44043')[0]).toMatchObject({
      planned: '2026-11-01',
      tickedBy: 'municipality',
    })
    expect((await send('region', 'stappen', { ...STEPS, lid: 'municipality:71022' })).fault).toBe('onboarding.place')
  })

  test('a municipality of two regions is helped by each with its own steps only', async () => {
    await send('region', 'leden', MEMBER)
    expect((await send('neighbour', 'stappen', { ...STEPS, lid: MEMBER.lid })).fault).toBe('onboarding.place')
    expect((await send('region', 'stappen', { ...STEPS, lid: MEMBER.lid })).fault).toBeUndefined()
  })

  test.each([
    ['scenario', { ...SCENARIO, scenario: 'huge' }, 'agreements.scenario'],
    ['scenario', { ...SCENARIO, sinds: '' }, 'agreements.day'],
    ['afspraken', { ...AGREEMENT, afspraak: 'free-beer' }, 'agreements.agreement'],
    ['afspraken', { ...AGREEMENT, dag: '2025-02-30' }, 'agreements.day'],
    ['afspraken', { ...AGREEMENT, tekst: 'a'.repeat(141) }, 'agreements.text'],
    ['leden', { ...MEMBER, lid: 'municipality:99999' }, 'members.municipality'],
    ['leden', { ...MEMBER, lid: 'organizer:bib-gent' }, 'members.municipality'],
    ['leden', { ...MEMBER, toegetreden: 'soon' }, 'members.day'],
    ['leden', { ...MEMBER, vertrokken: '2027-01-01' }, 'members.order'],
    ['stappen', { ...STEPS, 'plan-launch': '1 maart' }, 'onboarding.day'],
    ['stappen', { ...STEPS, 'klaar-council': '2026-11-22' }, 'onboarding.future'],
    ['toestellen', { ...VENUE, gebouw: ' – ' }, 'devices.text'],
    ['toestellen', { ...VENUE, lezers: '-1' }, 'devices.number'],
    ['toestellen', { ...VENUE, lezers: '501' }, 'devices.number'],
    ['toestellen', { ...VENUE, piek: 'druk' }, 'devices.number'],
    ['voorraad', { ...COUNT, dag: '2026-11-22' }, 'cards.future'],
    ['voorraad', { ...COUNT, kaarten: '1e3' }, 'cards.number'],
    ['voorraad', { ...COUNT, levertijd: '53' }, 'cards.number'],
    ['leden/verwijder', { nummer: 'nothing' }, 'members.nothing'],
  ])('%s with something wrong (%j) says %s, and what was typed comes back to its part', async (action, fields, fault) => {
    const answer = await send('region', action, { ...fields, plaats: 'region:1', gemeente: 'municipality:44043' })
    expect([answer.fault, answer.hash]).toEqual([fault, `#${fault.split('.')[0]}`])
    expect([answer.typed.get('plaats'), answer.typed.get('gemeente')]).toEqual(['region:1', 'municipality:44043'])
    if ('dag' in fields) expect(answer.typed.get('dag')).toBe(fields.dag)
  })

  test('a municipality leaves and joins again, but is not in a region twice at a time', async () => {
    const melle = { ...MEMBER, lid: 'municipality:44043' }
    const first = { ...melle, toegetreden: '2020-01-01', vertrokken: '2022-01-01' }
    expect((await send('region', 'leden', first)).fault).toBeUndefined()
    expect((await send('region', 'leden', { ...melle, toegetreden: '2021-12-31' })).fault).toBe('members.overlap')
    expect((await send('region', 'leden', { ...melle, toegetreden: '2022-01-01' })).fault).toBeUndefined()
    const of = async () =>
      (await workspace.members.of('region:1')).filter(({ municipality }) => municipality === 'municipality:44043')
    // what the registry says of it counts no more
    expect((await of()).map(({ joinedOn, leftOn }) => [joinedOn, leftOn])).toEqual([
      ['2020-01-01', '2022-01-01'],
      ['2022-01-01', ''],
    ])
    for (const { id = '' } of await of()) {
      expect((await send('neighbour', 'leden/verwijder', { nummer: id })).fault).toBe('members.place')
      expect((await send('region', 'leden/verwijder', { nummer: id })).fault).toBeUndefined()
    }
    expect((await of()).map(({ joinedOn }) => joinedOn)).toEqual(['2024-03-01'])
  })

  test('joining stands at figures of the region by name, of the municipality by its region, and once where it was noted by hand', async () => {
    const noted = { id: 'n', kind: 'joined', text: 'Feest', by: 'anna', at: 1 } as const
    const byHand = { ...noted, place: 'region:1', firstDay: '2027-01-01', lastDay: '2027-01-01' }
    const annotations = { of: (asked: readonly string[]) => (asked.includes('region:1') ? [byHand] : []) }
    await send('region', 'leden', MEMBER)
    const events = new NotedEvents({ annotations, members: workspace.members, places })
    const textsOf = async (place: string) => (await events.of(['all', place])).map(({ firstDay, text }) => `${firstDay} ${text}`)
    expect(await textsOf('region:1')).toEqual(['2024-03-01 Melle', '2027-01-01 Feest'])
    expect(await textsOf('municipality:44043')).toEqual(['2024-03-01 UiTPAS Gent'])
    expect(await textsOf('municipality:44021')).toEqual([])
  })
})
