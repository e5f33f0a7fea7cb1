import { type Content, TABLE_NAMES, type TableName, type Warehouse } from '@zuil/warehouse'
import { differences } from '../archive/content.ts'
import type { LoadBatch } from '../load/load-batch.ts'
import { type StoreDependencies, storeBatch } from '../load/store-batch.ts'
import type { Expectations } from './expectations.ts'

/** Ranges that are read back with one query. */
export const VERIFY_RANGES_MAX = 500

/** A range of which the warehouse does not hold what the archive says. */
export interface Difference {
  readonly lane: number
  readonly range: number
  readonly table: TableName
  readonly expectedRows: number
  readonly actualRows: number
}

export interface LaneSpan {
  readonly lane: number
  readonly first: number
  readonly last: number
}

/** Compares ranges by content, every table; ascending by range. */
export async function findDifferences(
  warehouse: Pick<Warehouse, 'contentOfSurvivors'>,
  expectations: Pick<Expectations, 'content'>,
  span: LaneSpan,
): Promise<Difference[]> {
  const found: Difference[] = []
  for (let first = span.first; first <= span.last; first += VERIFY_RANGES_MAX) {
    const last = Math.min(span.last, first + VERIFY_RANGES_MAX - 1)
    const expected = new Map<TableName, Map<number, Content>>(TABLE_NAMES.map((table) => [table, new Map()]))
    for (let range = first; range <= last; range++) {
      for (const [table, content] of await expectations.content(range)) expected.get(table)?.set(range, content)
    }
    for (const [table, byRange] of expected) {
      const actual = await warehouse.contentOfSurvivors(table, { lane: span.lane, from: first, to: last })
      for (const range of differences(byRange, actual)) {
        const expectedRows = byRange.get(range)?.rows ?? 0
        found.push({ lane: span.lane, range, table, expectedRows, actualRows: actual.get(range)?.rows ?? 0 })
      }
    }
  }
  return found.sort((a, b) => a.range - b.range)
}

/** Loads one range anew and reads it back. @throws what {@link storeBatch} throws. */
export async function repairRange(
  warehouse: Pick<Warehouse, 'removeRange'>,
  expectations: Expectations,
  difference: Difference,
  store: StoreDependencies,
): Promise<void> {
  const { lane, range, table } = difference
  // what stands there under another key would stay beside the right rows
  if (difference.actualRows > 0) await warehouse.removeRange(table, { lane, range })
  const batch = await batchOf(expectations, { lane, first: range, last: range }, table)
  await storeBatch(batch, store)
}

/** The expected rows of some ranges as one batch; of one table, or of all. */
export async function batchOf(expectations: Expectations, span: LaneSpan, only?: TableName): Promise<LoadBatch> {
  const lines = new Map<TableName, string[]>()
  const expected = new Map<TableName, Map<number, Content>>()
  for (let range = span.first; range <= span.last; range++) {
    for (const row of await expectations.rows(range)) {
      const of = lines.get(row.table)
      if (of) of.push(row.line)
      else lines.set(row.table, [row.line])
    }
    for (const [table, content] of await expectations.content(range)) {
      const of = expected.get(table) ?? new Map<number, Content>()
      expected.set(table, of.set(range, content))
    }
  }
  const wanted = [...lines].filter(([table]) => only === undefined || only === table)
  const tables = wanted.map(([table, of]) => {
    return { table, block: undefined, lines: async () => of, expected: expected.get(table) ?? new Map<number, Content>() }
  })
  const rows = wanted.reduce((sum, [, of]) => sum + of.length, 0)
  return { lane: span.lane, first: span.first, last: span.last, to: '', rows, isReplacing: true, tables }
}
