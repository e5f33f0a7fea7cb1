import type { Answer } from '../answer.ts'

/** What a process of a pattern is told by its parent; it sends `{port}` (a server) or `{}` (a worker) once it works. */
export interface PatternOrder {
  /** What ingest answered (bare-route.ts). */
  readonly answers: readonly Answer[]
  /** Of a Redis for jobs alone. */
  readonly redisPort: number
  /** Of the table; one process at a time. */
  readonly folder: string
}

export const QUEUE = 'checkins'

/** Begins when the order comes; ends the process when the parent goes away or something fails. */
export function onOrder(begin: (order: PatternOrder) => Promise<object>): void {
  process.once('disconnect', () => process.exit(0))
  // the parent is patterned-server.ts, which sends its order and nothing else
  process.once('message', (order) => {
    begin(order as PatternOrder).then(
      (started) => process.send?.(started),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  })
}
