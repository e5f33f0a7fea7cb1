import type { Redis } from 'ioredis'
import { ledgerErrorOf } from '../ledger/redis-error.ts'
import type { Shelf } from './registry-writer.ts'

/** Entries in one step: some milliseconds of work, between which others have their turn. */
const STEP_ENTRIES = 500

/** Every entry of a shelf by its key; one that is written meanwhile may come twice. @throws {LedgerError} */
export async function* scanShelf(
  redis: Redis,
  { values }: Pick<Shelf, 'values'>,
): AsyncIterable<readonly [key: string, text: string]> {
  let cursor = '0'
  do {
    const [next, found] = await redis.hscan(values, cursor, 'COUNT', STEP_ENTRIES).catch((cause: unknown) => {
      throw ledgerErrorOf(cause)
    })
    for (let index = 0; index + 1 < found.length; index += 2) yield [found[index] ?? '', found[index + 1] ?? '']
    cursor = next
  } while (cursor !== '0')
}
