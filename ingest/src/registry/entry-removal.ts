import { entityId, type RemovableKind } from '@zuil/core'
import { LedgerError } from '../ledger/ledger-error.ts'
import type { PutParts } from './kind-put.ts'
import { removableEntity } from './registry-tables.ts'
import { CONTENT_HASH_LENGTH, entityShelf } from './registry-writer.ts'
import { REMOVED } from './sealed-entry.ts'

/** How often an entry is looked up again because somebody else changed it at the same moment. */
const ROUNDS_MAX = 5

export interface EntryName {
  readonly kind: RemovableKind
  /** As it was put. */
  readonly id: string
}

/** Takes an entry out of the registry; false when there is none. The registry log keeps that it was there, and that it went. */
export async function removeEntry({ redis, secrets, writer, lanes }: PutParts, { kind, id }: EntryName): Promise<boolean> {
  const shelf = entityShelf(kind)
  const key = kind === 'accounts' ? secrets.accountHash(id).toString('base64url') : kind === 'kiosks' ? entityId(id) : id
  const entity = removableEntity(kind, key)
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const prior = await redis.hget(shelf.values, key)
    const seen = prior?.slice(0, CONTENT_HASH_LENGTH) ?? ''
    const [result] = prior === null ? ['unchanged'] : await writer.write(shelf, [{ key, seen, entry: REMOVED, entity }])
    if (result === 'conflict') continue
    // Also for what is gone: an earlier call may have stopped between lane 0 and the others.
    await writer.touch(lanes, [entity])
    return result === 'written'
  }
  throw new LedgerError('unavailable', 'Somebody else changes the entry all the time')
}
