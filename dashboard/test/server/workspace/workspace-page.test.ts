import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseDay } from '@zuil/core'
import type { Role } from '@zuil/core/contracts/roles'
import type { InstalledKiosk, RegionMember } from '@zuil/warehouse'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LANGUAGES, type Language } from '../../../src/lib/language.ts'
import { DrawingBoard } from '../../../src/server/charts/drawing-board.ts'
import { PictureShelf } from '../../../src/server/figures/drawings/picture-shelf.ts'
import { FigureReader } from '../../../src/server/scope/figure-reader.ts'
import { PlaceBook } from '../../../src/server/scope/place-book.ts'
import type { Principal } from '../../../src/server/scope/principal.ts'
import { Scope } from '../../../src/server/scope/scope.ts'
import { SettlementScope } from '../../../src/server/scope/settlement-scope.ts'
import { openWorkspace, type Workspace, workspaceHandlers } from '../../../src/server/workspace/workspace.ts'
import { WorkspaceDesk } from '../../../src/server/workspace/workspace-desk.ts'
import { workspaceTable } from '../../../src/server/workspace/workspace-tables.ts'
import { EMPTY_WAREHOUSE, NOTHING_KEPT } from '../../no-figures.ts'
import { PLACES, serve } from '../../published-figures.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const REGION: Role = { role: 'region', cardSystem: 1 }
const MELLE: Role = { role: 'municipality', nis: 44043 }
const REGISTRY: readonly RegionMember[] = [
  { cardSystem: 1, nis: 44021, firstDay: '2020-01-01', hasJoined: false, leftDay: '' },
  { cardSystem: 1, nis: 44043, firstDay: '2024-03-01', hasJoined: true, leftDay: '' },
]
const kiosk = (id: string, venue: string, lastAt: number): InstalledKiosk => ({
  kiosk: id,
  name: id,
  cardSystem: 1,
  venue,
  nis: venue === '' ? 0 : 44021,
  lastAt,
})
const KIOSKS = [
  kiosk('1', 'De Vooruit', NOW - 3_600_000),
  kiosk('2', 'De Vooruit', 0),
  kiosk('3', 'Bibliotheek', NOW - 5 * 86_400_000),
  kiosk('4', '', 0),
  { ...kiosk('5', 'Elders', NOW), cardSystem: 2, nis: 71022 },
]
const clock = () => NOW
const places = new PlaceBook(async () => PLACES, clock)
const board = new DrawingBoard()
let folder: string
let workspace: Workspace
let desk: WorkspaceDesk

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuil-workspace-'))
  workspace = await openWorkspace({ folder, places, registry: async () => REGISTRY, clock })
  const shown = { places, pictures: new PictureShelf(board), titles: { titlesOf: async () => new Map() } }
  const sources = { ...NOTHING_KEPT, ...shown, figures: new FigureReader(EMPTY_WAREHOUSE, clock) }
  desk = new WorkspaceDesk({ workspace, sources, kiosks: async () => KIOSKS, clock })
  await keep('leden', { regio: 'region:1', lid: 'municipality:44043', toegetreden: '2027-01-01' })
  await keep('stappen', { regio: 'region:1', lid: 'municipality:44043', 'klaar-council': '2026-03-01' })
  await keep('scenario', { regio: 'region:1', scenario: 'minimal', sinds: '2025-01-01' })
  await keep('toestellen', { lid: 'municipality:44021', gebouw: 'de vooruit', lezers: '1', piek: '40' })
})
afterAll(async () => {
  board.close()
  await rm(folder, { recursive: true, force: true })
})

async function keep(action: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const principal: Principal = {
    ...principalOf(REGION),
    account: 'anna',
    owner: 'anna',
    settles: SettlementScope.of([]),
    places: [],
    periods: [],
  }
  const handle = workspaceHandlers(workspace)[`/werkruimte/${action}`]
  expect(await handle?.(new URLSearchParams(fields), principal)).not.toContain('fout=')
}

function principalOf(role: Role): Pick<Principal, 'roles' | 'scope'> {
  return { roles: [role], scope: Scope.of([role], () => [44021, 44043]) }
}

async function pageOf(
  role: Role,
  place: string,
  { language = 'nl', search = '' }: { language?: Language; search?: string } = {},
) {
  const state = { language, place, period: '', compareWith: 'none' } as const
  const view = await desk.view({ state, principal: principalOf(role), typed: new URLSearchParams(search) })
  const section = (id: string) => view.sections.find((each) => each.id === id)
  const cells = (id: string, table = 0) => section(id)?.tables[table]?.rows.map((row) => row.cells) ?? []
  return { view, section, cells }
}

test('a building has its kiosks of the registry, its readers and its peak together, and says what is missing', async () => {
  const { cells, section } = await pageOf(REGION, 'region:1')
  expect(cells('devices')).toEqual([
    ['Bibliotheek', 'Gent', '1', 'laatste 28 dagen', '0', '–', '–', '–'],
    ['De Vooruit', 'Gent', '2', 'laatste 24 uur', '1', '40', '6', '3 te weinig'],
    ['plaats niet bekend', 'UiTPAS Gent', '1', 'langer geleden of nooit', '0', '–', '–', '–'],
  ])
  expect(section('devices')?.keyFigures.map(({ value }) => value)).toEqual(['4', '2', '1'])
})

test('a municipality that joins has its steps reckoned back from its day, with what was ticked and by which side', async () => {
  const { cells, section, view } = await pageOf(REGION, 'region:1', { search: 'gemeente=municipality:44043' })
  const overview = cells('onboarding')
  expect(overview.map(([name, start, done]) => [name, start, done])).toEqual([
    ['Melle', '1 januari 2027', '1 van 16'],
    ['Gent', '–', '0 van 16'],
  ])
  const steps = new Map(cells('onboarding', 1).map(([step, ...rest]) => [step, rest]))
  expect(steps.get('Beslissing van de gemeenteraad')).toEqual([
    'gemeente',
    '27 maart 2026 (berekend)',
    '1 maart 2026, aangevinkt door de regio op 21 november 2026',
    'klaar',
  ])
  expect(steps.get('Start')).toEqual(['gemeente', '1 januari 2027 (berekend)', '–', 'gepland'])
  expect(section('onboarding')?.forms).toHaveLength(1)
  expect(view.sections.map(({ id }) => id)).toEqual(['agreements', 'members', 'onboarding', 'devices', 'cards', 'cost'])
})

test('a municipality reads the agreements of its region, writes about itself, and sees nothing of its neighbours', async () => {
  const { section, view } = await pageOf(MELLE, 'municipality:44043')
  const formsOf = (id: string) => section(id)?.forms.map(({ action }) => action)
  expect([formsOf('agreements'), formsOf('members'), formsOf('onboarding'), formsOf('devices'), formsOf('cards')]).toEqual([
    [],
    [],
    ['/werkruimte/stappen'],
    ['/werkruimte/toestellen'],
    ['/werkruimte/voorraad'],
  ])
  expect(section('agreements')?.keyFigures[1]).toMatchObject({ value: '0 van 6' })
  expect(JSON.stringify([section('members')?.tables, section('members')?.timeline, section('devices')])).not.toMatch(
    /\bGent\b(?!")|Vooruit/,
  )
  expect(view.sections.map(({ id }) => id)).not.toContain('cost')
})

test('the members have the days that were typed in before those of the registry, on an axis with today', async () => {
  const { cells, section } = await pageOf(REGION, 'region:1')
  expect(cells('members')).toEqual([
    ['Gent', 'vóór 1 januari 2020', '–', 'stond van bij het begin in het register'],
    ['Melle', '1 januari 2027', '–', 'ingevuld'],
  ])
  expect(section('members')?.keyFigures.map(({ value }) => value)).toEqual(['1', '1', '0'])
  const timeline = section('members')?.timeline
  expect(timeline?.rows.map(({ from, to, isSinceBefore }) => [from > (timeline?.today ?? 0), to, isSinceBefore])).toEqual([
    [false, 1000, true],
    [true, 1000, false],
  ])
})

test('every table is there as a table of the data API, with days and ids for programs', async () => {
  const state = { language: 'en', place: 'region:1', period: '', compareWith: 'none' } as const
  const setting = await desk.setting({ state, principal: principalOf(REGION), typed: new URLSearchParams() })
  const rowsOf = async (part: Parameters<typeof workspaceTable>[0]) => (await workspaceTable(part, setting, KIOSKS)).rows
  expect((await rowsOf('agreements'))[0]).toEqual([
    'offer-open',
    'Offer open to all inhabitants of the region',
    'minimal',
    'asked',
    true,
    '',
    '',
  ])
  expect(await rowsOf('members')).toEqual([
    ['region:1', 'municipality:44021', 'Gent', '', '', 'registry', '2020-01-01'],
    ['region:1', 'municipality:44043', 'Melle', '2027-01-01', '', 'typed', ''],
  ])
  const steps = await rowsOf('onboarding')
  expect([steps.length, parseDay(String(steps.at(-1)?.[5]))]).toEqual([32, (parseDay('2027-01-01') ?? 0) + 26 * 7])
  expect((await rowsOf('devices'))[1]).toEqual(['municipality:44021', 'De Vooruit', 2, 'day', 1, 40, 6])
  expect([await rowsOf('cards'), await rowsOf('orders')]).toEqual([[], []])
})

test('the data API gives the tables of a place to who reads it, and of others nothing', async () => {
  const server = await serve(EMPTY_WAREHOUSE)
  const ask = async (token: string, place: string) => {
    const url = `/api/v1/workspace/agreements?place=${place}`
    return await server.inject({ url, headers: { authorization: `Bearer zuil_${token}` } })
  }
  const answers = await Promise.all([ask('region', 'region:1'), ask('region', 'region:2'), ask('gent', 'municipality:44043')])
  await server.close()
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 403, 403])
})

test('what was wrong is said at its part in each language, and its form is open with what was typed', async () => {
  const search = 'fout=members.overlap&lid=municipality:44021&toegetreden=2020-02-30&vertrokken='
  for (const language of LANGUAGES) {
    const { section } = await pageOf(REGION, 'region:1', { language, search })
    expect(section('members')?.fault).not.toBe('')
    const [form] = section('members')?.forms ?? []
    expect([form?.isOpen, form?.groups[0]?.fields.map((field) => field.value)]).toEqual([
      true,
      ['region:1', 'municipality:44021', '', ''],
    ])
    expect([section('agreements')?.fault, section('agreements')?.forms[0]?.isOpen]).toEqual(['', false])
  }
})
