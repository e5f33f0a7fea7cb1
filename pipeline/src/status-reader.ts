import type { Archive } from './archive/archive.ts'
import type { DeadLetters } from './dead-letters/dead-letters.ts'
import type { Queues } from './jobs/queues.ts'
import type { Loader } from './load/loader.ts'
import type { SpaceGuard } from './maintain/space-guard.ts'
import type { Watchdog } from './maintain/watchdog.ts'
import type { Observer } from './observe.ts'
import { problemOf } from './problem.ts'
import type { LaneStore } from './redis/lane-store.ts'
import type { Sealer } from './seal/sealer.ts'
import { type LaneStatus, type PipelineStatus, RateMeter } from './status.ts'

export interface StatusDependencies {
  readonly store: Pick<LaneStore, 'positions' | 'oldestAfter'>
  readonly archive: Pick<Archive, 'lastRange'>
  readonly queues: Pick<Queues, 'counts'>
  readonly deadLetters: Pick<DeadLetters, 'counts'>
  readonly sealer: Pick<Sealer, 'state'>
  readonly loader: Pick<Loader, 'state'>
  readonly observer: Observer
  readonly space: SpaceGuard
  readonly watchdog: Watchdog
  readonly waitsFor: () => string | undefined
  readonly lanes: number
  readonly clock: () => number
}

export interface StatusReader {
  /** Reads everything anew; keeps the old figures, with the problem, when that fails. Never rejects. */
  refresh(): Promise<PipelineStatus>
  /** As of the last {@link refresh}. */
  current(): PipelineStatus
}

export function createStatusReader(dependencies: StatusDependencies): StatusReader {
  const { queues, deadLetters, observer, space, watchdog, clock, loader } = dependencies
  const rate = new RateMeter()
  let status: PipelineStatus = {
    at: clock(),
    lanes: [],
    queues: {},
    jobs: {},
    deadLetters: { waiting: 0, replayed: 0 },
    freeBytes: undefined,
    freeBytesMin: space.state().limitBytes,
    waitsFor: undefined,
    loadRowsPerSecond: 0,
    freshUntil: 0,
    stalled: false,
    problem: 'starting',
  }

  async function read(): Promise<PipelineStatus> {
    const at = clock()
    const lanes: LaneStatus[] = []
    let rows = 0
    for (let lane = 0; lane < dependencies.lanes; lane++) {
      lanes.push(await laneStatus(dependencies, lane, at))
      rows += loader.state(lane).rows
    }
    rate.sample(at, rows)
    const { freeBytes, limitBytes } = space.state()
    return {
      at,
      lanes,
      queues: await queues.counts(),
      jobs: observer.figures(),
      deadLetters: await deadLetters.counts(),
      freeBytes,
      freeBytesMin: limitBytes,
      waitsFor: dependencies.waitsFor(),
      loadRowsPerSecond: rate.perSecond(),
      freshUntil: Math.min(...lanes.map((lane) => lane.freshUntil)),
      stalled: watchdog.isAlarmed(),
      problem: undefined,
    }
  }

  return {
    async refresh() {
      try {
        status = await read()
      } catch (error) {
        status = { ...status, problem: problemOf(error), stalled: watchdog.isAlarmed() }
      }
      return status
    },
    current: () => status,
  }
}

async function laneStatus(dependencies: StatusDependencies, lane: number, at: number): Promise<LaneStatus> {
  const { store, archive, sealer, loader } = dependencies
  const positions = await store.positions(lane)
  const oldestMs = positions.journalLength === 0 ? undefined : await store.oldestAfter(lane, positions.loaded)
  return {
    lane,
    journalLength: positions.journalLength,
    oldestUnloadedAgeMs: oldestMs === undefined ? 0 : Math.max(0, at - oldestMs),
    sealed: positions.sealed,
    loaded: positions.loaded,
    sealedRange: positions.range,
    archivedRange: await archive.lastRange(lane),
    loadedRange: positions.loadedRange,
    openRanges: Math.max(0, positions.range - positions.loadedRange),
    freshUntil: oldestMs === undefined ? at : Math.min(at, oldestMs - 1),
    sealProblem: sealer.state(lane).problem,
    loadProblem: loader.state(lane).problem,
  }
}
