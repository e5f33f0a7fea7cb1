import { CELL_STATES, type Cells, Figures, type Protected, protect, type Relations, type ReportingPeriod } from '@zuil/core'
import type { CellTable, Level } from './cell-table.ts'
import { cellsOfTable } from './cells-of-table.ts'
import { type Regions, relationsOf } from './cube-relations.ts'
import type { NamedCell, PublishedRow } from './release-rows.ts'

export interface MadeRelease extends Protected {
  readonly table: CellTable
  readonly counted: Cells
  readonly figures: Figures
  readonly relations: Relations
  /** Open cells, and withheld ones that have people. */
  readonly cells: number
  readonly withheld: number
}

export interface ReleaseTerms {
  readonly period: ReportingPeriod
  readonly regions: Regions
  readonly threshold: number
}

/** Decides what of counted cells may be seen. */
export function makeRelease(table: CellTable, { period, regions, threshold }: ReleaseTerms): MadeRelease {
  const counted = cellsOfTable(table, period)
  const figures = new Figures(counted)
  const relations = relationsOf({ table, cells: counted, figures, regions, threshold })
  const result = protect(counted, relations, threshold)
  let cells = 0
  let withheld = 0
  for (const state of result.states) {
    if (state === CELL_STATES.open) cells++
    else if (state !== CELL_STATES.structuralZero) withheld++
  }
  return { ...result, table, counted, figures, relations, cells, withheld }
}

/** The rows of a release's open cells, and of those in which nobody can be. */
export function* publishedRows({ table, figures, states, published }: MadeRelease): Iterable<PublishedRow> {
  let column = 0
  for (const cube of table.cubes) {
    const firstColumn = column
    column += cube.columns.length
    for (const level of table.levels) {
      if (level.cube !== cube) continue
      for (let cell = level.first; cell < level.first + level.size; cell++) {
        const status = STATUSES.get(states[cell] ?? CELL_STATES.fewPeople)
        if (status === undefined) continue
        const row = { ...nameOf(table, level, cell), status }
        if (cube.publishesPeople) yield { ...row, column: 'people', value: published[cell] ?? 0 }
        for (const [index, { id }] of cube.columns.entries()) {
          yield { ...row, column: id, value: published[figures.of(firstColumn + index + 1, cell)] ?? 0 }
        }
      }
    }
  }
}

/** What readers are told of cells that have rows. */
const STATUSES = new Map<number, PublishedRow['status']>([
  [CELL_STATES.open, 'ok'],
  [CELL_STATES.structuralZero, 'structural_zero'],
])

/** Cells that are withheld for the sake of others: they stay so as long as these are withheld. */
export function* protectingCells({ table, states }: MadeRelease): Iterable<NamedCell> {
  for (const level of table.levels) {
    for (let cell = level.first; cell < level.first + level.size; cell++) {
      if (states[cell] === CELL_STATES.protectsAnother) yield nameOf(table, level, cell)
    }
  }
}

function nameOf(table: CellTable, level: Level, cell: number): NamedCell {
  const { cube, dimensions } = level
  return {
    cube: cube.id,
    place: table.placeOf(cell),
    dimensions: dimensions.join(','),
    members: table.membersOf(cell, level),
  }
}
