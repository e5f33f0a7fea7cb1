import { type Archive, openArchive } from './archive/archive.ts'
import { createArchiver } from './archive/archiver.ts'
import { type DeadLetters, openDeadLetters } from './dead-letters/dead-letters.ts'
import { type PipelineDependencies, pipelineFolders } from './dependencies.ts'
import { noFault } from './fault.ts'
import { checkpoint } from './jobs/checkpoint.ts'
import { copyRegistry } from './jobs/copy-registry.ts'
import { expire } from './jobs/expire.ts'
import { loadRange } from './jobs/load-range.ts'
import { makePapers } from './jobs/make-papers.ts'
import { packArchive } from './jobs/pack-archive.ts'
import { publishDue } from './jobs/publish-due.ts'
import { createQueues, type Queues } from './jobs/queues.ts'
import { wakeLanes } from './jobs/wake-lanes.ts'
import { LOAD_ROWS_MAX } from './load/load-batch.ts'
import { createLoader, type Loader } from './load/loader.ts'
import { poisonReason } from './load/poison-reason.ts'
import { createRowCache } from './load/row-cache.ts'
import { type CleanStop, openCleanStop } from './maintain/clean-stop.ts'
import { createSpaceGuard, FREE_BYTES_MIN, type SpaceGuard } from './maintain/space-guard.ts'
import { syncVolume } from './maintain/sync-volume.ts'
import { createObserver, type Observer } from './observe.ts'
import { createCalm } from './publish/calm.ts'
import type { ConnectionRole } from './redis/connections.ts'
import { createLaneStore, type LaneStore } from './redis/lane-store.ts'
import { createRegistry, type Processors, type Registry } from './registry.ts'
import { createRegistryLog, type RegistryLog } from './registry-log/registry-log.ts'
import { createSealer, type Sealer } from './seal/sealer.ts'

/**
 * Rows that may be archived ahead of a busy loader: one batch is being read back, one is being inserted, and the next is at hand;
 * memory stays bounded.
 */
const AHEAD_ROWS_MAX = 3 * LOAD_ROWS_MAX

export type Connections = Readonly<Record<ConnectionRole, ReturnType<PipelineDependencies['connect']>>>

/** The parts of the pipeline, joined together; none of them runs yet. */
export interface Parts {
  readonly store: LaneStore
  readonly archive: Archive
  readonly deadLetters: DeadLetters
  readonly cleanStop: CleanStop
  readonly space: SpaceGuard
  readonly queues: Queues
  readonly sealer: Sealer
  readonly loader: Loader
  readonly registryLog: RegistryLog
  readonly observer: Observer
  /** Monotonic ms. */
  readonly elapsed: () => number
  readonly registry: Registry
  /** Forces what was loaded to disk. */
  readonly barrier: () => Promise<void>
}

export interface PartsOptions {
  readonly dependencies: PipelineDependencies
  readonly connections: Connections
  /** Ends loading after the batch that is under way. */
  readonly signal: AbortSignal
  /** True until what an unclean stop left was verified. */
  readonly isVerifying: () => boolean
}

export function joinParts({ dependencies, connections, signal, isVerifying }: PartsOptions): Parts {
  const { warehouse, clock, log, lanes, idKey } = dependencies
  const fault = dependencies.fault ?? noFault
  const folders = pipelineFolders(dependencies.dataFolder)
  const store = createLaneStore(connections.lane)
  const archive = openArchive(folders.archive)
  const deadLetters = openDeadLetters(folders.deadLetters)
  const cleanStop = openCleanStop(folders.state)
  const cache = createRowCache()
  const space = createSpaceGuard(warehouse, { freeBytesMin: dependencies.freeBytesMin ?? FREE_BYTES_MIN, log })
  const queues = createQueues(connections.producer)
  const mayNotLoad = () => (isVerifying() ? 'verification' : space.state().loadingStopped ? 'free-space' : undefined)
  const elapsed = () => performance.now()
  const common = { store, archive, warehouse, deadLetters, cache, clock, fault, log }
  const loader = createLoader({ ...common, poisonReason, mayNotLoad, signal })
  const archiver = createArchiver({ ...common, idKey })
  const isAhead = (lane: number) => {
    const { busy, failures, waitsFor } = loader.state(lane)
    return busy && failures === 0 && waitsFor === undefined && cache.rowsOf(lane) >= AHEAD_ROWS_MAX
  }
  const sealer = createSealer({ ...common, elapsed, archiver, isAhead, wake: queues.wake })
  const registryLog = createRegistryLog({ redis: connections.lane, folder: folders.registryLog, clock, fault })
  const observer = createObserver(elapsed, log)
  const barrier = async () => {
    if (warehouse.kind === 'embedded') await syncVolume(dependencies.dataFolder)
  }
  const rows = () => Array.from({ length: lanes }, (_, lane) => loader.state(lane).rows).reduce((sum, some) => sum + some, 0)
  const processors: Processors = {
    'load-range': loadRange(loader),
    'wake-lanes': wakeLanes({ store, archive, queues }, lanes),
    'guard-space': () => space.check(),
    'copy-registry': copyRegistry(registryLog, lanes),
    checkpoint: checkpoint({ store, cleanStop, barrier, mayNot: isVerifying }, lanes),
    'pack-archive': packArchive({ store, archive }, lanes),
    expire: expire(archive, clock),
    'publish-due': publishDue({ publisher: dependencies.publisher, calmOfRelease: createCalm({ rows, elapsed }), log }),
    'make-papers': makePapers(dependencies.papers),
  }
  const registry = observer.wrap(createRegistry(processors))
  return {
    store,
    archive,
    deadLetters,
    cleanStop,
    space,
    queues,
    sealer,
    loader,
    registryLog,
    observer,
    elapsed,
    registry,
    barrier,
  }
}
