import type { Estimate, Measure } from '@zuil/warehouse'
import type { FigureView } from '../../lib/figure/figure-view.ts'
import type { ReportTable } from '../../lib/report/report-view.ts'
import type { FigureData } from '../figures/figure-data.ts'
import { tableColumns } from '../figures/figure-table.ts'
import { capital, type FigureWriting } from '../figures/figure-writing.ts'
import type { AnswerValue } from '../formats/answer-table.ts'

/** The table of a figure with numbers in it, for a workbook. */
export interface ReportSheet {
  /** Of the figure, unique in a report. */
  readonly id: string
  readonly title: string
  readonly measure: string
  readonly source: string
  readonly columns: readonly string[]
  /** The first value names the row; words stand where there is no number to show. */
  readonly rows: readonly (readonly AnswerValue[])[]
}

/** A figure of a report, with what the chapters about all of them say of it. */
export interface ReportFigure {
  readonly view: FigureView
  readonly sheet: ReportSheet
  readonly measure: Measure
  /** Every cell of it. */
  readonly estimates: readonly Estimate[]
}

/** The same cells as the printed table, as numbers. */
export function numbersOf(data: FigureData, writing: FigureWriting): Pick<ReportSheet, 'columns' | 'rows'> {
  const columns = tableColumns(data, writing).filter(({ isBounds }) => !isBounds)
  return {
    columns: [capital(writing.axis(data.description.rows)), ...columns.map(({ label }) => label)],
    rows: data.rows.map((row) => [
      row.label,
      ...columns.map(({ of }): AnswerValue => {
        const { estimate, unit } = of(row)
        return sheetValue(estimate, (one) => writing.estimate(one, unit, data.release.threshold))
      }),
    ]),
  }
}

/** A number where there is one to show, else what the table says. */
export function sheetValue(estimate: Estimate | undefined, inWords: (estimate: Estimate | undefined) => string): AnswerValue {
  return estimate?.status === 'ok' ? estimate.value : inWords(estimate)
}

/** A table of what people keep. */
export function wordsSheet(
  { id, caption, columns, rows }: ReportTable,
  { title, source }: Pick<ReportSheet, 'title' | 'source'>,
): ReportSheet {
  return {
    id,
    title,
    source,
    measure: caption,
    columns: columns.map(({ label }) => label),
    rows: rows.map(({ cells }) => cells.map((cell) => (typeof cell === 'string' ? cell : cell.withheld))),
  }
}
