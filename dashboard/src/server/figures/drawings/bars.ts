import { besideAt, cellAt, type FigureData, mainUnit } from '../figure-data.ts'
import type { FigureWriting } from '../figure-writing.ts'
import { COLOURS, DRAWN_ROWS_MAX, type FigureDrawing, type Filling, figureSpec, only, TEXT, WITHHELD_WIDTH } from './drawing.ts'

const STEP = 40

/** Bars with their words above them and the number to the right; a line across a bar is what it stands beside. */
export const barsDrawing: FigureDrawing = { spec, fill }

function spec(width: number) {
  const y = { field: 'slot', type: 'ordinal', axis: null, scale: { padding: 0 } } as const
  const scale = { nice: false, domainMin: 0, domainMax: { expr: 'longest' } } as const
  const x = { field: 'value', type: 'quantitative', axis: null, scale } as const
  const words = { ...TEXT, baseline: 'alphabetic', yOffset: -3, fontSize: 15 } as const
  return figureSpec({
    params: [{ name: 'longest', value: 1 }],
    width,
    height: { step: STEP },
    padding: { left: 0, right: 0, top: 0, bottom: 4 },
    layer: [
      {
        mark: { type: 'rule', aria: false, color: COLOURS.rule, yOffset: 12.5 },
        encoding: { y, x: { value: 0 }, x2: { value: width } },
      },
      {
        ...only('datum.isShown'),
        mark: { type: 'bar', aria: false, height: 10, yOffset: 7, color: COLOURS.bar },
        encoding: { y, x },
      },
      {
        ...only('datum.isWithheld'),
        mark: {
          type: 'bar',
          aria: false,
          height: 10,
          yOffset: 7,
          fill: COLOURS.withheld,
          stroke: COLOURS.softInk,
          strokeWidth: 1,
        },
        encoding: { y, x: { value: 0 }, x2: { value: WITHHELD_WIDTH } },
      },
      {
        ...only('datum.hasTick'),
        mark: { type: 'tick', aria: false, orient: 'vertical', size: 14, thickness: 3, yOffset: 7, color: COLOURS.ink },
        encoding: { y, x: { field: 'tick', type: 'quantitative', axis: null, scale } },
      },
      { mark: { ...words, align: 'left' }, encoding: { y, x: { value: 0 }, text: { field: 'label', type: 'nominal' } } },
      {
        mark: { ...words, align: 'right', fontWeight: 600 },
        encoding: { y, x: { value: width }, text: { field: 'text', type: 'nominal' } },
      },
    ],
  })
}

function fill(data: FigureData, writing: FigureWriting): Filling | undefined {
  const { threshold } = data.release
  const rows = data.rows.slice(0, DRAWN_ROWS_MAX).map((row, slot) => {
    const cell = cellAt(data, row)
    const beside = besideAt(data, row)
    return {
      slot,
      label: row.label,
      value: cell?.value ?? 0,
      text: writing.estimate(cell, mainUnit(data, row), threshold),
      isShown: cell?.status === 'ok',
      isWithheld: cell?.status === 'withheld',
      tick: beside?.value ?? 0,
      hasTick: beside?.status === 'ok',
    }
  })
  if (!rows.some(({ isShown }) => isShown)) return undefined
  const longest = Math.max(...rows.map(({ value, tick }) => Math.max(value, tick)), Number.MIN_VALUE)
  const legend = [
    ...(data.beside && rows.some(({ hasTick }) => hasTick)
      ? [{ mark: 'tick', colour: COLOURS.ink, label: data.beside.label } as const]
      : []),
    ...(rows.some(({ isWithheld }) => isWithheld)
      ? [{ mark: 'withheld', colour: COLOURS.softInk, label: writing.words.status.withheld(threshold) } as const]
      : []),
  ]
  return { rows, signals: { longest }, legend }
}
