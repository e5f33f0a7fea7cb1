import type { Warehouse } from '@zuil/warehouse'
import type { FigureRoutesOptions } from '../src/server/data-api/figure-routes.ts'
import { PictureShelf } from '../src/server/figures/drawings/picture-shelf.ts'
import type { PageSources } from '../src/server/figures/page-builder.ts'
import type { OperationsSource } from '../src/server/operations/operations-source.ts'
import type { ScheduleReading } from '../src/server/schedules/schedule-desk.ts'
import { Authentication, type Credentials } from '../src/server/scope/authentication.ts'
import { FigureReader } from '../src/server/scope/figure-reader.ts'
import { PlaceBook } from '../src/server/scope/place-book.ts'
import { SettlementReader } from '../src/server/settlement/settlement-reader.ts'
import { SettledSource } from './settled-region.ts'
import { MemoryAccessLog, sessionsAt } from './sign-in.ts'

/** A warehouse in which nothing was published. */
export const EMPTY_WAREHOUSE: Pick<Warehouse, 'query'> = { query: async () => [] }

/** People who never wrote anything down. */
export const NOTHING_KEPT: Pick<PageSources, 'annotations' | 'targets' | 'members' | 'collaboration' | 'boundaries'> = {
  annotations: { of: async () => [] },
  targets: { of: () => [] },
  members: { of: async () => [] },
  collaboration: { of: () => ({ agreements: [] }) },
  boundaries: { of: () => new Map() },
}

/** A workspace that nobody may look into. */
export const NO_WORKSPACE: FigureRoutesOptions['workspace'] = {
  setting: () => Promise.reject(new Error('Nobody reads a workspace here')),
  kiosks: async () => [],
}

/** Credentials under which no token holds. */
export const NOBODY: Credentials = {
  accessToken: async () => undefined,
  dataToken: async () => undefined,
  account: async () => undefined,
}

/** A desk at which nobody scheduled anything. */
export const NO_SCHEDULES: ScheduleReading = {
  schedules: [],
  progress: undefined,
  mayTell: false,
  schedule: () => undefined,
  paper: () => undefined,
  papersOf: () => [],
  file: async () => undefined,
}

/** Doors to figures that open for nobody, for tests of the other routes. */
export function noFigures(clock: () => number): FigureRoutesOptions {
  const places = new PlaceBook(async () => ({ municipalities: [], regions: [], organizers: [], joined: [] }), clock)
  const authentication = new Authentication({ credentials: NOBODY, sessions: sessionsAt(clock), places, clock })
  const settlements = new SettlementReader(new SettledSource())
  const figures = new FigureReader(EMPTY_WAREHOUSE, clock)
  const pictures = new PictureShelf({ draw: async () => '' })
  return {
    authentication,
    places,
    annotations: NOTHING_KEPT.annotations,
    workspace: NO_WORKSPACE,
    pages: { ...NOTHING_KEPT, figures, places, pictures, titles: { titlesOf: async () => new Map() } },
    clock,
    settlements,
    press: { press: async () => Buffer.alloc(0) },
    reports: { file: async () => undefined },
    schedules: NO_SCHEDULES,
    log: new MemoryAccessLog(),
    figures,
  }
}

/** A platform on which nothing ever happened. */
export const NO_OPERATIONS: OperationsSource = {
  figures: async () => ({ days: [], refusals: [], silentKiosks: [], releases: [] }),
  counts: async () => [],
  kiosks: async () => [],
  intake: async () => undefined,
  clientNames: async () => new Map(),
  pipeline: () => ({
    at: 0,
    freshUntil: 0,
    waiting: 0,
    rowsPerSecond: 0,
    freeBytes: undefined,
    problems: [],
    queues: [],
    deadLetters: { waiting: 0, replayed: 0 },
  }),
}
