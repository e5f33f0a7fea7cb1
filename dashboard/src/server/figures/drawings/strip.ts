import { cellAt, type FigureData, mainUnit } from '../figure-data.ts'
import type { FigureWriting } from '../figure-writing.ts'
import { COLOURS, type FigureDrawing, type Filling, figureSpec, only, TEXT } from './drawing.ts'

const STEP = 52

/** The own value beside the middle half of the peers; each row has a scale of its own, from zero. */
export const stripDrawing: FigureDrawing = { spec, fill }

function spec(width: number) {
  const y = { field: 'slot', type: 'ordinal', axis: null, scale: { padding: 0 } } as const
  const x = (field: string) => ({ field, type: 'quantitative', axis: null, scale: { nice: false, domain: [0, 1] } }) as const
  const words = { ...TEXT, baseline: 'alphabetic', yOffset: -6, fontSize: 15 } as const
  return figureSpec({
    width: width - 12,
    height: { step: STEP },
    padding: { left: 0, right: 12, top: 0, bottom: 4 },
    layer: [
      {
        mark: { type: 'rule', aria: false, color: COLOURS.rule, yOffset: 10 },
        encoding: { y, x: { value: 0 }, x2: { value: width - 12 } },
      },
      {
        ...only('datum.hasPeers'),
        mark: { type: 'bar', aria: false, height: 14, yOffset: 10, fill: 'var(--chart-tone-2)' },
        encoding: { y, x: x('lower'), x2: { field: 'upper' } },
      },
      {
        ...only('datum.hasPeers'),
        mark: { type: 'tick', aria: false, orient: 'vertical', size: 22, thickness: 3, yOffset: 10, color: COLOURS.ink },
        encoding: { y, x: x('median') },
      },
      {
        ...only('datum.isShown'),
        mark: {
          type: 'point',
          aria: false,
          filled: true,
          opacity: 1,
          size: 150,
          shape: 'circle',
          yOffset: 10,
          color: COLOURS.socialTariff,
          stroke: COLOURS.paper,
        },
        encoding: { y, x: x('value') },
      },
      { mark: { ...words, align: 'left' }, encoding: { y, x: { value: 0 }, text: { field: 'label', type: 'nominal' } } },
      {
        mark: { ...words, align: 'right', fontWeight: 600 },
        encoding: { y, x: { value: width - 12 }, text: { field: 'text', type: 'nominal' } },
      },
    ],
  })
}

function fill(data: FigureData, writing: FigureWriting): Filling | undefined {
  const { peers } = data
  if (!peers) return undefined
  const { columns } = writing.words
  const rows = data.rows.map((row, slot) => {
    const cell = cellAt(data, row)
    const group = peers.get(row.key)
    const longest = 1.05 * Math.max(cell?.value ?? 0, group?.upper ?? 0, Number.MIN_VALUE)
    return {
      slot,
      label: row.label,
      text: writing.estimate(cell, mainUnit(data, row), data.release.threshold),
      value: (cell?.value ?? 0) / longest,
      isShown: cell?.status === 'ok',
      hasPeers: group !== undefined,
      lower: (group?.lower ?? 0) / longest,
      median: (group?.median ?? 0) / longest,
      upper: (group?.upper ?? 0) / longest,
    }
  })
  if (!rows.some(({ hasPeers, isShown }) => hasPeers && isShown)) return undefined
  return {
    rows,
    signals: {},
    legend: [
      { mark: 'circle', colour: COLOURS.socialTariff, label: columns.own },
      { mark: 'tone', colour: 'var(--chart-tone-2)', label: columns.middle },
      { mark: 'tick', colour: COLOURS.ink, label: columns.median },
    ],
  }
}
