import type { TableName } from '@zuil/warehouse'
import { type Content, differences, NO_CONTENT, withoutLines } from '../archive/content.ts'
import { rangeOfLine } from '../archive/line.ts'
import type { Fault } from '../fault.ts'
import { insertTable, type PoisonReason, type RefusedRow } from './insert.ts'
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

/** A batch that the warehouse took, and nobody has read back yet. */
export interface InsertedBatch {
  readonly batch: LoadBatch
  /** Rows that were refused, by table. */
  readonly refused: ReadonlyMap<TableName, readonly RefusedRow[]>
}

/**
 * Stores a batch and reads it back, each table by itself: while one is read back another one is inserted. Gives the rows that were refused. Storing
 * the same batch again is harmless: its rows have the same keys and versions. @throws {ContentMismatchError} {TooManyRefusedError} and
 * what the warehouse throws, when nothing is under way any more.
 */
export async function storeBatch(batch: LoadBatch, dependencies: StoreDependencies): Promise<RefusedRow[]> {
  const stored = await Promise.allSettled(
    batch.tables.map(async (table) => {
      const refused = await insertOnce(batch, table, dependencies)
      return await readBackTable(batch, { table, refused }, dependencies)
    }),
  )
  return stored.flatMap((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  })
}

/** All tables, to be read back by {@link readBackBatch}: what it resolves with is not to be believed before. */
export async function insertBatch(batch: LoadBatch, dependencies: StoreDependencies): Promise<InsertedBatch> {
  const refused = new Map<TableName, readonly RefusedRow[]>()
  for (const table of batch.tables) refused.set(table.table, await insertOnce(batch, table, dependencies))
  return { batch, refused }
}

/** What differs is inserted again, some times. @throws as {@link storeBatch}. */
export async function readBackBatch({ batch, refused }: InsertedBatch, dependencies: StoreDependencies): Promise<RefusedRow[]> {
  const all: RefusedRow[] = []
  for (const table of batch.tables) {
    all.push(...(await readBackTable(batch, { table, refused: refused.get(table.table) ?? [] }, dependencies)))
  }
  return all
}

async function insertOnce(batch: LoadBatch, table: BatchTable, dependencies: StoreDependencies): Promise<RefusedRow[]> {
  const { warehouse, poisonReason, fault } = dependencies
  const place = { lane: batch.lane, range: batch.last }
  await fault('before-insert', place)
  const refused = await insertTable(warehouse, table, poisonReason)
  await fault('after-insert', place)
  return refused
}

async function readBackTable(
  batch: LoadBatch,
  inserted: { table: BatchTable; refused: readonly RefusedRow[] },
  dependencies: StoreDependencies,
): Promise<readonly RefusedRow[]> {
  const { warehouse, fault } = dependencies
  const { table } = inserted
  const span = { lane: batch.lane, from: batch.first, to: batch.last }
  let { refused } = inserted
  let differing: number[] = []
  for (let tries = 1; tries <= INSERT_TRIES_MAX; tries++) {
    if (tries > 1) refused = await insertOnce(batch, table, dependencies)
    const expected = withoutRefused(table.expected, refused)
    differing = differences(expected, await warehouse.contentByRange(table.table, span))
    if (differing.length > 0) differing = differences(expected, await warehouse.contentByRange(table.table, span))
    await fault('after-read-back', { lane: batch.lane, range: batch.last })
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
