import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '@zuil/core/contracts/roles'
import { CUBES, type NamedPlaces, openWarehouse, type RowValue, type Warehouse } from '@zuil/warehouse'
import Fastify, { type FastifyInstance } from 'fastify'
import { ChartRenderer } from '../src/server/charts/chart-renderer.ts'
import { DrawingBoard } from '../src/server/charts/drawing-board.ts'
import { dataApi } from '../src/server/data-api/data-api.ts'
import { PictureShelf } from '../src/server/figures/drawings/picture-shelf.ts'
import { LiveStreams } from '../src/server/live-stream/live-streams.ts'
import type { Annotation } from '../src/server/notebook/annotation.ts'
import { NowBoard } from '../src/server/now/now-board.ts'
import { NowFeed } from '../src/server/now/now-feed.ts'
import { PaperPress } from '../src/server/paper/paper-press.ts'
import { ReportDesk } from '../src/server/report/report-desk.ts'
import type { ScheduleReading } from '../src/server/schedules/schedule-desk.ts'
import { Authentication, type Credentials } from '../src/server/scope/authentication.ts'
import { FigureReader } from '../src/server/scope/figure-reader.ts'
import { PlaceBook } from '../src/server/scope/place-book.ts'
import { SettlementReader, type SettlementSource } from '../src/server/settlement/settlement-reader.ts'
import { openWorkspace } from '../src/server/workspace/workspace.ts'
import { WorkspaceDesk } from '../src/server/workspace/workspace-desk.ts'
import { AFTERNOON, busyFigures, FakeSource } from './fake-source.ts'
import { NO_SCHEDULES, NOTHING_KEPT } from './no-figures.ts'
import { MemoryReportShelf } from './report-shelf.ts'
import { SettledSource } from './settled-region.ts'
import { MemoryAccessLog, sessionsAt } from './sign-in.ts'

/** Two regions of two municipalities, and an organizer in each municipality. */
export const PLACES: NamedPlaces = {
  municipalities: [
    { nis: 44021, name: 'Gent', latitude: 51.05, longitude: 3.72, mergedFrom: [] },
    { nis: 44043, name: 'Melle', latitude: 51.0, longitude: 3.8, mergedFrom: [] },
    { nis: 71022, name: 'Hasselt', latitude: 50.93, longitude: 5.33, mergedFrom: [] },
    { nis: 71016, name: 'Genk', latitude: 50.96, longitude: 5.5, mergedFrom: [] },
  ],
  regions: [
    { cardSystem: 1, name: 'UiTPAS Gent', municipalities: [44021, 44043] },
    { cardSystem: 2, name: 'UiTPAS Limburg', municipalities: [71016, 71022] },
  ],
  organizers: [
    { organizer: 'bib-gent', name: 'Bibliotheek Gent', nis: 44021 },
    { organizer: 'bib-melle', name: '=Bibliotheek Melle', nis: 44043 },
    { organizer: 'bib-hasselt', name: 'Bibliotheek Hasselt', nis: 71022 },
    { organizer: 'bib-genk', name: 'Bibliotheek Genk', nis: 71016 },
  ],
  joined: [{ nis: 44043, day: '2024-09-02' }],
}

export const PLACE_TEXTS: readonly string[] = [
  'all',
  ...PLACES.regions.map(({ cardSystem }) => `region:${cardSystem}`),
  ...PLACES.municipalities.map(({ nis }) => `municipality:${nis}`),
  ...PLACES.organizers.map(({ organizer }) => `organizer:${organizer}`),
]

/** More than a page asks about at once, all of one region and without figures: a question about them is not read place by place. */
export const VILLAGES: readonly number[] = Array.from({ length: 61 }, (_, index) => 80_001 + index)
export const PLACES_WITH_VILLAGES: NamedPlaces = {
  ...PLACES,
  municipalities: [
    ...PLACES.municipalities,
    ...VILLAGES.map((nis) => ({ nis, name: `Dorp ${nis}`, latitude: 51.0, longitude: 4.0, mergedFrom: [] })),
  ],
  regions: [...PLACES.regions, { cardSystem: 4, name: 'UiTPAS Dorpen', municipalities: VILLAGES }],
}

/** A number that stands for one place and nothing else, so that it betrays itself wherever it turns up; a multiple of 5. */
export function markOf(place: string): number {
  return 76_543_210 + 5 * PLACE_TEXTS.indexOf(place)
}

/** One campaign, in Gent; which the annotations of others never show. */
const CAMPAIGN: Annotation = {
  id: 'campaign',
  place: 'municipality:44021',
  kind: 'campaign',
  firstDay: '2025-03-01',
  lastDay: '2025-03-31',
  text: 'Affiches',
  by: 'anna',
  at: 0,
}
const CAMPAIGNS = { of: async (places: readonly string[]) => (places.includes(CAMPAIGN.place) ? [CAMPAIGN] : []) }

/** Roles by token; a token of nobody holds nothing. */
export const TOKENS: Readonly<Record<string, readonly Role[]>> = {
  zuil_publiq: [{ role: 'publiq' }],
  zuil_auditor: [{ role: 'auditor' }],
  zuil_region: [{ role: 'region', cardSystem: 1 }],
  zuil_gent: [{ role: 'municipality', nis: 44021 }],
  zuil_bib: [{ role: 'organizer', organizer: 'bib-gent' }],
  zuil_settlement: [{ role: 'settlement', cardSystem: 1 }],
  zuil_two: [
    { role: 'municipality', nis: 44043 },
    { role: 'organizer', organizer: 'bib-genk' },
  ],
  zuil_none: [],
}

export const CREDENTIALS: Credentials = {
  dataToken: async (token) => (TOKENS[token] ? { owner: token, roles: TOKENS[token] } : undefined),
  accessToken: async (token) =>
    token === 'person' ? { owner: 'person', roles: [{ role: 'municipality', nis: 44021 }] } : undefined,
  account: async ([name = '']) => (TOKENS[`zuil_${name}`] ? { id: name, roles: TOKENS[`zuil_${name}`] ?? [] } : undefined),
}

/** In the middle of 2026, so that 2025 is over and 2026 is not. */
export const NOW = Date.parse('2026-06-15T10:00:00Z')

export interface PublishedFigures extends AsyncDisposable {
  readonly warehouse: Warehouse
  readonly server: FastifyInstance
}

/** The data API over a warehouse of its own, with releases of every kind of place. */
export async function publishedFigures(): Promise<PublishedFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'zuil-figures-'))
  const warehouse = await openWarehouse({ kind: 'embedded', path: folder, memoryBytesMax: 1_000_000_000 })
  await warehouse.migrate()
  await warehouse.append('published_cells', [...cellsOfYear(1), ...cellsOfYear(3), ...participation(1), ...publicOfSeason(2)])
  await warehouse.append('releases', [
    releaseRow(1, { state: 'PUBLISHED', kind: 'YEAR', period: '2025' }),
    releaseRow(2, { state: 'PUBLISHED', kind: 'SEASON', period: '2024-2025' }),
    releaseRow(3, { state: 'FAILED', kind: 'YEAR', period: '2024' }),
  ])
  await warehouse.append('benchmark_groups', [['2024-2025', 'bib-gent', 'LIBRARY 100-499 CITY']])
  await warehouse.append('benchmark_quartiles', [[2, 'LIBRARY 100-499 CITY', 'holders', 9, 120, 180, 260]])
  const server = await serve(warehouse)
  return {
    warehouse,
    server,
    async [Symbol.asyncDispose]() {
      await server.close()
      await warehouse.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The data API over any warehouse. Its end throws when an answer failed, also one whose client noticed nothing. */
export async function serve(
  warehouse: Pick<Warehouse, 'query'>,
  credentials: Credentials = CREDENTIALS,
  {
    log = new MemoryAccessLog(),
    settled = new SettledSource(),
    named = PLACES,
    schedules = NO_SCHEDULES,
    press = new PaperPress(),
  }: Served = {},
): Promise<FastifyInstance> {
  const clock = () => NOW
  const places = new PlaceBook(async () => named, clock)
  const authentication = new Authentication({ credentials, sessions: sessionsAt(clock), places, clock })
  const feed = new NowFeed({ source: new FakeSource(busyFigures(AFTERNOON)), clock, onFailure: () => undefined })
  const drawings = new DrawingBoard()
  const charts = new ChartRenderer(drawings)
  const board = new NowBoard(feed, charts)
  const streams = new LiveStreams({ board, clock, readersMax: 1, onFailure: () => undefined })
  const faults: string[] = []
  const server = Fastify({ logger: { level: 'error', stream: { write: (line) => faults.push(line) } } })
  server.addHook('onClose', async () => {
    charts.close()
    if (faults.length > 0) throw new Error(`Answers failed behind their backs: ${faults.join('')}`)
  })
  const settlements = new SettlementReader(settled)
  const kept = { ...NOTHING_KEPT, annotations: CAMPAIGNS }
  const shown = { places, pictures: new PictureShelf(drawings), titles: { titlesOf: async () => new Map() }, ...kept }
  const sources = { figures: new FigureReader(warehouse, clock), ...shown }
  const reports = new ReportDesk({ sources, press, shelf: new MemoryReportShelf() })
  const { figures: reader } = sources
  const folder = await mkdtemp(join(tmpdir(), 'zuil-workspace-'))
  const workspace = new WorkspaceDesk({
    workspace: await openWorkspace({ folder, places, registry: async () => [], clock }),
    sources,
    kiosks: async () => [],
    clock,
  })
  server.addHook('onClose', () => rm(folder, { recursive: true, force: true }))
  const figures = {
    authentication,
    log,
    settlements,
    places,
    clock,
    reports,
    press,
    figures: reader,
    annotations: CAMPAIGNS,
    workspace,
    pages: sources,
    schedules,
  }
  await server.register(dataApi({ now: { board, streams }, figures }), { prefix: '/api/v1' })
  return server
}

/** What a test brings along. */
interface Served {
  readonly log?: MemoryAccessLog
  readonly settled?: SettlementSource
  readonly named?: NamedPlaces
  readonly schedules?: ScheduleReading
  readonly press?: PaperPress
}

/**
 * Cells of 2025. Each value is the mark of its place; by tariff KT is there and OTHER is withheld, which in the table is a row
 * that is not there.
 */
function cellsOfYear(release: number): readonly (readonly RowValue[])[] {
  return PLACE_TEXTS.flatMap((place) => {
    const cell = (cube: string, dimensions: string, members: readonly string[], column: string): readonly RowValue[] => [
      release,
      cube,
      'YEAR',
      '2025',
      place,
      dimensions,
      members,
      column,
      markOf(place),
      'ok',
    ]
    if (place.startsWith('organizer:'))
      return [cell('organizer-public', '', [], 'people'), cell('organizer-public', '', [], 'participations')]
    return [
      cell('holders', '', [], 'people'),
      cell('holders', 'tariff', ['KT'], 'people'),
      cell('neighbourhoods', 'postal-code', ['9000'], 'people'),
      cell('destinations', 'destination', ['44021'], 'participations'),
      cell('organizer-public', '', [], 'people'),
    ]
  })
}

/** Who took part in 2025: of Gent all is published, of Melle not how many with kansentarief did. */
function participation(release: number): readonly (readonly RowValue[])[] {
  const cells: readonly (readonly [place: string, dimensions: string, members: readonly string[], people: number])[] = [
    ['municipality:44021', 'tariff', ['KT'], 500],
    ['municipality:44021', 'tariff', ['OTHER'], 1_000],
    ['municipality:44021', 'tariff,activity', ['KT', 'ACTIVE'], 300],
    ['municipality:44021', 'tariff,activity', ['OTHER', 'ACTIVE'], 800],
    ['municipality:44043', 'tariff', ['KT'], 500],
    ['municipality:44043', 'tariff', ['OTHER'], 1_000],
    ['municipality:44043', 'tariff,activity', ['OTHER', 'ACTIVE'], 700],
  ]
  return cells.map(([place, dimensions, members, people]) => {
    return [release, 'participation', 'YEAR', '2025', place, dimensions, members, 'people', people, 'ok']
  })
}

/** The public of the two libraries of Gent's region in a season. */
function publicOfSeason(release: number): readonly (readonly RowValue[])[] {
  return ['bib-gent', 'bib-melle'].map((organizer) => {
    return [release, 'organizer-public', 'SEASON', '2024-2025', `organizer:${organizer}`, '', [], 'people', 200, 'ok']
  })
}

interface ReleaseOf {
  readonly state: 'PUBLISHED' | 'FAILED'
  readonly kind: string
  readonly period: string
}

export function releaseRow(release: number, { state, kind, period }: ReleaseOf): readonly RowValue[] {
  const cubes = Object.keys(CUBES)
  return [release, '2026-02-01 08:00:00.000', state, 0, kind, period, 10, cubes, 40, 3, '{}', 40, BigInt(release) * 1_000n]
}
