import type { Archive } from '../archive/archive.ts'
import type { Archiver } from '../archive/archiver.ts'
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
  readonly clock: () => number
  readonly fault: Fault
  readonly log: Log
}

export interface SealerState {
  failures: number
  /** Code or class of the last failure; undefined when the last turn went well. */
  problem: string | undefined
}

export interface Sealer {
  /** Seals and archives until the signal aborts; a turn that began is finished. */
  run(lane: number, signal: AbortSignal): Promise<void>
  /** Freezes and archives what stands in the journal now; gives the number of records, 0 when there was nothing. */
  sealOnce(lane: number): Promise<number>
  state(lane: number): SealerState
}

export function createSealer(dependencies: SealerDependencies): Sealer {
  const { store, archive, archiver, clock, fault, log } = dependencies
  const states = new Map<number, SealerState>()

  function state(lane: number): SealerState {
    const known = states.get(lane) ?? { failures: 0, problem: undefined }
    states.set(lane, known)
    return known
  }

  async function sealOnce(lane: number): Promise<number> {
    const { sealed, range: frozen, loadedRange } = await store.positions(lane)
    const archived = await archive.lastRange(lane)
    if (archived > frozen)
      throw new ArchiveGapError(`Lane ${lane} is archived up to range ${archived}, but Redis knows ${frozen} only`)
    if (frozen > archived && (await archiver.catchUp(lane)) > 0) await wake(lane, await archive.lastRange(lane), loadedRange)
    const entries = await store.entriesAfter(lane, sealed, SEAL_RECORDS_MAX)
    const [first] = entries
    const last = entries.at(-1)
    if (!first || !last) return 0
    const facts = { from: first.position, to: last.position, count: entries.length, sealedAt: clock() }
    const range = await store.seal(lane, sealed, facts)
    if (range === undefined) return 0
    await fault('after-seal', { lane, range })
    if (range === (await archive.lastRange(lane)) + 1) await archiver.archive(lane, { ...facts, range }, entries)
    else await archiver.catchUp(lane)
    await wake(lane, range, loadedRange)
    return entries.length
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
    while (!signal.aborted) {
      const started = clock()
      try {
        const isAhead = dependencies.isAhead(lane)
        const records = isAhead ? 0 : await sealOnce(lane)
        own.failures = 0
        own.problem = undefined
        if (isAhead) await pause(AHEAD_INTERVAL_MS, signal)
        else if (records < SEAL_RECORDS_MAX) await pause(Math.max(0, SEAL_INTERVAL_MS - (clock() - started)), signal)
      } catch (error) {
        own.failures += 1
        own.problem = problemOf(error)
        log.error({ lane, failures: own.failures, problem: own.problem }, 'Sealing failed and will be tried again')
        await pause(backoffMs(INFRASTRUCTURE_BACKOFF, own.failures), signal)
      }
    }
  }

  return { run, sealOnce, state }
}
