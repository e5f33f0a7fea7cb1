import type { TableName } from '@zuil/warehouse'
import type { BatchTable } from './load-batch.ts'
import type { LoadWarehouse } from './load-warehouse.ts'

/** A row that the warehouse refuses for what it says; everything else of its batch is stored. */
export interface RefusedRow {
  readonly table: TableName
  readonly line: string
  readonly reason: string
}

/**
 * Refused rows of one batch at most. More means that not the rows are wrong but the table (a missing migration, a changed
 * column): then nothing is put aside and loading waits for somebody to look.
 */
export const REFUSED_ROWS_MAX = 100

export class TooManyRefusedError extends Error {
  override readonly name = 'TooManyRefusedError'
  readonly code = 'too-many-refused'
}

/** Says why a row can never be stored; undefined for errors that pass. */
export type PoisonReason = (error: unknown) => string | undefined

/** Inserts the rows of a table at once where they are at hand like that; only when one of them is refused, line by line. */
export async function insertTable(
  warehouse: Pick<LoadWarehouse, 'insert'>,
  { table, block, lines }: Pick<BatchTable, 'table' | 'block' | 'lines'>,
  poisonReason: PoisonReason,
): Promise<RefusedRow[]> {
  try {
    if (block) {
      await warehouse.insert(table, block)
      return []
    }
  } catch (error) {
    if (poisonReason(error) === undefined) throw error
  }
  return await insertOrIsolate(warehouse, { table, lines: await lines() }, poisonReason)
}

/** Inserts lines; the ones that are refused are found by halving. @throws what the warehouse throws, when it is not about a row. */
export async function insertOrIsolate(
  warehouse: Pick<LoadWarehouse, 'insert'>,
  rows: { table: TableName; lines: readonly string[] },
  poisonReason: PoisonReason,
): Promise<RefusedRow[]> {
  const refused: RefusedRow[] = []
  await insertPart(rows.lines)
  return refused

  async function insertPart(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return
    try {
      await warehouse.insert(rows.table, lines)
    } catch (error) {
      const reason = poisonReason(error)
      if (reason === undefined) throw error
      const [line] = lines
      if (lines.length === 1 && line !== undefined) {
        refused.push({ table: rows.table, line, reason })
        if (refused.length > REFUSED_ROWS_MAX)
          throw new TooManyRefusedError(`More than ${REFUSED_ROWS_MAX} rows of ${rows.table} are refused`)
        return
      }
      const middle = Math.ceil(lines.length / 2)
      await insertPart(lines.slice(0, middle))
      await insertPart(lines.slice(middle))
    }
  }
}
