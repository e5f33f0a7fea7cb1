import type { Point } from '../../scope/place-book.ts'
import { cellAt, type FigureData, mainUnit, nisOf } from '../figure-data.ts'
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
/** Pixels between a dot and its name. */
const LABEL_GAP = 6

/**
 * Municipalities as dots where they are: the area says the value. Coordinates are those of the registry. Where outlines were imported they
 * stand behind the dots: an outline in a tone would say much of a large municipality, and little of a small one.
 */
export const mapDrawing: FigureDrawing = { spec, fill }

function spec(width: number) {
  const position = {
    longitude: { field: 'longitude', type: 'quantitative' },
    latitude: { field: 'latitude', type: 'quantitative' },
  } as const
  const size = { field: 'size', type: 'quantitative', scale: null, legend: null } as const
  const dot = { type: 'circle', aria: false, opacity: 0.85, stroke: COLOURS.paper, strokeWidth: 1 } as const
  const label = {
    ...TEXT,
    align: 'left',
    baseline: 'middle',
    dx: { expr: `sqrt(datum.size / PI) + ${LABEL_GAP}` },
  } as const
  const text = { ...position, text: { field: 'text', type: 'nominal' } } as const
  return figureSpec({
    width: width - ROOM.left - ROOM.right,
    height: Math.round(width * SHAPE),
    padding: ROOM,
    projection: { type: 'mercator' },
    layer: [
      outlines('around', { fill: 'transparent', stroke: COLOURS.rule }),
      outlines('own', { fill: COLOURS.land, stroke: COLOURS.softInk }),
      outlines('withheld', { fill: COLOURS.withheld, stroke: COLOURS.softInk }),
      { ...only("datum.dot === 'around'"), mark: { ...dot, size: 12, fill: COLOURS.rest }, encoding: position },
      {
        ...only("datum.dot === 'withheld'"),
        mark: { ...dot, opacity: 1, size: 90, fill: COLOURS.withheld, stroke: COLOURS.softInk },
        encoding: position,
      },
      { ...only("datum.dot === 'own'"), mark: { ...dot, fill: COLOURS.bar }, encoding: { ...position, size } },
      {
        ...only('datum.text'),
        mark: { ...label, stroke: COLOURS.paper, strokeWidth: 4, strokeOpacity: 0.85, strokeJoin: 'round' },
        encoding: text,
      },
      { ...only('datum.text'), mark: label, encoding: text },
    ],
  })
}

/** What a mark stands for: a municipality with a value, one whose value is withheld, one that is there to show where one is. */
type Meaning = 'own' | 'withheld' | 'around'

function outlines(meaning: Meaning, { fill, stroke }: { readonly fill: string; readonly stroke: string }) {
  return {
    ...only(`datum.outline === '${meaning}'`),
    mark: { type: 'geoshape', aria: false, fill, stroke, strokeWidth: 1, strokeJoin: 'round' },
    encoding: { shape: { field: 'shape', type: 'geojson' } },
  } as const
}

function fill(data: FigureData, writing: FigureWriting): Filling | undefined {
  const { threshold } = data.release
  const values = data.rows.flatMap((row) => {
    const cell = cellAt(data, row)
    return cell?.status === 'ok' ? [cell.value] : []
  })
  if (values.length === 0) return undefined
  const most = Math.max(...values, Number.MIN_VALUE)
  const places = data.rows.flatMap((row, index): DrawnPlace[] => {
    const nis = nisOf(row.key)
    const point = nis === undefined ? undefined : writing.pointOf(nis)
    if (nis === undefined || !point) return []
    const cell = cellAt(data, row)
    if (cell?.status === 'withheld') return [{ nis, point, meaning: 'withheld', size: 0, text: '' }]
    if (cell?.status !== 'ok') return [{ nis, point, meaning: 'around', size: 0, text: '' }]
    const size = Math.max(SIZE_MIN, (cell.value / most) * SIZE_MAX)
    const text = index < LABELLED ? `${row.label} ${writing.estimate(cell, mainUnit(data), threshold)}` : ''
    return [{ nis, point, meaning: 'own', size, text }]
  })
  if (!places.some(({ meaning }) => meaning === 'own')) return undefined
  const isWithheld = places.some(({ meaning }) => meaning === 'withheld')
  return {
    rows: rowsOf([...around(places, writing), ...places], writing),
    signals: {},
    legend: isWithheld ? [{ mark: 'withheld', colour: COLOURS.softInk, label: writing.words.status.withheld(threshold) }] : [],
  }
}

interface DrawnPlace {
  readonly nis: number
  readonly point: Point
  readonly meaning: Meaning
  /** Of its dot, square pixels. */
  readonly size: number
  readonly text: string
}

/** An outline where there is one; a dot for a value, and for whatever has no outline. */
function rowsOf(places: readonly DrawnPlace[], writing: FigureWriting): readonly object[] {
  const boundaries = writing.boundaries(places.length)
  return places.flatMap(({ nis, point, meaning, size, text }) => {
    const coordinates = boundaries.get(nis)
    const outline = coordinates && {
      outline: meaning,
      shape: { type: 'Feature', geometry: { type: 'MultiPolygon', coordinates } },
    }
    const dot = { ...point, dot: meaning, size, text }
    return [...(outline ? [outline] : []), ...(outline && meaning !== 'own' ? [] : [dot])]
  })
}

/** The municipalities between those that have a row, so that one sees where one is. */
function around(places: readonly DrawnPlace[], writing: FigureWriting): readonly DrawnPlace[] {
  const known = new Set(places.map(({ nis }) => nis))
  const bounds = (of: (point: Point) => number) => {
    const all = places.map(({ point }) => of(point))
    return { from: Math.min(...all) - AROUND, to: Math.max(...all) + AROUND }
  }
  const [latitudes, longitudes] = [bounds(({ latitude }) => latitude), bounds(({ longitude }) => longitude)]
  return writing.points
    .filter(({ nis, latitude, longitude }) => !known.has(nis) && isIn(latitudes, latitude) && isIn(longitudes, longitude))
    .map(({ nis, latitude, longitude }) => ({ nis, point: { latitude, longitude }, meaning: 'around', size: 0, text: '' }))
}

function isIn({ from, to }: { readonly from: number; readonly to: number }, value: number): boolean {
  return value >= from && value <= to
}
