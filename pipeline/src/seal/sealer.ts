import type { Archive } from '../archive/archive.ts'
import type { Archiver, PackedRange } from '../archive/archiver.ts'
import { ArchiveGapError } from '../archive/archiver.ts'
import { backoffMs, INFRASTRUCTURE_BACKOFF, pause } from '../backoff.ts'
import type { Fault } from '../fault.ts'
import type { Log } from '../log.ts'
import { problemOf } from '../problem.ts'
import type { LaneStore } from '../redis/lane-store.ts'

/** Records of one range at most: a few megabytes, one insert of a good size. */
export const SEAL_RECORDS_MAX = 5_000

/** A range is frozen at the latest this long after its first record: the larger part of the way to the warehouse. */
export const SEAL_INTERVAL_MS = 250

/** How soon a sealer that is ahead of the loader looks again: a batch takes some hundred ms to load. */
const AHEAD_INTERVAL_MS = 20

export interface SealerDependencies {
  readonly store: Pick<LaneStore, 'positions' | 'entriesAfter' | 'seal'>
  readonly archive: Pick<Archive, 'lastRange'>
  readonly archiver: Archiver
  /** Wakes the loader of a lane, which is loaded up to `loadedRange`; may fail, the reconciler repeats it. */
  readonly wake: (lane: number, range: number, loadedRange: number) => Promise<void>
  /** True while the loader is busy with what was archived already, so that archiving more would only take its time. */
  readonly isAhead: (lane: number) => boolean
  /** Epoch ms. */
  readonly clock: () => number
  /** Monotonic ms: a clock that is set back would have the next range wait for as long. */
  readonly elapsed: () => number
  readonly fault: Fault
  readonly log: Log
}

export interface SealerState {
  failures: number
  /** Code or class of the last failure; undefined when the last turn went well. */
  problem: string | undefined
}

export interface Sealer {
  /** Seals and archives until the signal aborts; what was frozen is archived. */
  run(lane: number, signal: AbortSignal): Promise<void>
  state(lane: number): SealerState
}

export function createSealer(dependencies: SealerDependencies): Sealer {
  const { store, archive, archiver, clock, elapsed, fault, log } = dependencies
  const states = new Map<number, SealerState>()

  function state(lane: number): SealerState {
    const known = states.get(lane) ?? { failures: 0, problem: undefined }
    states.set(lane, known)
    return known
  }

  /** Freezes what stands in the journal now, after `writing`; undefined when there was nothing, or it has to be caught up with. */
  async function freeze(lane: number, writing: FrozenRange | undefined): Promise<FrozenRange | undefined> {
    const { sealed, range: frozen, loadedRange } = await store.positions(lane)
    const last = Math.max(writing?.range.range ?? 0, await archive.lastRange(lane))
    if (last > frozen) throw new ArchiveGapError(`Lane ${lane} is archived up to range ${last}, but Redis knows ${frozen} only`)
    if (frozen > last && writing) return undefined
    if (frozen > last && (await archiver.catchUp(lane)) > 0) await wake(lane, await archive.lastRange(lane), loadedRange)
    const entries = await store.entriesAfter(lane, sealed, SEAL_RECORDS_MAX)
    const [first] = entries
    const end = entries.at(-1)
    if (!first || !end) return undefined
    const facts = { from: first.position, to: end.position, count: entries.length, sealedAt: clock() }
    const range = await store.seal(lane, sealed, facts)
    if (range === undefined) return undefined
    await fault('after-seal', { lane, range })
    // another process may have frozen and archived meanwhile
    if (range !== Math.max(last, await archive.lastRange(lane)) + 1) return undefined
    return { ...archiver.pack(lane, { ...facts, range }, entries), loadedRange }
  }

  async function write(frozen: FrozenRange): Promise<void> {
    await archiver.write(frozen)
    await wake(frozen.lane, frozen.range.range, frozen.loadedRange)
  }

  /**
   * Freezes a range and writes the one before, at the same time: compressing and waiting for the disk take about as long as making rows.
   * Gives the frozen range, still to be written when it is a full one.
   */
  async function turn(lane: number, writing: FrozenRange | undefined, mayFreeze: boolean): Promise<FrozenRange | undefined> {
    const [frozen, written] = await Promise.allSettled([mayFreeze ? freeze(lane, writing) : undefined, writing && write(writing)])
    // what was frozen beside a failure is caught up with
    if (written.status === 'rejected') throw written.reason
    if (frozen.status === 'rejected') throw frozen.reason
    if (frozen.value && !isFull(frozen.value)) await write(frozen.value)
    return frozen.value
  }

  async function wake(lane: number, range: number, loadedRange: number): Promise<void> {
    try {
      await dependencies.wake(lane, range, loadedRange)
    } catch (error) {
      log.warn({ lane, range, problem: problemOf(error) }, 'No job was added; the reconciler will')
    }
  }

  async function run(lane: number, signal: AbortSignal): Promise<void> {
    const own = state(lane)
    let writing: FrozenRange | undefined
    while (!signal.aborted || writing) {
      const started = elapsed()
      try {
        const isAhead = dependencies.isAhead(lane)
        const before = writing
        writing = undefined
        const frozen = await turn(lane, before, !isAhead && !signal.aborted)
        own.failures = 0
        own.problem = undefined
        if (frozen && isFull(frozen)) writing = frozen
        else if (isAhead) await pause(AHEAD_INTERVAL_MS, signal)
        else await pause(Math.max(0, SEAL_INTERVAL_MS - (elapsed() - started)), signal)
      } catch (error) {
        own.failures += 1
        own.problem = problemOf(error)
        log.error({ lane, failures: own.failures, problem: own.problem }, 'Sealing failed and will be tried again')
        await pause(backoffMs(INFRASTRUCTURE_BACKOFF, own.failures), signal)
      }
    }
  }

  return { run, state }
}

/** A range that Redis knows as frozen and the archive does not have yet. */
interface FrozenRange extends PackedRange {
  /** Loaded up to here when it was frozen. */
  readonly loadedRange: number
}

/** More of the journal is waiting, in all likelihood. */
function isFull({ range }: FrozenRange): boolean {
  return range.count === SEAL_RECORDS_MAX
}
