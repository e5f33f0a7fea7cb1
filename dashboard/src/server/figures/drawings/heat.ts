import { type Category, cellAt, type FigureData, mainUnit } from '../figure-data.ts'
import type { FigureWriting } from '../figure-writing.ts'
import { COLOURS, DARK_TONE, type FigureDrawing, type Filling, figureSpec, only, TEXT, TONES } from './drawing.ts'

const STEP = 30
/** Columns and rows that still have names one can read; the table has all. */
const SIDE_MAX = 24
const NAMES_MAX = 12
/** Room above for names that stand aslant, and at the right for the last of them. */
const ROOM = { top: 108, right: 44 } as const
/** Room above for names that stand upright. */
const UPRIGHT_ROOM = 28
/** Letters of a name aslant before it is cut. */
const NAME_LETTERS = 15
const LETTER = 7.5
const NARROW = 400

/** A table with tones: rows by columns. Blank is not there yet, hatched is withheld. */
export const heatDrawing: FigureDrawing = { spec, fill }

function gutterOf(width: number): number {
  return width < NARROW ? 118 : 150
}

function spec(width: number) {
  const gutter = gutterOf(width)
  const y = { field: 'row', type: 'ordinal', axis: null, scale: { padding: 0 } } as const
  const x = { field: 'column', type: 'ordinal', axis: null, scale: { padding: 0 } } as const
  const cell = { type: 'rect', aria: false, stroke: COLOURS.paper, strokeWidth: 1 } as const
  const number = { ...TEXT, fontSize: 13, baseline: 'middle', align: 'center' } as const
  return figureSpec({
    width: width - gutter - ROOM.right,
    height: { step: STEP },
    padding: { left: gutter, right: ROOM.right, top: ROOM.top, bottom: 2 },
    layer: [
      ...TONES.map((fill, tone) => ({
        ...only(`datum.kind == 'cell' && datum.tone == ${tone}`),
        mark: { ...cell, fill },
        encoding: { x, y },
      })),
      {
        ...only("datum.kind == 'withheld'"),
        mark: { ...cell, fill: COLOURS.withheld, stroke: COLOURS.rule },
        encoding: { x, y },
      },
      {
        ...only("datum.kind == 'cell' && datum.isSame"),
        mark: { ...cell, fill: 'transparent', stroke: COLOURS.ink, strokeWidth: 2 },
        encoding: { x, y },
      },
      {
        ...only(`datum.kind == 'cell' && datum.tone < ${DARK_TONE}`),
        mark: number,
        encoding: { x, y, text: { field: 'text', type: 'nominal' } },
      },
      {
        ...only(`datum.kind == 'cell' && datum.tone >= ${DARK_TONE}`),
        mark: { ...number, color: COLOURS.paper },
        encoding: { x, y, text: { field: 'text', type: 'nominal' } },
      },
      {
        ...only("datum.kind == 'row'"),
        mark: { ...TEXT, align: 'right', baseline: 'middle' },
        encoding: { y, x: { value: -8 }, text: { field: 'text', type: 'nominal' } },
      },
      {
        ...only("datum.kind == 'column' && datum.isUpright"),
        mark: { ...TEXT, align: 'center', baseline: 'alphabetic' },
        encoding: { x, y: { value: -8 }, text: { field: 'text', type: 'nominal' } },
      },
      {
        ...only("datum.kind == 'column' && !datum.isUpright"),
        mark: { ...TEXT, align: 'left', baseline: 'middle', angle: -50, xOffset: 2 },
        encoding: { x, y: { value: -8 }, text: { field: 'text', type: 'nominal' } },
      },
    ],
  })
}

function fill(data: FigureData, writing: FigureWriting, width: number): Filling | undefined {
  const isNamed = data.description.columns === 'destination' || data.description.columns === 'place'
  const rows = data.rows.slice(0, SIDE_MAX)
  const columns = data.columns.slice(0, isNamed ? NAMES_MAX : SIDE_MAX)
  const values = rows
    .flatMap((row) => columns.map((column) => cellAt(data, row, column)))
    .flatMap((one) => (one?.status === 'ok' ? [one.value] : []))
  if (values.length === 0) return undefined
  const steps = quantiles(values)
  const room = (width - gutterOf(width) - ROOM.right) / columns.length
  const cells = rows.flatMap((row, rowIndex) =>
    columns.flatMap((column, columnIndex) => {
      const cell = cellAt(data, row, column)
      const at = { row: rowIndex, column: columnIndex }
      if (cell?.status === 'withheld' || (cell === undefined && isNamed)) return [{ ...at, kind: 'withheld' }]
      if (cell?.status !== 'ok') return []
      const text = writing.value(cell.value, mainUnit(data, row) === 'PERCENT' ? 'PERCENT' : 'COUNT', cell.decimals)
      const tone = steps.filter((step) => cell.value > step).length
      return [{ ...at, kind: 'cell', tone, text: text.length * LETTER < room ? text : '', isSame: isSame(row, column) }]
    }),
  )
  const every = Math.ceil(18 / room)
  const heads = columns.map((column) => cut(nameOf(data.description.columns ?? '', column, writing), NAME_LETTERS))
  // Short names need not stand aslant, nor the room for it.
  const isUpright = heads.every((head) => (head.length + 1) * LETTER < room * every)
  const names = [
    ...rows.map((row, index) => ({
      kind: 'row',
      row: index,
      text: cut(nameOf(data.description.rows, row, writing), Math.floor((gutterOf(width) - 8) / LETTER)),
    })),
    ...heads.flatMap((text, index) => (index % every === 0 ? [{ kind: 'column', column: index, text, isUpright }] : [])),
  ]
  const isWithheld = cells.some(({ kind }) => kind === 'withheld')
  return {
    rows: [...cells, ...names],
    signals: {},
    ...(isUpright && { unused: { above: ROOM.top - UPRIGHT_ROOM } }),
    legend: isWithheld
      ? [{ mark: 'withheld', colour: COLOURS.softInk, label: writing.words.status.withheld(data.release.threshold) }]
      : [],
  }
}

function nameOf(axis: string, row: Category, writing: FigureWriting): string {
  return axis === 'cohort' || axis === 'period' ? writing.shortPeriod(row.key) : row.label
}

/** Whether home and destination are the same municipality. */
function isSame(row: Category, column: Category): boolean {
  return row.key === `municipality:${column.key}` || row.key === column.key
}

function cut(name: string, letters: number): string {
  return name.length <= letters ? name : `${name.slice(0, letters - 1)}…`
}

/** Bounds of five groups that are about as large. */
function quantiles(values: readonly number[]): readonly number[] {
  const sorted = [...new Set(values)].sort((one, other) => one - other)
  return [1, 2, 3, 4].map((part) => sorted[Math.ceil((sorted.length * part) / 5) - 1] ?? 0)
}
