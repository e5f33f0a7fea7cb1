import type { Archive } from '../archive/archive.ts'
import type { Log } from '../log.ts'
import { problemOf } from '../problem.ts'
import type { LaneStore } from '../redis/lane-store.ts'

/** Work that waits this long while nothing is being loaded is an alarm: a job is picked up within milliseconds. */
export const IDLE_MS_MAX = 6_000

/** A worker that does not take up work in this time is replaced. BullMQ itself believes that it is running. */
export const WORKER_MS_MAX = 15_000

export interface WatchdogDependencies {
  readonly store: Pick<LaneStore, 'positions'>
  readonly archive: Pick<Archive, 'lastRange'>
  readonly lanes: number
  /** True while the loader of a lane works, waits for infrastructure, or is held back on purpose. */
  readonly isOccupied: (lane: number) => boolean
  /** When a maintain job last gave a sign of life. */
  readonly maintainSeenAt: () => number
  /** Adds the job of a range that has none that will run. */
  readonly ensure: (lane: number, range: number) => Promise<void>
  readonly restartWorkers: () => Promise<void>
  /** Monotonic ms: what waits is noticed also when the clock is set back. */
  readonly elapsed: () => number
  readonly log: Log
}

export interface Watchdog {
  /** One look; call it about every second. Never rejects. */
  look(): Promise<void>
  /** Work waits and nothing is consumed. */
  isAlarmed(): boolean
}

/** Notices what the queue itself cannot: that work waits and nothing is consumed. */
export function createWatchdog(dependencies: WatchdogDependencies): Watchdog {
  const { store, archive, lanes, elapsed, log } = dependencies
  const waitingSince = new Map<number, number>()
  let alarmed = false
  let restartedAt = elapsed()
  let isBlind = false

  async function look(): Promise<void> {
    try {
      await lookAtLanes()
      isBlind = false
      const now = elapsed()
      const quietSince = Math.max(restartedAt, dependencies.maintainSeenAt())
      if (now - Math.min(quietSince, ...waitingSince.values()) < WORKER_MS_MAX || now - restartedAt < WORKER_MS_MAX) return
      log.error({ quietMs: now - quietSince, lanes: [...waitingSince.keys()] }, 'Workers do not take up work and are replaced')
      restartedAt = now
      await dependencies.restartWorkers()
      restartedAt = elapsed()
    } catch (error) {
      // Redis is away: everybody waits for it, and saying it once will do
      if (!isBlind) log.warn({ problem: problemOf(error) }, 'The watchdog cannot look')
      isBlind = true
    }
  }

  async function lookAtLanes(): Promise<void> {
    const now = elapsed()
    let isAnyIdle = false
    for (let lane = 0; lane < lanes; lane++) {
      const { loadedRange } = await store.positions(lane)
      if (dependencies.isOccupied(lane) || loadedRange >= (await archive.lastRange(lane))) {
        waitingSince.delete(lane)
        continue
      }
      const since = waitingSince.get(lane) ?? now
      waitingSince.set(lane, since)
      if (now - since < IDLE_MS_MAX) continue
      isAnyIdle = true
      if (!alarmed) log.error({ lane, range: loadedRange + 1, waitedMs: now - since }, 'Work waits and nothing is consumed')
      await dependencies.ensure(lane, loadedRange + 1)
    }
    alarmed = isAnyIdle
  }

  return { look, isAlarmed: () => alarmed }
}
