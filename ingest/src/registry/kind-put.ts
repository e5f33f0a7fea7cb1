import type { SchemaError } from '@zuil/core'
import { encodeRecord } from '@zuil/core/contracts/journal'
import type { Redis } from 'ioredis'
import { RECORD_CHARACTERS_MAX } from '../ledger/commit-item.ts'
import type { Secrets } from '../secrets.ts'
import type { RegistryWriter } from './registry-writer.ts'

export interface PutProblem {
  readonly code: 'body/invalid-data' | 'card-in-use' | 'conflict'
  readonly detail: string
  readonly schemaErrors: readonly SchemaError[]
}

/** What became of one entry in one round. */
export type PutStep = 'written' | 'unchanged' | 'conflict' | PutProblem

/** The way in of one kind of entry, as far as it differs between kinds. */
export interface KindPut<T> {
  /** Two entries with the same name cannot be written by one call. */
  readonly nameOf: (value: T) => string
  readonly write: (values: readonly T[]) => Promise<readonly PutStep[]>
}

export interface PutParts {
  readonly lanes: number
  readonly redis: Redis
  readonly secrets: Secrets
  readonly writer: RegistryWriter
}

/** A record that the journal does not take; undefined when it does. */
export function tooLong(record: Parameters<typeof encodeRecord>[0] | undefined): PutProblem | undefined {
  if (!record || encodeRecord(record).length <= RECORD_CHARACTERS_MAX) return undefined
  const error = `The entry is longer than ${RECORD_CHARACTERS_MAX} characters in the journal.`
  return { code: 'body/invalid-data', detail: 'Invalid body data', schemaErrors: [{ jsonPointer: '/', error }] }
}
