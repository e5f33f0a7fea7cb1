import type { Log } from '../log.ts'
import type { Publisher } from '../publish/publisher.ts'
import type { Processor } from '../registry.ts'

/** A wake-up: the table of releases says what is due. Without a publisher nothing is published by itself. */
export function publishDue(publisher: Pick<Publisher, 'publishDue'> | undefined, log: Log): Processor {
  return async () => {
    for (const { state, release, period, cells, withheld, report } of (await publisher?.publishDue()) ?? []) {
      const facts = { release, period, cells, withheld, recovered: report.counts }
      if (state === 'PUBLISHED') log.info(facts, 'A release was published')
      else log.error(facts, 'A release failed its audit and was not published; "zuil publish" says more')
    }
  }
}
