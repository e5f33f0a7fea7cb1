/** A table, ready to print: behind a chart, or by itself. */
export interface TableView {
  readonly caption: string
  readonly columns: readonly TableColumn[]
  readonly rows: readonly TableRow[]
}

export interface TableColumn {
  readonly label: string
  /** Numbers are set to the right. */
  readonly numeric: boolean
}

export interface TableRow {
  /** Stable identity of the row between updates. */
  readonly key: string
  /** As many as there are columns; the first is the row's header. */
  readonly cells: readonly TableCell[]
  /** Where its header leads to, on the same page or another. */
  readonly href?: string
  /** A sum of the others. */
  readonly isTotal?: boolean
}

/** What stands in a cell, or the words in place of a number that is not shown. */
export type TableCell = string | { readonly withheld: string }
