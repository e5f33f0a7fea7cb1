import { formatPosition } from '@zuil/core'
import { linesOfEntry } from '@zuil/core/contracts/journal-entry'
import { laneKeys } from '@zuil/core/contracts/redis-keys'
import type { Redis } from 'ioredis'

/** Every record of a lane's journal as text, with its position. */
export async function journalOf(redis: Redis, lane = 0): Promise<{ position: string; text: string }[]> {
  const entries = await redis.xrange(laneKeys(lane).journal, '-', '+')
  return entries.flatMap(([id, fields]) =>
    linesOfEntry(id, fields).map(({ ms, sequence, text = '' }) => ({ position: formatPosition({ lane, ms, sequence }), text })),
  )
}
