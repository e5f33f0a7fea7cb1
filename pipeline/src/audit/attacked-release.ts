import { CELL_STATES, type Cells, EARLIER, Figures } from '@zuil/core'
import type { CellTable } from '../publish/cell-table.ts'
import { cellsOfTable } from '../publish/cells-of-table.ts'
import { relationsOf } from '../publish/cube-relations.ts'
import type { MadeRelease, ReleaseTerms } from '../publish/make-release.ts'
import type { AuditedRelease } from './audited-release.ts'

/** A release as it will be published, for those who attack it. */
export function asAttacked(made: MadeRelease, threshold: number): AuditedRelease {
  const { table, counted, figures, relations, states, published } = made
  const seen = Float64Array.from(published, (value, figure) => {
    const cell = figures.cellOf(figure)
    return states[cell] === CELL_STATES.open && !isSilent(counted, figure) ? value : Number.NaN
  })
  return { table, cells: counted, figures, relations, threshold, published: seen, isFresh: true }
}

/**
 * A release as it stands: its cells were counted anew, and came with what is published of them. Where people came late, the published
 * numbers say less than they did, never more.
 */
export function asPublished(table: CellTable, { period, regions, threshold }: ReleaseTerms): AuditedRelease {
  const { earlier, ...cells } = cellsOfTable(table, period)
  const figures = new Figures(cells)
  const relations = relationsOf({ table, cells, figures, regions, threshold })
  const published = Float64Array.from({ length: figures.count }, (_, figure) => {
    const isOpen = earlier?.states[figures.cellOf(figure)] === EARLIER.open
    return isOpen && !isSilent(cells, figure) ? (earlier?.values[figure] ?? Number.NaN) : Number.NaN
  })
  return { table, cells, figures, relations, threshold, published, isFresh: false }
}

/** Whether a figure is a number of people that is not published. */
function isSilent({ size, silent }: Pick<Cells, 'size' | 'silent'>, figure: number): boolean {
  return figure < size && silent[figure] === 1
}
