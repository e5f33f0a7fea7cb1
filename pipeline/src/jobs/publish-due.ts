import type { Log } from '../log.ts'
import type { UntilCalm } from '../publish/calm.ts'
import { type Publisher, PublisherStopped, type PublishOutcome } from '../publish/publisher.ts'
import type { Processor } from '../registry.ts'

export interface PublishDueDependencies {
  /** Without one nothing is published by itself. */
  readonly publisher?: Pick<Publisher, 'publishDue'> | undefined
  /** Makes what a release waits with while the installation is busy. */
  readonly calmOfRelease: () => UntilCalm
  readonly log: Log
}

/** A wake-up: the table of releases says what is due. */
export function publishDue(dependencies: PublishDueDependencies): Processor {
  const { log } = dependencies
  return async () => {
    for (const outcome of await outcomesOf(dependencies)) tell(outcome, log)
  }
}

/** What a stop cuts short is due again after the next start: nothing failed. */
async function outcomesOf({ publisher, calmOfRelease, log }: PublishDueDependencies): Promise<readonly PublishOutcome[]> {
  try {
    return (await publisher?.publishDue(calmOfRelease)) ?? []
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
