import type { Estimate, Unit } from '@zuil/warehouse'
import type { TableCell, TableView } from '../../lib/table-view.ts'
import { type Category, cellKey, type FigureData, NO_COLUMN, unitOf } from './figure-data.ts'
import type { FigureWriting } from './figure-writing.ts'
import { capital } from './figure-writing.ts'

/** What stands in one column of a table: a figure of the measure, in one member of the axis of columns. */
interface FigureColumn {
  readonly label: string
  readonly of: (row: Category) => { readonly estimate: Estimate | undefined; readonly unit: Unit }
  /** Bounds instead of the value. */
  readonly isBounds?: true
}

/** The cells of a figure as a table, with words wherever there is no number. */
export function tableOf(
  data: FigureData,
  { writing, caption }: { readonly writing: FigureWriting; readonly caption: string },
): TableView {
  const { threshold } = data.release
  const { status } = writing.words
  // Many columns of long words say less than few: why they are not shown stands above the drawing.
  const withheld = data.description.chart === 'heat' ? status.hidden : status.withheld(threshold)
  const columns = tableColumns(data, writing)
  const axis = data.description.rows
  return {
    caption,
    columns: [{ label: axisName(data, writing), numeric: false }, ...columns.map(({ label }) => ({ label, numeric: true }))],
    rows: [...data.rows, ...(data.unknown ? [data.unknown] : [])].map((row) => ({
      key: `${axis} ${row.key}`,
      cells: [
        row.label,
        ...columns.map(({ of, isBounds }): TableCell => {
          const { estimate, unit } = of(row)
          if (isBounds) return writing.bounds(estimate, unit)
          if (estimate?.status === 'withheld') return { withheld }
          return writing.estimate(estimate, unit, threshold) || '–'
        }),
      ],
    })),
  }
}

/** The columns of a figure's table, without that of the names of its rows. */
export function tableColumns(data: FigureData, writing: FigureWriting): readonly FigureColumn[] {
  const { description, measure, beside } = data
  const { words } = writing
  const nameOf = (figure: string) => capital(measure.figures.find(({ id }) => id === figure)?.names[writing.language] ?? figure)
  const cell = (row: Category, column: Category, figure: string) => ({
    estimate: data.cells.get(cellKey(row.key, column.key, figure)),
    unit: unitOf(data, figure),
  })
  const figureOf = (row: Category, figure: string) => (description.rows === 'figure' ? row.key : figure)
  if (description.columns === 'figure')
    return data.columns.map((column) => ({ label: column.label, of: (row) => cell(row, column, column.key) }))
  if (description.columns) {
    const [figure = ''] = description.figures
    return data.columns.map((column) => ({ label: column.label, of: (row) => cell(row, column, figureOf(row, figure)) }))
  }
  const own = (row: Category, figure: string) => cell(row, NO_COLUMN, figureOf(row, figure))
  const figures = description.rows === 'figure' ? description.figures.slice(0, 1) : description.figures
  const [first = ''] = figures
  const valueName = description.rows === 'figure' ? words.columns.own : nameOf(first)
  return [
    { label: valueName, of: (row) => own(row, first) },
    { label: words.columns.between, of: (row) => own(row, first), isBounds: true },
    ...peerColumns(data, writing),
    ...(beside
      ? [
          {
            label: beside.label,
            of: (row: Category) => {
              const figure = figureOf(row, first)
              return { estimate: beside.cells.get(cellKey(row.key, '', figure)), unit: unitOf(data, figure) }
            },
          },
        ]
      : []),
    ...figures.slice(1).map((figure): FigureColumn => ({ label: nameOf(figure), of: (row) => own(row, figure) })),
  ]
}

/** Quartiles of the anonymous peers. */
function peerColumns({ peers, measure }: FigureData, { words }: FigureWriting): readonly FigureColumn[] {
  // Without a group to stand beside there is nothing but dashes to say.
  if (!peers || peers.size === 0) return []
  return (['lower', 'median', 'upper', 'organizers'] as const).map((id) => ({
    label: words.columns[id],
    of: (row) => {
      const group = peers.get(row.key)
      const unit = id === 'organizers' ? 'COUNT' : unitOf({ measure }, row.key)
      if (!group) return { estimate: undefined, unit }
      const decimals = Number.isInteger(group[id]) ? 0 : 1
      return { estimate: { status: 'ok', value: group[id], low: group[id], high: group[id], decimals }, unit }
    },
  }))
}

function axisName({ description }: FigureData, writing: FigureWriting): string {
  return writing.axis(description.rows)
}
