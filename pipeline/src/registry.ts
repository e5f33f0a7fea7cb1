import type { Job } from 'bullmq'
import { isJobName, JOBS, type JobName } from './jobs/job-contract.ts'

/** A job's work: a plain function of its data, which may tell how far it is. What it throws makes BullMQ try again. */
export type Processor = (data: unknown, tell: (progress: object) => void) => Promise<void>

export type Processors = Readonly<Record<JobName, Processor>>

/** Finds the processor of a job. */
export type Registry = (job: Pick<Job, 'name' | 'data' | 'updateProgress'>) => Promise<void>

/** @throws {Error} when a known job has no processor or a processor no job, so that a forgotten one shows at start. */
export function createRegistry(processors: Processors): Registry {
  const known = Object.keys(JOBS)
  const missing = known.filter((name) => !Object.hasOwn(processors, name))
  const unknown = Object.keys(processors).filter((name) => !Object.hasOwn(JOBS, name))
  if (missing.length > 0) throw new Error(`No processor for job ${missing.join(', ')}`)
  if (unknown.length > 0) throw new Error(`No job for processor ${unknown.join(', ')}`)
  return async (job) => {
    if (!isJobName(job.name)) throw new Error(`Unknown job ${job.name}`)
    // for whoever looks at the queue: a job does not wait for it, and goes on when it is lost
    const tell = (progress: object) => void job.updateProgress(progress).catch(() => undefined)
    await processors[job.name](job.data, tell)
  }
}
