import type { Warehouse } from '@zuil/warehouse'
import type { FigureRoutesOptions } from '../src/server/data-api/figure-routes.ts'
import type { OperationsSource } from '../src/server/operations/operations-source.ts'
import { Authentication, type Credentials } from '../src/server/scope/authentication.ts'
import { FigureReader } from '../src/server/scope/figure-reader.ts'
import { PlaceBook } from '../src/server/scope/place-book.ts'
import { SettlementReader } from '../src/server/settlement/settlement-reader.ts'
import { SettledSource } from './settled-region.ts'
import { MemoryAccessLog, sessionsAt } from './sign-in.ts'

/** A warehouse in which nothing was published. */
export const EMPTY_WAREHOUSE: Pick<Warehouse, 'query'> = { query: async () => [] }

/** Credentials under which no token holds. */
export const NOBODY: Credentials = {
  accessToken: async () => undefined,
  dataToken: async () => undefined,
  account: async () => undefined,
}

/** Doors to figures that open for nobody, for tests of the other routes. */
export function noFigures(clock: () => number): FigureRoutesOptions {
  const places = new PlaceBook(async () => ({ municipalities: [], regions: [], organizers: [] }), clock)
  const authentication = new Authentication({ credentials: NOBODY, sessions: sessionsAt(clock), places, clock })
  const settlements = new SettlementReader(new SettledSource())
  return {
    authentication,
    places,
    annotations: { of: () => [] },
    clock,
    settlements,
    press: { press: async () => Buffer.alloc(0) },
    reports: { file: async () => undefined },
    log: new MemoryAccessLog(),
    figures: new FigureReader(EMPTY_WAREHOUSE, clock),
  }
}

/** A platform on which nothing ever happened. */
export const NO_OPERATIONS: OperationsSource = {
  figures: async () => ({ days: [], refusals: [], silentKiosks: [], releases: [] }),
  counts: async () => [],
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
