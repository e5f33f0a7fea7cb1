import type { EventCardSystem, EventOverlay, EventSettings } from '@zuil/core'
import { entityKey } from '@zuil/core/contracts/redis-keys'
import type { Redis } from 'ioredis'
import { CONTENT_HASH_LENGTH } from './registry-writer.ts'

/** What the API says of events, as it stands in Redis; in the order of the keys. */
export async function readOverlays(redis: Redis, keys: readonly string[]): Promise<readonly EventOverlay[]> {
  if (keys.length === 0) return []
  const [settings, cardSystems] = await Promise.all([
    redis.hmget(entityKey('event-settings'), ...keys),
    redis.hmget(entityKey('event-card-systems'), ...keys),
  ])
  return keys.map((_, index) => ({
    // Both were written by the store, from the parsers of their kinds.
    ...(settings[index] && { settings: shownOf(settings[index]) as EventSettings }),
    ...(cardSystems[index] && { cardSystems: shownOf(cardSystems[index]) as readonly EventCardSystem[] }),
  }))
}

function shownOf(text: string): unknown {
  return JSON.parse(text.slice(CONTENT_HASH_LENGTH + 1))
}
