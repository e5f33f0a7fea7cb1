import type { Log } from '../log.ts'
import { type Publisher, PublisherStopped, type PublishOutcome } from '../publish/publisher.ts'
import type { Processor } from '../registry.ts'

/** A wake-up: the table of releases says what is due. Without a publisher nothing is published by itself. */
export function publishDue(publisher: Pick<Publisher, 'publishDue'> | undefined, log: Log): Processor {
  return async () => {
    for (const outcome of await outcomesOf(publisher, log)) tell(outcome, log)
  }
}

/** What a stop cuts short is due again after the next start: nothing failed. */
async function outcomesOf(publisher: Pick<Publisher, 'publishDue'> | undefined, log: Log): Promise<readonly PublishOutcome[]> {
  try {
    return (await publisher?.publishDue()) ?? []
  } catch (error) {
    if (!(error instanceof PublisherStopped)) throw error
    log.info({}, 'A release waits for the next start')
    return []
  }
}

function tell({ state, release, period, cells, withheld, report }: PublishOutcome, log: Log): void {
  const facts = { release, period, cells, withheld, recovered: report.counts }
  if (state === 'PUBLISHED') log.info(facts, 'A release was published')
  else log.error(facts, 'A release failed its audit and was not published; "zuil publish" says more')
}
