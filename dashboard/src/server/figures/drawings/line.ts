import { lettersAt } from '../figure-annotations.ts'
import { type Category, cellAt, drawnColumns, type FigureData, mainUnit } from '../figure-data.ts'
import type { FigureWriting } from '../figure-writing.ts'
import { bareUnit, COLOURS, coloursOf, type FigureDrawing, type Filling, figureSpec, OWN_COLOUR, only, TEXT } from './drawing.ts'

const HEIGHT = 220
const ROOM = { left: 56, right: 24, top: 24, bottom: 46 } as const
/** Names of periods stand this far below zero; further where a number stands between. */
const NAMES = { near: 9, far: 25 } as const
/** Part of the height within which a number below its point would stand on the names. */
const LOW = 0.1

/** Values over time, from zero; the first and last have their number. A gap is a period that is withheld or was not published. */
export const lineDrawing: FigureDrawing = { spec, fill }

function spec(width: number) {
  const x = { field: 'slot', type: 'ordinal', axis: null, scale: { type: 'point', padding: 0.4 } } as const
  const y = {
    field: 'value',
    type: 'quantitative',
    scale: { domainMin: { expr: 'least' }, domainMax: { expr: 'longest' }, nice: 4 },
    // Enough digits for ticks between 0 and 0,2, and none that say nothing.
    axis: { tickCount: 4, format: ',.4~r' },
  } as const
  const number = { ...TEXT, baseline: 'alphabetic', align: 'center', fontWeight: 600 } as const
  return figureSpec({
    params: [
      { name: 'longest', value: 1 },
      { name: 'least', value: 0 },
      { name: 'names', value: NAMES.near },
    ],
    width: width - ROOM.left - ROOM.right,
    height: HEIGHT,
    padding: ROOM,
    layer: [
      ...[0, 1].flatMap((series) => [
        {
          // A period without a number breaks the line: nothing is known of what lies between.
          ...only(`datum.series == ${series}`),
          mark: {
            type: 'line',
            invalid: 'break-paths-show-path-domains',
            aria: false,
            strokeWidth: 2.5,
            strokeDash: series === 0 ? [1, 0] : [6, 3],
          },
          encoding: { x, y: { ...y, field: 'path' }, stroke: OWN_COLOUR },
        },
        {
          ...only(`datum.isShown && datum.series == ${series}`),
          mark: { type: 'point', aria: false, filled: true, opacity: 1, size: 80, shape: series === 0 ? 'circle' : 'square' },
          encoding: { x, y, color: OWN_COLOUR },
        },
      ]),
      {
        ...only('datum.isWithheld'),
        mark: { type: 'bar', aria: false, width: 22, fill: COLOURS.withheld, stroke: COLOURS.softInk, strokeWidth: 1 },
        encoding: { x, y: { value: HEIGHT - 22 }, y2: { value: HEIGHT } },
      },
      ...[-9, 20].map((yOffset) => ({
        ...only(`datum.isShown && datum.isLabelled && datum.isBelow == ${yOffset > 0}`),
        mark: { ...number, yOffset },
        encoding: { x, y, text: { field: 'text', type: 'nominal' } },
      })),
      {
        ...only('datum.letters'),
        mark: { type: 'rule', aria: false, color: COLOURS.softInk, strokeDash: [2, 3] },
        encoding: { x, y: { value: 0 }, y2: { value: HEIGHT } },
      },
      {
        ...only('datum.letters'),
        mark: { ...TEXT, baseline: 'bottom', align: 'center', fontWeight: 600, color: COLOURS.softInk },
        encoding: { x, y: { value: -6 }, text: { field: 'letters', type: 'nominal' } },
      },
      {
        ...only('datum.series == 0 && datum.label'),
        mark: { ...TEXT, baseline: 'top', align: 'center', color: COLOURS.softInk },
        encoding: { x, y: { value: { expr: `${HEIGHT} + names` } }, text: { field: 'label', type: 'nominal' } },
      },
    ],
  })
}

function fill(data: FigureData, writing: FigureWriting, width: number): Filling | undefined {
  const columns = drawnColumns(data).slice(0, 2)
  const colours = coloursOf(columns)
  const last = data.rows.length - 1
  // Letters of the names below take about eight pixels each; where they would touch, every other one stands there.
  const longestName = Math.max(...data.rows.map((row) => writing.shortPeriod(row.key).length))
  const every = Math.ceil((longestName * 8 * data.rows.length) / (width - ROOM.left))
  const keys = data.rows.map(({ key }) => key)
  const rows = columns.flatMap((column, series) =>
    data.rows.map((row, slot) => {
      const cell = cellAt(data, row, column)
      return {
        slot,
        series,
        label: (last - slot) % every === 0 ? writing.shortPeriod(row.key) : '',
        letters: series === 0 ? lettersAt(row.key, keys, data.annotations) : '',
        value: cell?.value ?? 0,
        text: writing.estimate(cell, bareUnit(mainUnit(data)), data.release.threshold),
        path: cell?.status === 'ok' ? cell.value : null,
        isShown: cell?.status === 'ok',
        isWithheld: cell?.status === 'withheld',
        isLabelled: (slot === 0 || slot === last) && !(series === 1 && isAsFirst(data, row, columns)),
        // Of two lines the number of the lower one stands below it; one number is enough where both are the same.
        isBelow: columns.some((other) => other !== column && (cellAt(data, row, other)?.value ?? 0) > (cell?.value ?? 0)),
        colour: colours[series],
      }
    }),
  )
  // One point is no line: the title and the table say it.
  if (rows.filter(({ isShown }) => isShown).length < 2) return undefined
  const values = rows.map(({ value }) => value)
  const legend =
    columns.length < 2
      ? []
      : columns.map(
          (column, series) =>
            ({ mark: series === 0 ? 'circle' : 'square', colour: colours[series] ?? COLOURS.bar, label: column.label }) as const,
        )
  const isWithheld = rows.some((row) => row.isWithheld)
  const note = {
    mark: 'withheld',
    colour: COLOURS.softInk,
    label: writing.words.status.withheld(data.release.threshold),
  } as const
  const [longest, least] = [Math.max(...values, Number.MIN_VALUE), Math.min(0, ...values)]
  const isLow = rows.some((row) => row.isShown && row.isLabelled && row.isBelow && row.value - least < LOW * (longest - least))
  return {
    rows,
    signals: { longest, least, names: isLow ? NAMES.far : NAMES.near },
    ...(!isLow && { unused: { below: NAMES.far - NAMES.near } }),
    legend: isWithheld ? [...legend, note] : legend,
  }
}

/** Whether both columns have the same number. */
function isAsFirst(data: FigureData, row: Category, [first, second]: readonly Category[]): boolean {
  const [one, other] = [first && cellAt(data, row, first), second && cellAt(data, row, second)]
  return one?.status === 'ok' && other?.status === 'ok' && one.value === other.value
}
