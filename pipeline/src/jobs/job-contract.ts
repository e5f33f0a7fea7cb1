/** All keys of BullMQ stand in one slot of a Redis Cluster. */
export const QUEUE_PREFIX = '{zuil}'

export const QUEUES = ['load', 'maintain', 'publish', 'papers'] as const
export type QueueName = (typeof QUEUES)[number]

/** Every job that exists: its queue and the shape of its data. The registry has exactly one processor for each. */
export const JOBS = {
  'load-range': 'load',
  'wake-lanes': 'maintain',
  'guard-space': 'maintain',
  'copy-registry': 'maintain',
  checkpoint: 'maintain',
  'pack-archive': 'maintain',
  expire: 'maintain',
  'publish-due': 'publish',
  'make-papers': 'papers',
} as const satisfies Record<string, QueueName>
export type JobName = keyof typeof JOBS

export function isJobName(name: string): name is JobName {
  return Object.hasOwn(JOBS, name)
}

/** Data of `load-range`; a wake-up: the watermark is the truth. */
export interface LoadRangeData {
  readonly lane: number
  readonly range: number
}

/** How often the schedulers run, in ms. */
export const SCHEDULES: Readonly<Record<Exclude<JobName, 'load-range'>, number>> = {
  // a range without job waits at most this long
  'wake-lanes': 3_000,
  'guard-space': 5_000,
  'copy-registry': 1_000,
  // what an unclean stop makes us verify
  checkpoint: 600_000,
  // a thousand ranges take four minutes at least
  'pack-archive': 600_000,
  expire: 3_600_000,
  // a period that is over waits days for late devices anyway
  'publish-due': 3_600_000,
  // a report that waits for a release that was just published; who asks for one wakes it at once
  'make-papers': 300_000,
}

/** BullMQ refuses ids with a colon or of digits only. */
export function loadJobId(lane: number, range: number): string {
  return `r-${lane}-${range}`
}

/** Open ranges of a lane that have a job: the loader takes everything archived, so a few wake-ups do. */
export const LOAD_JOBS_PER_LANE_MAX = 64

/** @throws {TypeError} for a job that an older or newer version added in another shape. */
export function parseLoadRangeData(data: unknown): LoadRangeData {
  if (typeof data === 'object' && data !== null && 'lane' in data && 'range' in data) {
    const { lane, range } = data
    if (typeof lane === 'number' && typeof range === 'number' && Number.isSafeInteger(lane) && Number.isSafeInteger(range)) {
      return { lane, range }
    }
  }
  throw new TypeError('Data of a load-range job is a lane and a range')
}
