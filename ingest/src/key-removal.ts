import type { Redis } from 'ioredis'

/** Keys of one SCAN. */
const SCAN_COUNT = 1_000

/** Removes every key that matches a pattern of SCAN; one that somebody adds meanwhile may stay. */
export async function removeKeys(redis: Redis, pattern: string): Promise<void> {
  let cursor = '0'
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', SCAN_COUNT)
    cursor = next
    if (keys.length > 0) await redis.unlink(...keys)
  } while (cursor !== '0')
}
