import type { Archive } from '../archive/archive.ts'
import { rangeOfLine } from '../archive/line.ts'
import { backoffMs, INFRASTRUCTURE_BACKOFF, pause } from '../backoff.ts'
import type { DeadLetters } from '../dead-letters/dead-letters.ts'
import type { Fault } from '../fault.ts'
import type { Log } from '../log.ts'
import { problemOf } from '../problem.ts'
import type { LaneStore } from '../redis/lane-store.ts'
import { SEAL_RECORDS_MAX } from '../seal/sealer.ts'
import type { PoisonReason, RefusedRow } from './insert.ts'
import { buildBatch, LOAD_ROWS_MAX, type LoadBatch } from './load-batch.ts'
import type { LoadWarehouse } from './load-warehouse.ts'
import type { RowCache } from './row-cache.ts'
import { type InsertedBatch, insertBatch, readBackBatch } from './store-batch.ts'

/** How soon loading that waits on purpose looks again whether it may go on. */
const PAUSED_INTERVAL_MS = 250

/**
 * While the journal brings one full range after the other, a batch waits for its fill, this long at most: a backlog is loaded with few
 * large inserts, which cost a sixth less than many small ones, and their parts have half as much to be merged.
 */
const GATHER_MS_MAX = 400
const GATHER_INTERVAL_MS = 5

export interface LoaderDependencies {
  readonly store: Pick<LaneStore, 'positions' | 'markLoaded'>
  readonly archive: Archive
  readonly warehouse: LoadWarehouse
  readonly poisonReason: PoisonReason
  readonly deadLetters: DeadLetters
  readonly cache: RowCache
  /** Why loading must wait (no space, check after an unclean stop); undefined when it may go on. */
  readonly mayNotLoad: () => string | undefined
  readonly clock: () => number
  readonly fault: Fault
  readonly log: Log
  readonly signal: AbortSignal
}

export interface LoaderState {
  failures: number
  /** Code of the last failure; undefined when the last batch went well. */
  problem: string | undefined
  /** What loading waits for on purpose. */
  waitsFor: string | undefined
  /** Epoch ms of the last loaded batch. */
  loadedAt: number
  /** Rows loaded since the start. */
  rows: number
  busy: boolean
}

/** Loading must wait; not an error of anything. */
class LoadingPausedError extends Error {
  override readonly name = 'LoadingPausedError'
  readonly reason: string
  constructor(reason: string) {
    super(`Loading waits: ${reason}`)
    this.reason = reason
  }
}

/** Redis says that a range is not the next one, time and again. */
class LanePositionsError extends Error {
  override readonly name = 'LanePositionsError'
  readonly code = 'lane-positions'
}

export class LoaderStoppedError extends Error {
  override readonly name = 'LoaderStoppedError'
  readonly code = 'loader-stopped'
}

export interface Loader {
  /**
   * Resolves when a range (or everything archived, whichever comes first) is in the warehouse and read back. Loads the lane's lowest
   * open ranges in order, one batch at a time; infrastructure that is away is waited for. @throws {LoaderStoppedError}
   */
  loadUntil(lane: number, range: number): Promise<void>
  state(lane: number): LoaderState
  /** Resolves when nothing is being loaded. */
  idle(): Promise<void>
}

export function createLoader(dependencies: LoaderDependencies): Loader {
  return new LaneLoader(dependencies)
}

class LaneLoader implements Loader {
  readonly #dependencies: LoaderDependencies
  readonly #states = new Map<number, LoaderState>()
  readonly #running = new Map<number, Promise<void>>()

  constructor(dependencies: LoaderDependencies) {
    this.#dependencies = dependencies
  }

  async loadUntil(lane: number, range: number): Promise<void> {
    const { store, archive, signal } = this.#dependencies
    for (;;) {
      await this.#running.get(lane)
      if (signal.aborted) throw new LoaderStoppedError('The loader stopped')
      const { loadedRange } = await store.positions(lane)
      if (loadedRange >= range || loadedRange >= (await archive.lastRange(lane))) return
      if (!this.#running.has(lane)) this.#start(lane)
    }
  }

  state(lane: number): LoaderState {
    const known = this.#states.get(lane) ?? {
      failures: 0,
      problem: undefined,
      waitsFor: undefined,
      loadedAt: 0,
      rows: 0,
      busy: false,
    }
    this.#states.set(lane, known)
    return known
  }

  async idle(): Promise<void> {
    await Promise.all(this.#running.values())
  }

  #start(lane: number): void {
    const state = this.state(lane)
    state.busy = true
    const running = this.#drain(lane, state).finally(() => {
      state.busy = false
      this.#running.delete(lane)
    })
    this.#running.set(lane, running)
  }

  /** Loads until nothing is left or the signal aborts; never rejects. */
  async #drain(lane: number, state: LoaderState): Promise<void> {
    const { signal, log } = this.#dependencies
    while (!signal.aborted) {
      try {
        await this.#loadOpen(lane, state)
        return
      } catch (error) {
        if (error instanceof LoadingPausedError) {
          if (state.waitsFor !== error.reason) log.info({ lane, waitsFor: error.reason }, 'Loading waits')
          state.waitsFor = error.reason
          await pause(PAUSED_INTERVAL_MS, signal)
          continue
        }
        state.failures += 1
        state.problem = problemOf(error)
        log.error({ lane, failures: state.failures, problem: state.problem }, 'Loading failed and will be tried again')
        await pause(backoffMs(INFRASTRUCTURE_BACKOFF, state.failures), signal)
      }
    }
  }

  /**
   * Loads batch after batch until nothing archived is left or the signal aborts. While one is read back the next one is inserted already;
   * each counts as loaded only after those before it.
   */
  async #loadOpen(lane: number, state: LoaderState): Promise<void> {
    const { store, signal } = this.#dependencies
    let { loadedRange } = await store.positions(lane)
    let inserted: InsertedBatch | undefined
    for (;;) {
      const next = signal.aborted ? undefined : await this.#nextBatch(lane, { after: loadedRange, inserted })
      const [finished, begun] = await Promise.allSettled([
        inserted && this.#finish(inserted, loadedRange, state),
        next && insertBatch(next, this.#dependencies),
      ])
      if (finished.status === 'rejected') throw finished.reason
      if (begun.status === 'rejected') throw begun.reason
      if (!inserted && !begun.value) return
      loadedRange = inserted?.batch.last ?? loadedRange
      inserted = begun.value
    }
  }

  /**
   * What to load after a range, or after the batch that is not read back yet. Undefined when nothing archived is left, and beside a
   * batch that is not read back when the next one had better wait for it.
   */
  async #nextBatch(lane: number, at: { after: number; inserted: InsertedBatch | undefined }): Promise<LoadBatch | undefined> {
    const { archive, cache, mayNotLoad } = this.#dependencies
    const { inserted } = at
    const after = inserted?.batch.last ?? at.after
    if (after >= (await archive.lastRange(lane))) return undefined
    const reason = mayNotLoad()
    if (reason !== undefined && inserted) return undefined
    if (reason !== undefined) throw new LoadingPausedError(reason)
    // while one batch is read back the next one grows: few large inserts cost less than many small ones
    if (inserted && cache.rowsOf(lane) - inserted.batch.rows < LOAD_ROWS_MAX) return undefined
    await this.#gather(lane, after)
    const batch = await buildBatch({ archive, cache }, { lane, first: after + 1, last: await archive.lastRange(lane) })
    // a merge could let its voids take rows away before they are read back
    return inserted && batch.isReplacing ? undefined : batch
  }

  /** Waits until the ranges after `after` fill a batch, or nothing says that more of them are coming right now. */
  async #gather(lane: number, after: number): Promise<void> {
    const { archive, signal } = this.#dependencies
    for (let waitedMs = 0; waitedMs < GATHER_MS_MAX && !signal.aborted; waitedMs += GATHER_INTERVAL_MS) {
      const last = await archive.lastRange(lane)
      const isFull = (last - after) * SEAL_RECORDS_MAX >= LOAD_ROWS_MAX
      if (isFull || (await archive.manifest(lane, last)).count < SEAL_RECORDS_MAX) return
      await pause(GATHER_INTERVAL_MS, signal)
    }
  }

  /** Reads a batch back and moves the watermark, which stands at range `before`. */
  async #finish(inserted: InsertedBatch, before: number, state: LoaderState): Promise<void> {
    const { store, cache, fault, clock } = this.#dependencies
    const { batch } = inserted
    const { lane } = batch
    await this.#putAside(lane, await readBackBatch(inserted, this.#dependencies))
    if (!(await store.markLoaded(lane, before, batch.last, batch.to))) await this.#explain(lane, before)
    cache.remove(lane, batch.last)
    state.failures = 0
    state.problem = undefined
    state.waitsFor = undefined
    state.loadedAt = clock()
    state.rows += batch.rows
    await fault('after-loaded', { lane, range: batch.last })
  }

  async #putAside(lane: number, refused: readonly RefusedRow[]): Promise<void> {
    const { deadLetters, clock, log, fault } = this.#dependencies
    for (const [range, rows] of Map.groupBy(refused, (row) => rangeOfLine(row.line))) {
      const at = clock()
      const letters = rows.map((row) => ({
        stage: 'load' as const,
        position: '',
        table: row.table,
        reason: row.reason,
        at,
        text: row.line,
      }))
      await deadLetters.put(lane, range, letters)
      log.error({ lane, range, rows: rows.length }, 'Rows were refused by the warehouse and stand in the dead letters')
      await fault('after-dead-letters', { lane, range })
    }
  }

  /** Another loader may have been faster, which is fine: its rows are the same. Anything else is worth an alarm. */
  async #explain(lane: number, before: number): Promise<void> {
    const { loadedRange } = await this.#dependencies.store.positions(lane)
    if (loadedRange <= before)
      throw new LanePositionsError(`Range ${before + 1} of lane ${lane} is archived, but not open in Redis`)
  }
}
