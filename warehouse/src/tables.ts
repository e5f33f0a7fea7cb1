import type { Column } from '@zuil/core/contracts/clickhouse-json'
import { DIMENSION_COLUMNS } from '@zuil/core/contracts/projection-row'
import { REFUSAL_COLUMNS } from '@zuil/core/contracts/refusal-row'
import { TRANSACTION_COLUMNS } from '@zuil/core/contracts/transaction-row'

/**
 * The tables that take rows. Their columns are those of the row text in core: archive, insert and read-back follow that
 * one list, and a test compares it with what the migrations make.
 */
export const TABLES = {
  transactions: TRANSACTION_COLUMNS,
  refusals: REFUSAL_COLUMNS,
  ...DIMENSION_COLUMNS,
} as const satisfies Record<string, readonly Column[]>

export type TableName = keyof typeof TABLES

/** TABLES has no other keys than its own, so `Object.keys` gives exactly these. */
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[]

export function isTableName(name: string): name is TableName {
  return Object.hasOwn(TABLES, name)
}

export function columnNames(table: TableName): readonly string[] {
  return TABLES[table].map(({ name }) => name)
}
