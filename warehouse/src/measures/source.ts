import type { Texts } from '../texts.ts'

/**
 * A query of a measure's own. Its SQL gives one row for each cell: a text column for each dimension ('' where the cell is
 * a margin), the columns, and `place`. It may use {firstDay:Date}, {lastDay:Date} and {now:DateTime64(3, 'UTC')}.
 */
export interface Source {
  /** What parts name as their cube. */
  readonly id: string
  /** What one row of the count stands for. */
  readonly names: Texts
  readonly dimensions: readonly string[]
  readonly columns: readonly string[]
  readonly sql: string
}
