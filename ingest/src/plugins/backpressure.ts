import type { JournalLoad } from '../ledger/journal-load.ts'
import type { Services, Watermarks } from '../services.ts'

/** How often the state of ledger and journal is looked at. */
const LOOK_INTERVAL_MS = 500

/** Says whether new work may come in. Looking costs Redis a few commands, so requests ask what was seen last. */
export interface Backpressure {
  /** Why new work is refused for now; empty while it is welcome. */
  readonly reason: string
  /** Why what can wait is refused for now, which is sooner: batches of devices that were offline keep what they have. */
  readonly importReason: string
  start(): void
  stop(): void
}

type Watched = Pick<Services, 'ledger' | 'journal' | 'registry' | 'limits'>

export function backpressure(services: Watched, onError: (error: unknown) => void): Backpressure {
  let seen: JournalLoad = { records: 0, bytes: 0, oldestMs: 0, memory: 0 }
  let timer: NodeJS.Timeout | undefined
  let isLooking = false

  const look = async (): Promise<void> => {
    if (isLooking) return
    isLooking = true
    try {
      seen = await services.journal.load()
    } catch (error) {
      // Commits tell by themselves whether Redis is there; the journal is judged again at the next look.
      onError(error)
    } finally {
      isLooking = false
    }
  }
  const reasonAbove = (watermarks: Watermarks): string => {
    const tooMuch = tooMuchOf(seen, watermarks)
    if (tooMuch !== '') return tooMuch
    if (!services.registry.isFresh) return 'the registry is not up to date'
    const { health } = services.ledger
    return health.ready ? '' : health.reason || 'the ledger takes no work'
  }
  return {
    get reason() {
      return reasonAbove(services.limits.live)
    },
    get importReason() {
      return reasonAbove(services.limits.imports)
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

/** The first bound that is passed, in words; empty while none is. */
function tooMuchOf(load: JournalLoad, watermarks: Watermarks): string {
  const percent = (share: number) => `${Math.round(share * 100)} %`
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
  if (load.records > watermarks.records)
    return `${load.records} records wait for the warehouse, at most ${watermarks.records} may`
  if (load.bytes > watermarks.bytes)
    return `the journal takes ${megabytes(load.bytes)} of Redis, at most ${megabytes(watermarks.bytes)} may`
  if (load.oldestMs > watermarks.oldestMs)
    return `the oldest record has waited for the warehouse for ${Math.round(load.oldestMs / 60_000)} minutes`
  if (load.memory > watermarks.memory)
    return `${percent(load.memory)} of the memory of Redis is in use, at most ${percent(watermarks.memory)} may`
  return ''
}
