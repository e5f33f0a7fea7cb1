import type { ReportingPeriod } from '@zuil/core'
import type { RowValue } from '@zuil/warehouse'

/** A cell by what it is. */
export interface NamedCell {
  readonly cube: string
  readonly place: string
  /** Ids, joined by commas. */
  readonly dimensions: string
  readonly members: readonly string[]
}

/** One value of one cell that is published. */
export interface PublishedRow extends NamedCell {
  /** `people` or a column of the cube. */
  readonly column: string
  readonly value: number
  readonly status: 'ok' | 'structural_zero'
}

type PeriodName = Pick<ReportingPeriod, 'kind' | 'key'>

/** Text of a row that its content hash is made of; the warehouse makes the same (CONTENT_SQL of release-store.ts). */
export function lineOf(row: PublishedRow, { kind, key }: PeriodName): string {
  const { cube, place, dimensions, members, column, value, status } = row
  return [cube, place, dimensions, members.join(','), column, value, status, kind, key].join('\t')
}

/** Values in the order of the columns of `published_cells`. */
export function publishedValues(release: number, { kind, key }: PeriodName, row: PublishedRow): readonly RowValue[] {
  return [release, row.cube, kind, key, row.place, row.dimensions, row.members, row.column, row.value, row.status]
}

/** Values in the order of the columns of `protecting_cells`. */
export function protectingValues(release: number, { cube, place, dimensions, members }: NamedCell): readonly RowValue[] {
  return [release, cube, place, dimensions, members]
}
