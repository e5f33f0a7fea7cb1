import { cellAt, drawnColumns, type FigureData, mainUnit } from '../figure-data.ts'
import type { FigureWriting } from '../figure-writing.ts'
import {
  COLOURS,
  coloursOf,
  DRAWN_ROWS_MAX,
  type FigureDrawing,
  type Filling,
  figureSpec,
  OWN_COLOUR,
  only,
  TEXT,
  WITHHELD_WIDTH,
} from './drawing.ts'

const STEP = 44
/** Room for a number beside the outermost dot. */
const MARGIN = 64

/** Two groups on one scale, a line between them; a circle and a square, so that the colour is not alone. */
export const dotsDrawing: FigureDrawing = { spec, fill }

function spec(width: number) {
  const plot = width - 2 * MARGIN
  const y = { field: 'slot', type: 'ordinal', axis: null, scale: { padding: 0 } } as const
  const scale = { nice: false, domainMin: 0, domainMax: { expr: 'longest' } } as const
  const x = (field: string) => ({ field, type: 'quantitative', axis: null, scale }) as const
  const words = { ...TEXT, align: 'left', baseline: 'alphabetic', yOffset: -4, fontSize: 15 } as const
  const dot = { type: 'point', aria: false, filled: true, opacity: 1, yOffset: 10 } as const
  const number = { ...TEXT, baseline: 'middle', yOffset: 10, fontWeight: 600 } as const
  return figureSpec({
    params: [{ name: 'longest', value: 1 }],
    width: plot,
    height: { step: STEP },
    padding: { left: MARGIN, right: MARGIN, top: 0, bottom: 4 },
    layer: [
      {
        ...only('datum.isFirst'),
        mark: { type: 'rule', aria: false, color: COLOURS.rule, yOffset: 10 },
        encoding: { y, x: { value: 0 }, x2: { value: plot } },
      },
      {
        ...only('datum.isFirst && datum.isPair'),
        mark: { type: 'rule', aria: false, color: COLOURS.rest, strokeWidth: 3, yOffset: 10 },
        encoding: { y, x: x('least'), x2: { field: 'most' } },
      },
      // The first one on top: where both are the same, it is seen.
      ...[1, 0].map((series) => ({
        ...only(`datum.isShown && datum.series == ${series}`),
        mark: { ...dot, size: series === 0 ? 140 : 110, shape: series === 0 ? 'circle' : 'square' },
        encoding: { y, x: x('value'), color: OWN_COLOUR },
      })),
      ...[true, false].map((isRight) => ({
        ...only(`datum.isShown && datum.isRight == ${isRight}`),
        mark: { ...number, align: isRight ? 'left' : 'right', xOffset: isRight ? 11 : -11 },
        encoding: { y, x: x('value'), text: { field: 'text', type: 'nominal' } },
      })),
      {
        ...only('datum.isFirst'),
        mark: words,
        encoding: { y, x: { value: -MARGIN }, text: { field: 'label', type: 'nominal' } },
      },
      {
        ...only('datum.isFirst && datum.withheld'),
        mark: {
          type: 'bar',
          aria: false,
          height: 10,
          yOffset: 10,
          fill: COLOURS.withheld,
          stroke: COLOURS.softInk,
          strokeWidth: 1,
        },
        encoding: { y, x: { value: 0 }, x2: { value: WITHHELD_WIDTH } },
      },
      {
        ...only('datum.isFirst && datum.withheld'),
        mark: { ...TEXT, align: 'right', baseline: 'alphabetic', yOffset: -4, color: COLOURS.softInk },
        encoding: { y, x: { value: plot + MARGIN }, text: { field: 'withheld', type: 'nominal' } },
      },
    ],
  })
}

function fill(data: FigureData, writing: FigureWriting): Filling | undefined {
  const columns = drawnColumns(data).slice(0, 2)
  const [left, right] = columns
  const colours = coloursOf(columns)
  if (!left) return undefined
  const pairs = data.rows
    .map((row) => ({ row, cells: columns.map((column) => cellAt(data, row, column)) }))
    .slice(0, DRAWN_ROWS_MAX)
  const rows = pairs.flatMap(({ row, cells }, slot) => {
    const shown = cells.flatMap((cell) => (cell?.status === 'ok' ? [cell.value] : []))
    const withheld = columns.filter((_, index) => cells[index]?.status === 'withheld').map(({ label }) => label)
    return cells.map((cell, series) => ({
      slot,
      series,
      label: row.label,
      colour: colours[series],
      value: cell?.value ?? 0,
      text: writing.estimate(cell, mainUnit(data, row), data.release.threshold),
      isShown: cell?.status === 'ok',
      isFirst: series === 0,
      isPair: shown.length === 2,
      isRight: isRight(shown, cell?.value ?? 0, series),
      least: Math.min(...shown),
      most: Math.max(...shown),
      withheld: withheld.length > 0 ? `${withheld.join(', ')}: ${writing.words.status.short(data.release.threshold)}` : '',
    }))
  })
  if (!rows.some(({ isShown }) => isShown)) return undefined
  const longest = Math.max(...rows.map(({ value }) => value), Number.MIN_VALUE)
  const isWithheld = rows.some(({ withheld }) => withheld !== '')
  const note = {
    mark: 'withheld',
    colour: COLOURS.softInk,
    label: writing.words.status.withheld(data.release.threshold),
  } as const
  return {
    rows,
    signals: { longest },
    legend: [
      { mark: 'circle', colour: colours[0] ?? COLOURS.bar, label: left.label },
      ...(right ? [{ mark: 'square', colour: colours[1] ?? COLOURS.bar, label: right.label } as const] : []),
      ...(isWithheld ? [note] : []),
    ],
  }
}

/** The number of the larger one stands to its right, that of the other to its left. */
function isRight(shown: readonly number[], value: number, series: number): boolean {
  const [one = 0, other] = shown
  if (other === undefined || one === other) return other === undefined || series === 1
  return value === Math.max(one, other)
}
