import { type Content, differences, NO_CONTENT, withoutLines } from '../archive/content.ts'
import { rangeOfLine } from '../archive/line.ts'
import type { Fault } from '../fault.ts'
import { insertOrIsolate, type PoisonReason, type RefusedRow } from './insert.ts'
import type { BatchTable, LoadBatch } from './load-batch.ts'
import type { LoadWarehouse } from './load-warehouse.ts'

/** Inserts of one batch before loading backs off and raises an alarm. */
export const INSERT_TRIES_MAX = 3

/** The warehouse holds something else than was inserted, also after inserting again. */
export class ContentMismatchError extends Error {
  override readonly name = 'ContentMismatchError'
  readonly code = 'content-mismatch'
}

export interface StoreDependencies {
  readonly warehouse: LoadWarehouse
  readonly poisonReason: PoisonReason
  readonly fault: Fault
}

/**
 * Stores a batch and reads it back, table by table. Gives the rows that were refused. Storing the same batch again is harmless: its
 * rows have the same keys and versions. @throws {ContentMismatchError} {TooManyRefusedError} and what the warehouse throws.
 */
export async function storeBatch(batch: LoadBatch, dependencies: StoreDependencies): Promise<RefusedRow[]> {
  const refused: RefusedRow[] = []
  for (const table of batch.tables) refused.push(...(await storeTable(batch, table, dependencies)))
  return refused
}

async function storeTable(batch: LoadBatch, table: BatchTable, dependencies: StoreDependencies): Promise<RefusedRow[]> {
  const { warehouse, poisonReason, fault } = dependencies
  const place = { lane: batch.lane, range: batch.last }
  const span = { lane: batch.lane, from: batch.first, to: batch.last }
  let differing: number[] = []
  for (let tries = 1; tries <= INSERT_TRIES_MAX; tries++) {
    await fault('before-insert', place)
    const refused = await insertOrIsolate(warehouse, table, poisonReason)
    await fault('after-insert', place)
    const expected = withoutRefused(table.expected, refused)
    differing = differences(expected, await warehouse.contentByRange(table.table, span))
    if (differing.length > 0) differing = differences(expected, await warehouse.contentByRange(table.table, span))
    await fault('after-read-back', place)
    if (differing.length === 0) return refused
  }
  throw new ContentMismatchError(
    `Table ${table.table} holds other content than was inserted for lane ${batch.lane}, ranges ${differing.slice(0, 10).join(', ')}`,
  )
}

function withoutRefused(expected: ReadonlyMap<number, Content>, refused: readonly RefusedRow[]): ReadonlyMap<number, Content> {
  if (refused.length === 0) return expected
  const left = new Map(expected)
  for (const row of refused) {
    const range = rangeOfLine(row.line)
    left.set(range, withoutLines(left.get(range) ?? NO_CONTENT, [row.line]))
  }
  return left
}
