import type { Services } from '../services.ts'

/** How often the state of ledger and journal is looked at. */
const LOOK_INTERVAL_MS = 500

/** Says whether new work may come in. Looking costs Redis a few commands, so requests ask what was seen last. */
export interface Backpressure {
  /** Why new work is refused for now; empty while it is welcome. */
  readonly reason: string
  start(): void
  stop(): void
}

type Watched = Pick<Services, 'ledger' | 'journal' | 'registry' | 'limits'>

export function backpressure(services: Watched, onError: (error: unknown) => void): Backpressure {
  let backlogReason = ''
  let timer: NodeJS.Timeout | undefined
  let isLooking = false

  const look = async (): Promise<void> => {
    if (isLooking) return
    isLooking = true
    try {
      const records = await services.journal.backlog()
      const { backlogRecordsMax } = services.limits
      backlogReason =
        records > backlogRecordsMax ? `${records} records wait for the warehouse, at most ${backlogRecordsMax} may` : ''
    } catch (error) {
      // Commits tell by themselves whether Redis is there; the backlog is judged again at the next look.
      onError(error)
    } finally {
      isLooking = false
    }
  }
  return {
    get reason() {
      if (backlogReason !== '') return backlogReason
      if (!services.registry.isFresh) return 'the registry is not up to date'
      const { health } = services.ledger
      return health.ready ? '' : health.reason || 'the ledger takes no work'
    },
    start() {
      timer ??= setInterval(() => void look(), LOOK_INTERVAL_MS)
      timer.unref()
    },
    stop() {
      clearInterval(timer)
      timer = undefined
    },
  }
}
