import { BALANCE_TYPE, type Counted, counterPlace, isBalanceField } from '@zuil/core/contracts/redis-keys'
import type { Redis } from 'ioredis'

/** A counter as it stands in Redis, 0 when it does not. */
export async function counterOf(redis: Redis, lanes: number, counter: Counted): Promise<number> {
  const { key, field } = counterPlace(lanes, counter)
  if (!isBalanceField(field)) return Number((await redis.hget(key, field)) ?? 0)
  // BITFIELD answers with a list of one
  return ((await redis.bitfield(key, 'GET', BALANCE_TYPE, field)) as number[])[0] ?? 0
}
