import { CELL_STATES, Figures, type Protected, protect, type ReportingPeriod } from '@zuil/core'
import type { CellTable } from './cell-table.ts'
import { cellsOfTable } from './cells-of-table.ts'
import { type Regions, relationsOf } from './cube-relations.ts'
import type { NamedCell, PublishedRow } from './release-store.ts'

export interface MadeRelease {
  readonly table: CellTable
  readonly figures: Figures
  readonly protected: Protected
  /** Open cells, and withheld ones that have people. */
  readonly cells: number
  readonly withheld: number
}

/** Decides what of counted cells may be seen. */
export function makeRelease(
  table: CellTable,
  { period, regions, threshold }: { readonly period: ReportingPeriod; readonly regions: Regions; readonly threshold: number },
): MadeRelease {
  const cells = cellsOfTable(table, period)
  const figures = new Figures(cells)
  const relations = relationsOf({ table, cells, figures, regions, threshold })
  const result = protect(cells, relations, threshold)
  let open = 0
  for (const state of result.states) if (state === CELL_STATES.open) open++
  return { table, figures, protected: result, cells: open, withheld: table.size - open }
}

/** The rows of a release's open cells. */
export function* publishedRows({ table, figures, protected: { states, published } }: MadeRelease): Iterable<PublishedRow> {
  let column = 0
  for (const cube of table.cubes) {
    const firstColumn = column
    column += cube.columns.length
    for (const level of table.levels) {
      if (level.cube !== cube) continue
      const dimensions = level.dimensions.join(',')
      for (let cell = level.first; cell < level.first + level.size; cell++) {
        if (states[cell] !== CELL_STATES.open) continue
        const row = { cube: cube.id, place: table.placeOf(cell), dimensions, members: table.membersOf(cell, level) }
        if (cube.publishesPeople) yield { ...row, column: 'people', value: published[cell] ?? 0 }
        for (const [index, { id }] of cube.columns.entries()) {
          yield { ...row, column: id, value: published[figures.of(firstColumn + index + 1, cell)] ?? 0 }
        }
      }
    }
  }
}

/** Cells that are withheld for the sake of others: they stay so as long as these are withheld. */
export function* protectingCells({ table, protected: { states } }: MadeRelease): Iterable<NamedCell> {
  for (const level of table.levels) {
    for (let cell = level.first; cell < level.first + level.size; cell++) {
      if (states[cell] !== CELL_STATES.protectsAnother) continue
      const dimensions = level.dimensions.join(',')
      yield { cube: level.cube.id, place: table.placeOf(cell), dimensions, members: table.membersOf(cell, level) }
    }
  }
}
