import type { Cells, Figures, Relations } from '@zuil/core'
import type { AttackNumber } from '@zuil/warehouse'
import type { CellTable } from '../publish/cell-table.ts'

/** A release in the hands of somebody who attacks it; the true numbers only judge what the attacker found. */
export interface AuditedRelease {
  readonly table: CellTable
  readonly cells: Cells
  readonly figures: Figures
  /** How figures hang together, which anybody knows who read what the cubes are. */
  readonly relations: Relations
  readonly threshold: number
  /** Published value of each figure; not a number where there is none. */
  readonly published: Float64Array
  /** Whether the true numbers are those that it was made from; else they are of later. */
  readonly isFresh: boolean
}

/** Something that an attack worked out and nobody may. */
export interface Recovered {
  readonly attack: AttackNumber
  /** The cell, for the operator's eyes. */
  readonly cell: string
  readonly detail: string
}

/** 1 to T-1 people: what nobody may work out. */
export function isSmall(people: number, threshold: number): boolean {
  return people >= 1 && people < threshold
}

/** Where a cell stands, e.g. `holders municipality:44021 tariff=KT`. */
export function describeCell(table: CellTable, cell: number): string {
  const level = table.levels.find(({ first, size }) => cell >= first && cell < first + size)
  if (!level) return `cell ${cell}`
  const members = table.membersOf(cell, level).map((member, index) => `${level.dimensions[index]}=${member}`)
  return [level.cube.id, table.placeOf(cell), ...members].join(' ')
}

export function describeFigure({ table, figures, cells }: AuditedRelease, figure: number): string {
  const column = figures.columnOf(figure)
  const what = column === 0 ? 'people' : (cells.columns[column - 1]?.id ?? '')
  return `${describeCell(table, figures.cellOf(figure))}: ${what}`
}
