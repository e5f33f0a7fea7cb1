import type { RefusedCause, RefusedKind } from '@zuil/core/contracts/intake'
import type { FastifyReply } from 'fastify'
import type { JournalLoad } from '../ledger/journal-load.ts'
import type { Services, Watermarks } from '../services.ts'
import { sendOverloaded } from './problems.ts'

/** How often the state of ledger and journal is looked at. */
const LOOK_INTERVAL_MS = 500

/** Says whether new work may come in. Looking costs Redis a few commands, so requests ask what was seen last. */
export interface Backpressure {
  /** Why new work is refused for now; empty while it is welcome. */
  readonly reason: string
  /**
   * Whether work of a kind is refused for now: then it is answered with 503, and counted. What can wait, `imports`, is refused
   * sooner: batches of devices that were offline keep what they have.
   */
  refuses(reply: FastifyReply, kind: RefusedKind): boolean
  /**
   * Whether entries of the registry are refused for now, answered and counted likewise. They stay in Redis for good, so the memory
   * counts and nothing else: it is kept for people at a door.
   */
  refusesEntries(reply: FastifyReply): boolean
  start(): void
  stop(): void
}

type Watched = Pick<Services, 'ledger' | 'journal' | 'registry' | 'limits' | 'intake'>

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
  const refusalOf = (kind: RefusedKind): Refusal | undefined => {
    const tooMuch = tooMuchOf(seen, services.limits[kind])
    if (tooMuch) return tooMuch
    if (!services.registry.isFresh) return { cause: 'registry', reason: 'the registry is not up to date' }
    const { health } = services.ledger
    return health.ready ? undefined : { cause: 'ledger', reason: health.reason || 'the ledger takes no work' }
  }
  return {
    get reason() {
      return refusalOf('live')?.reason ?? ''
    },
    refuses(reply, kind) {
      const refusal = refusalOf(kind)
      if (!refusal) return false
      services.intake.refused(kind, refusal.cause)
      sendOverloaded(reply, refusal.reason)
      return true
    },
    refusesEntries(reply) {
      const refusal = memoryRefusal(seen, services.limits.imports)
      if (!refusal) return false
      services.intake.refused('imports', refusal.cause)
      sendOverloaded(reply, `${refusal.reason}; it has to be given more (ZUIL_REDIS_MEMORY)`)
      return true
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

interface Refusal {
  readonly cause: RefusedCause
  /** In words. */
  readonly reason: string
}

/** The first bound that is passed; undefined while none is. */
function tooMuchOf(load: JournalLoad, watermarks: Watermarks): Refusal | undefined {
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
  if (load.records > watermarks.records)
    return { cause: 'records', reason: `${load.records} records wait for the warehouse, at most ${watermarks.records} may` }
  if (load.bytes > watermarks.bytes)
    return {
      cause: 'bytes',
      reason: `the journal takes ${megabytes(load.bytes)} of Redis, at most ${megabytes(watermarks.bytes)} may`,
    }
  if (load.oldestMs > watermarks.oldestMs)
    return {
      cause: 'age',
      reason: `the oldest record has waited for the warehouse for ${Math.round(load.oldestMs / 60_000)} minutes`,
    }
  return memoryRefusal(load, watermarks)
}

function memoryRefusal(load: JournalLoad, watermarks: Watermarks): Refusal | undefined {
  if (load.memory <= watermarks.memory) return undefined
  const percent = (share: number) => `${Math.round(share * 100)} %`
  return {
    cause: 'memory',
    reason: `${percent(load.memory)} of the memory of Redis is in use, at most ${percent(watermarks.memory)} may`,
  }
}
