import { CELL_STATES, type Cells, type ReportingPeriod } from '@zuil/core'
import { cellsOfTable } from '../publish/cells-of-table.ts'
import { type Regions, relationsOf } from '../publish/cube-relations.ts'
import type { MadeRelease } from '../publish/make-release.ts'
import type { AuditedRelease } from './audited-release.ts'

export interface AttackOptions {
  readonly period: ReportingPeriod
  readonly regions: Regions
  readonly threshold: number
}

/** A release as it will be published, for those who attack it. */
export function asAttacked(
  { table, figures, protected: { states, published } }: MadeRelease,
  { period, regions, threshold }: AttackOptions,
): AuditedRelease {
  const cells = cellsOfTable(table, period)
  const seen = Float64Array.from(published, (value, figure) => {
    const cell = figures.cellOf(figure)
    return states[cell] === CELL_STATES.open && !isSilent(cells, figure) ? value : Number.NaN
  })
  const relations = relationsOf({ table, cells, figures, regions, threshold })
  return { table, cells, figures, relations, threshold, published: seen, isFresh: true }
}

/** Whether a figure is a number of people that is not published. */
export function isSilent({ size, silent }: Pick<Cells, 'size' | 'silent'>, figure: number): boolean {
  return figure < size && silent[figure] === 1
}
