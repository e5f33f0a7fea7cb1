import type { Log } from './log.ts'
import { problemOf } from './problem.ts'
import type { Registry } from './registry.ts'

export interface JobFigures {
  done: number
  failed: number
  /** Duration of the last run, ms. */
  lastMs: number
  /** When a job last began or ended, monotonic ms: the watchdog's sign of life. */
  seenAt: number
}

export interface Observer {
  /** Wraps every job: times it, counts it, logs a failure with its code. */
  wrap(registry: Registry): Registry
  figures(): Readonly<Record<string, JobFigures>>
}

/** A job that takes longer is worth a line in the log. */
const SLOW_MS = 10_000

/** @param elapsed monotonic ms */
export function createObserver(elapsed: () => number, log: Log): Observer {
  const figures = new Map<string, JobFigures>()

  function of(name: string): JobFigures {
    const known = figures.get(name) ?? { done: 0, failed: 0, lastMs: 0, seenAt: 0 }
    figures.set(name, known)
    return known
  }

  return {
    wrap: (registry) => async (job) => {
      const own = of(job.name)
      const started = elapsed()
      own.seenAt = started
      try {
        await registry(job)
        own.done += 1
      } catch (error) {
        own.failed += 1
        log.warn({ job: job.name, problem: problemOf(error) }, 'A job failed and will be tried again')
        throw error
      } finally {
        own.seenAt = elapsed()
        own.lastMs = own.seenAt - started
        if (own.lastMs > SLOW_MS) log.info({ job: job.name, ms: own.lastMs }, 'A job took long')
      }
    },
    figures: () => Object.fromEntries(figures),
  }
}
