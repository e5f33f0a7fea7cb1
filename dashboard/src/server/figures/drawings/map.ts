import { type Category, cellAt, type FigureData, mainUnit, nisOf } from '../figure-data.ts'
import type { FigureWriting } from '../figure-writing.ts'
import { COLOURS, type FigureDrawing, type Filling, figureSpec, only, TEXT } from './drawing.ts'

/** Height beside width, so that Flanders fits. */
const SHAPE = 0.6
/** Dots and names reach beyond their point. */
const ROOM = { left: 28, right: 120, top: 28, bottom: 28 } as const
/** Degrees around the outermost values in which other municipalities are shown, about ten kilometres. */
const AROUND = 0.1
const LABELLED = 6
const SIZE_MAX = 1_400
const SIZE_MIN = 40

/** Municipalities as dots where they are: the area says the value. Coordinates are those of the registry. */
export const mapDrawing: FigureDrawing = { spec, fill }

function spec(width: number) {
  const position = {
    longitude: { field: 'longitude', type: 'quantitative' },
    latitude: { field: 'latitude', type: 'quantitative' },
  } as const
  const size = { field: 'size', type: 'quantitative', scale: null, legend: null } as const
  const dot = { type: 'circle', aria: false, opacity: 0.85, stroke: COLOURS.paper, strokeWidth: 1 } as const
  return figureSpec({
    width: width - ROOM.left - ROOM.right,
    height: Math.round(width * SHAPE),
    padding: ROOM,
    projection: { type: 'mercator' },
    layer: [
      { ...only('datum.isContext'), mark: { ...dot, size: 12, fill: COLOURS.rest }, encoding: position },
      {
        ...only('datum.isWithheld'),
        mark: { ...dot, opacity: 1, size: 90, fill: COLOURS.withheld, stroke: COLOURS.softInk },
        encoding: position,
      },
      { ...only('datum.isShown'), mark: { ...dot, fill: COLOURS.bar }, encoding: { ...position, size } },
      {
        ...only('datum.text'),
        mark: {
          ...TEXT,
          align: 'left',
          baseline: 'middle',
          dx: 20,
          stroke: COLOURS.paper,
          strokeWidth: 4,
          strokeOpacity: 0.85,
          strokeJoin: 'round',
        },
        encoding: { ...position, text: { field: 'text', type: 'nominal' } },
      },
      {
        ...only('datum.text'),
        mark: { ...TEXT, align: 'left', baseline: 'middle', dx: 20 },
        encoding: { ...position, text: { field: 'text', type: 'nominal' } },
      },
    ],
  })
}

function fill(data: FigureData, writing: FigureWriting): Filling | undefined {
  const { threshold } = data.release
  const values = data.rows.flatMap((row) => {
    const cell = cellAt(data, row)
    return cell?.status === 'ok' ? [cell.value] : []
  })
  const most = Math.max(...values, Number.MIN_VALUE)
  const placed = data.rows.flatMap((row) => {
    const point = pointOf(row, writing)
    return point ? [{ row, point }] : []
  })
  const rows = placed.map(({ row, point }, index) => {
    const cell = cellAt(data, row)
    const isShown = cell?.status === 'ok'
    return {
      ...point,
      size: isShown ? Math.max(SIZE_MIN, (cell.value / most) * SIZE_MAX) : 0,
      isShown,
      isWithheld: cell?.status === 'withheld',
      isContext: false,
      text: isShown && index < LABELLED ? `${row.label} ${writing.estimate(cell, mainUnit(data), threshold)}` : '',
    }
  })
  if (!rows.some(({ isShown }) => isShown)) return undefined
  const isWithheld = rows.some((row) => row.isWithheld)
  return {
    rows: [...context(placed, writing), ...rows],
    signals: {},
    legend: isWithheld ? [{ mark: 'withheld', colour: COLOURS.softInk, label: writing.words.status.withheld(threshold) }] : [],
  }
}

function pointOf(row: Category, writing: FigureWriting) {
  const nis = nisOf(row.key)
  return nis === undefined ? undefined : writing.pointOf(nis)
}

/** The municipalities between those that have a value, as small dots, so that one sees where one is. */
function context(
  placed: readonly { readonly point: { readonly latitude: number; readonly longitude: number } }[],
  writing: FigureWriting,
) {
  const bounds = (of: (point: { readonly latitude: number; readonly longitude: number }) => number) => {
    const all = placed.map(({ point }) => of(point))
    return { from: Math.min(...all) - AROUND, to: Math.max(...all) + AROUND }
  }
  const [latitudes, longitudes] = [bounds(({ latitude }) => latitude), bounds(({ longitude }) => longitude)]
  return writing.points
    .filter(({ latitude, longitude }) => isIn(latitudes, latitude) && isIn(longitudes, longitude))
    .map((point) => ({ ...point, isContext: true, isShown: false, isWithheld: false, size: 0, text: '' }))
}

function isIn({ from, to }: { readonly from: number; readonly to: number }, value: number): boolean {
  return value >= from && value <= to
}
