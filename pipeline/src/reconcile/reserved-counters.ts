import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { decodeReservation, MARK_COMMITTED, type Reservation } from '@zuil/core/contracts/reservation'
import type { Redis } from 'ioredis'
import { addToCounter, type CounterHashes } from './expected-counters.ts'

/** Reservations are ended within a minute, after a crash too; one that is so old nobody ends any more. */
export const RESERVED_AGE_MAX_MS = 600_000

/** What entries of other lanes have reserved of the counters of a lane; see docs/decisions/0011. */
export interface LaneReservations {
  readonly lane: number
  /** As they are stored, by id: tells whether any came or went between two looks. */
  readonly texts: Readonly<Record<string, string>>
}

export async function readReservations(redis: Redis, lanes: number): Promise<readonly LaneReservations[]> {
  return await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => ({ lane, texts: await redis.hgetall(laneKeys(lane).reserved) })),
  )
}

export function isSameReservations(a: readonly LaneReservations[], b: readonly LaneReservations[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/**
 * Adds what is reserved to what the transactions say: what is not committed yet counts already where it is bounded, and of what is
 * committed counts only later what is not. Gives how many in each lane nobody ends any more.
 */
export async function addReservations(
  hashes: CounterHashes,
  all: readonly LaneReservations[],
  { redis, now }: { readonly redis: Redis; readonly now: number },
): Promise<ReadonlyMap<number, number>> {
  const forgotten = new Map<number, number>()
  for (const { lane, texts } of all) {
    for (const text of Object.values(texts)) {
      const reservation = decodeReservation(text)
      if (!reservation || now - reservation.at > RESERVED_AGE_MAX_MS) forgotten.set(lane, (forgotten.get(lane) ?? 0) + 1)
      if (reservation) await addReservation(hashes, reservation, redis)
    }
  }
  return forgotten
}

async function addReservation(hashes: CounterHashes, { mark, counters }: Reservation, redis: Redis): Promise<void> {
  const isCommitted = (await redis.hget(mark.key, mark.field)) === MARK_COMMITTED
  for (const { key, field, taken, later } of counters) addToCounter(hashes, { key, field, add: isCommitted ? -later : taken })
}
