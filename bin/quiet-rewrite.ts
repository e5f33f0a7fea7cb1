import { setTimeout as pause } from 'node:timers/promises'
import { asked } from './redis-process.ts'

const LOOK_EVERY_MS = 10_000
/** A smaller file is read within a second. */
const GROWTH_MIN_BYTES = 64 * 2 ** 20
/** What a thousand check-ins a second add, about: beside as much a rewrite is not noticed. */
const CALM_BYTES_PER_SECOND = 300_000

/** Redis' append-only file as it stands. */
export interface FileSize {
  /** Of a clock that nobody sets. */
  readonly atMs: number
  readonly bytes: number
  /** As the last rewrite left it. */
  readonly baseBytes: number
}

export interface QuietRewrite {
  /** Looks no more. What it is waiting for ends with Redis at the latest. */
  stop(): void
}

/**
 * Has Redis rewrite its append-only file when that has doubled and little is written, so that a start after a crash has little to read.
 * A rewrite takes a processor for seconds; Redis by itself begins one only at the size that its configuration names
 * (docs/decisions/0037).
 */
export function rewriteWhenQuiet(redisUrl: string, { lookEveryMs = LOOK_EVERY_MS } = {}): QuietRewrite {
  const stopping = new AbortController()
  /** Never rejects. */
  const watch = async () => {
    let before: FileSize | undefined
    while (!stopping.signal.aborted) {
      before = await look(redisUrl, before)
      await pause(lookEveryMs, undefined, stopping).catch(() => undefined) // a stop ends the pause
    }
  }
  void watch()
  return { stop: () => stopping.abort() }
}

/** Begins a rewrite when it is time; gives the size for the next look. A Redis that does not answer is left alone. */
async function look(redisUrl: string, before: FileSize | undefined): Promise<FileSize | undefined> {
  return await asked(redisUrl, async (redis) => {
    const now = fileSize(await redis.info('persistence'))
    if (before && now && isRewriteDue(before, now)) await redis.bgrewriteaof()
    return now
  })
}

export function isRewriteDue(before: FileSize, now: FileSize): boolean {
  const isGrown = now.bytes - now.baseBytes >= Math.max(GROWTH_MIN_BYTES, now.baseBytes)
  const isCalm = now.bytes - before.bytes <= (CALM_BYTES_PER_SECOND * (now.atMs - before.atMs)) / 1000
  return isGrown && isCalm
}

/** Undefined while it is being rewritten, or where there is none. */
function fileSize(info: string): FileSize | undefined {
  const numberOf = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1])
  const [bytes, baseBytes, inProgress] = [
    numberOf('aof_current_size'),
    numberOf('aof_base_size'),
    numberOf('aof_rewrite_in_progress'),
  ]
  return inProgress === 0 && bytes >= 0 ? { atMs: performance.now(), bytes, baseBytes } : undefined
}
