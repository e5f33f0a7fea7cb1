import { Redis } from 'ioredis'

/** `lane`: journal and watermark; `producer`: adding jobs; `worker`: consuming jobs. */
export type ConnectionRole = 'lane' | 'producer' | 'worker'

/** Opens a connection that reconnects by itself; whoever opens it closes it. */
export type Connect = (role: ConnectionRole) => Redis

/** A command that takes longer has lost its connection: ioredis itself waits for ever. */
const COMMAND_TIMEOUT_MS = 10_000

/** Redis that was restarted is found again within this time. */
const RECONNECT_MS_MAX = 1_000

/** Roles that answer at once, with an error, while Redis is away: what they do is repeated by us, knowingly. */
const FAILS_FAST = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  commandTimeout: COMMAND_TIMEOUT_MS,
} as const

const ROLE_OPTIONS = {
  lane: FAILS_FAST,
  producer: FAILS_FAST,
  // BullMQ's blocking reads wait for ever by design
  worker: { maxRetriesPerRequest: null },
} as const satisfies Record<ConnectionRole, unknown>

/** `onError` hears of connections that break; without it ioredis prints them. */
export function redisConnector(url: string, onError: (role: ConnectionRole, error: Error) => void = () => undefined): Connect {
  return (role) => {
    const redis = new Redis(url, {
      ...ROLE_OPTIONS[role],
      connectionName: `zuil-pipeline-${role}`,
      retryStrategy: (times) => Math.min(RECONNECT_MS_MAX, times * 50),
    })
    redis.on('error', (error: Error) => onError(role, error))
    return redis
  }
}

/** Resolves when the connection takes commands. @throws when that takes longer than `timeoutMs`. */
export async function untilReady(redis: Redis, timeoutMs: number): Promise<void> {
  if (redis.status === 'ready') return
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => finish(new Error(`Redis did not answer within ${timeoutMs} ms`)), timeoutMs)
    const ready = () => finish()
    redis.once('ready', ready)
    function finish(error?: Error) {
      clearTimeout(timer)
      redis.off('ready', ready)
      if (error) reject(error)
      else resolve()
    }
  })
}
