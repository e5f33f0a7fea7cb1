import { type CellColumn, type Cells, EARLIER, HEADLINES, type ReportingPeriod, roomAround, twinsOf } from '@zuil/core'
import { shareMaxOf } from '@zuil/warehouse'
import type { CellTable, Level } from './cell-table.ts'

/** A total of fewer people is no headline: in a small village it is the first thing that has to go. */
const HEADLINE_PEOPLE_MIN = 50

/** A table of cells as `protect` takes it. */
export function cellsOfTable(table: CellTable, period: ReportingPeriod): Cells {
  const { size } = table
  const silent = new Uint8Array(size)
  const headlines = new Uint8Array(size)
  for (const level of table.levels) {
    const end = level.first + level.size
    if (!level.cube.publishesPeople) silent.fill(1, level.first, end)
    for (let cell = level.first; cell < end; cell++) headlines[cell] = headlineOf(level, table.people.at(cell))
  }
  keepShown(table, headlines)
  const columns = columnsOf(table, period)
  const cells = {
    size,
    people: table.people.view(),
    keys: table.keys.view(),
    silent,
    structuralZeros: table.structuralZeros.view(),
    unsafe: table.unsafe.view(),
    headlines,
    columns: columns.map(({ column }) => column),
  }
  const states = table.earlierStates.view()
  if (states.length === 0) return cells
  return { ...cells, earlier: { states, values: joined([table.earlierPeople.view(), ...columns.map(({ before }) => before)]) } }
}

function columnsOf(table: CellTable, period: ReportingPeriod): readonly { column: CellColumn; before: Float64Array }[] {
  return table.cubes.flatMap((cube) => {
    const { first, columns } = table.columnsOf(cube)
    return cube.columns.map((declared, index) => {
      const values = columns[index]?.now.view() ?? new Float64Array(0)
      const column: CellColumn = {
        id: declared.id,
        base: declared.roundingBase,
        shareMax: shareMaxOf(declared, period),
        first,
        values,
        // the largest contribution is the whole amount at most
        ...(declared.dominance ? { rooms: values.map((value) => roomAround({ largest: value })) } : {}),
      }
      return { column, before: columns[index]?.before.view() ?? new Float64Array(0) }
    })
  })
}

/** What stands elsewhere, and wherever the same people are counted, is withheld here only when nothing else helps: whoever reads both knows it. */
function keepShown(table: CellTable, headlines: Uint8Array): void {
  const levels = table.levels.filter(({ isShownElsewhere }) => isShownElsewhere)
  if (levels.length === 0) return
  const twins = twinsOf({ size: table.size, people: table.people.view(), keys: table.keys.view() })
  const isShown = new Uint8Array(table.size)
  for (const { first, size } of levels) {
    for (let cell = first; cell < first + size; cell++)
      if (table.earlierStates.at(cell) === EARLIER.open) isShown[twins[cell] ?? cell] = 1
  }
  for (const [cell, first] of twins.entries())
    if (isShown[first]) headlines[cell] = Math.max(headlines[cell] ?? 0, HEADLINES.lastResort)
}

/** Totals of places: that of all is never withheld for another's sake, that of one only when nothing else helps. */
function headlineOf({ kind, dimensions }: Level, people: number): number {
  if (dimensions.length > 0 || people < HEADLINE_PEOPLE_MIN) return HEADLINES.no
  return kind === 'ALL' ? HEADLINES.never : HEADLINES.lastResort
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((length, part) => length + part.length, 0))
  let next = 0
  for (const part of parts) {
    all.set(part, next)
    next += part.length
  }
  return all
}
