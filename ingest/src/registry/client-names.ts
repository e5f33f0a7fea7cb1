import type { ApiClient } from '@zuil/core'
import type { Redis } from 'ioredis'
import { ledgerErrorOf } from '../ledger/redis-error.ts'
import { CONTENT_HASH_LENGTH, entityShelf } from './registry-writer.ts'

/** Names of API clients by their id, for who has no registry in memory. @throws {LedgerError} */
export async function readClientNames(redis: Redis): Promise<ReadonlyMap<string, string>> {
  try {
    const stored = await redis.hgetall(entityShelf('clients').values)
    return new Map(
      Object.entries(stored).map(([id, text]) => {
        // Written by the registry's store only.
        const { client } = JSON.parse(text.slice(CONTENT_HASH_LENGTH + 1)) as { readonly client: ApiClient }
        return [id, client.name]
      }),
    )
  } catch (error) {
    throw ledgerErrorOf(error)
  }
}
