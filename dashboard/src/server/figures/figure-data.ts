import { type BenchmarkRow, type Estimate, type Measure, parsePlace, type Release, type Unit } from '@zuil/warehouse'
import type { FigureAnnotation } from './figure-annotations.ts'
import type { FigureDescription } from './page-description.ts'

/** A row or column: what tells cells apart along an axis. */
export interface Category {
  readonly key: string
  readonly label: string
  /** The same inside a sentence, where names of groups have no capital. */
  readonly spoken: string
}

/**
 * The cells of one figure, arranged: everything that a reader sees of it, the title, the drawing, the table and the sentence for
 * those who do not see the drawing, is made of this object.
 */
export interface FigureData {
  readonly description: FigureDescription
  readonly measure: Measure
  /** The one that the figure is about; the newest where there are several. */
  readonly release: Release
  readonly releases: readonly Release[]
  /** What people noted that touches its time. */
  readonly annotations: readonly FigureAnnotation[]
  /** What was asked of the data API for the newest period. */
  readonly places: readonly string[]
  readonly rows: readonly Category[]
  /** Of those of whom it is not known, where all of it is withheld: the last row of the table, as of the file. */
  readonly unknown?: Category
  /** One without a name where there is no axis of columns. */
  readonly columns: readonly Category[]
  /** The figures of the measure for each cell, the first is the one that is drawn. */
  readonly cells: ReadonlyMap<string, Estimate>
  /** What the rows stand beside. */
  readonly beside?: { readonly label: string; readonly cells: ReadonlyMap<string, Estimate> }
  /** Of the benchmark, by figure: what the anonymous peers have. */
  readonly peers?: ReadonlyMap<string, BenchmarkRow>
}

/** @param figure of the measure; of data by figure the row or column says it */
export function cellKey(row: string, column: string, figure: string): string {
  return [row, column, figure].join('\n')
}

/** The drawn cell of a row and column. */
export function cellAt(data: FigureData, row: Category, column: Category = NO_COLUMN): Estimate | undefined {
  return data.cells.get(cellKey(row.key, column.key, mainFigure(data, row, column)))
}

export function besideAt(data: FigureData, row: Category): Estimate | undefined {
  return data.beside?.cells.get(cellKey(row.key, '', mainFigure(data, row, NO_COLUMN)))
}

/** Columns that are drawn: of figures beside each other the first ones of one unit. */
export function drawnColumns(data: FigureData): readonly Category[] {
  if (data.description.columns !== 'figure') return data.columns
  const unit = unitOf(data, data.columns[0]?.key ?? '')
  const most = data.description.chart === 'stack' ? data.columns.length : 2
  return data.columns.filter(({ key }) => unitOf(data, key) === unit).slice(0, most)
}

export function unitOf({ measure }: Pick<FigureData, 'measure'>, figure: string): Unit {
  return measure.figures.find(({ id }) => id === figure)?.unit ?? measure.unit
}

/** Unit of what is drawn. */
export function mainUnit(data: FigureData, row?: Category): Unit {
  const [first = ''] = data.description.figures
  return unitOf(data, data.description.rows === 'figure' ? (row?.key ?? first) : first)
}

export const NO_COLUMN: Category = { key: '', label: '', spoken: '' }

function mainFigure({ description }: FigureData, row: Category, column: Category): string {
  if (description.rows === 'figure') return row.key
  if (description.columns === 'figure') return column.key
  return description.figures[0] ?? ''
}

/** Whether two estimates are further apart than the rounding allows. */
export function isApart(one: Estimate, other: Estimate): boolean {
  return (one.high ?? Number.POSITIVE_INFINITY) < other.low || (other.high ?? Number.POSITIVE_INFINITY) < one.low
}

/** Whether a place is a municipality, which has a point on a map. */
export function nisOf(place: string): number | undefined {
  const parsed = parsePlace(place.includes(':') ? place : `municipality:${place}`)
  return parsed?.kind === 'MUNICIPALITY' ? parsed.nis : undefined
}
