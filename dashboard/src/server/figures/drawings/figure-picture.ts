import { accessible, type DrawingBoard, escaped } from '../../charts/drawing-board.ts'
import type { FigureData } from '../figure-data.ts'
import type { FigureWriting } from '../figure-writing.ts'
import type { Chart } from '../page-description.ts'
import { barsDrawing } from './bars.ts'
import { dotsDrawing } from './dots.ts'
import { COLOURS, type FigureDrawing, type Filling, type LegendEntry, WIDTHS } from './drawing.ts'
import { heatDrawing } from './heat.ts'
import { lineDrawing } from './line.ts'
import { mapDrawing } from './map.ts'
import type { PictureShelf } from './picture-shelf.ts'
import { stackDrawing } from './stack.ts'
import { stripDrawing } from './strip.ts'

/** How each kind of figure is drawn. */
export const DRAWINGS: Readonly<Record<Chart, FigureDrawing>> = {
  bars: barsDrawing,
  dots: dotsDrawing,
  stack: stackDrawing,
  line: lineDrawing,
  heat: heatDrawing,
  map: mapDrawing,
  strip: stripDrawing,
}

const LEGEND_LINE = 24
/** Width of a letter of the legend, CSS pixels; there is nothing on a server to measure with. */
const LETTER = 7.4
const MARK_WIDTH = 22
const ENTRY_GAP = 18

/** The drawing of a figure with its legend, for narrow and for wide places; undefined where a drawing would say nothing. */
export async function pictureOf(
  data: FigureData,
  {
    writing,
    pictures,
    sentence,
  }: { readonly writing: FigureWriting; readonly pictures: PictureShelf; readonly sentence: string },
): Promise<{ readonly narrow: string; readonly wide: string } | undefined> {
  const { chart, id } = data.description
  const { spec, fill } = DRAWINGS[chart]
  const draw = async (place: keyof typeof WIDTHS): Promise<string | undefined> => {
    const width = WIDTHS[place]
    const filling = fill(data, writing, width)
    if (!filling) return undefined
    const { rows, signals, legend, unused = {} } = filling
    const drawing = { name: nameOf(chart, width), spec: () => spec(width), rows, signals, language: writing.language }
    const around = { legend, width, unused, id: `${id}-${place}` }
    return await pictures.draw(drawing, { ...around, sentence }, (svg) => withLegend(accessible(svg, sentence), around))
  }
  const [narrow, wide] = await Promise.all([draw('narrow'), draw('wide')])
  return narrow === undefined || wide === undefined ? undefined : { narrow, wide }
}

/** Compiles what the first readers would wait for. */
export async function prepareDrawings(board: DrawingBoard): Promise<void> {
  for (const [chart, { spec }] of Object.entries(DRAWINGS)) {
    for (const width of Object.values(WIDTHS)) {
      await board.draw({ name: nameOf(chart, width), spec: () => spec(width), rows: [], signals: {}, language: 'nl' })
    }
  }
}

function nameOf(chart: string, width: number): string {
  return `${chart}/${width}`
}

interface Legend {
  readonly legend: readonly LegendEntry[]
  readonly width: number
  readonly unused: NonNullable<Filling['unused']>
  /** Unique on the page: patterns are found by their id. */
  readonly id: string
}

/** Adds the legend above a drawing, and the pattern of what is withheld. */
function withLegend(svg: string, { legend, width, unused: { above = 0, below = 0 }, id }: Legend): string {
  const lines = linesOf(legend, width)
  const room = lines.length * LEGEND_LINE + (lines.length > 0 ? 8 : 0) - above
  const entries = lines.flatMap((line, index) => line.map(({ entry, x }) => entryOf(entry, x, index * LEGEND_LINE + 12)))
  const [, opening = '', viewWidth = '', viewHeight = '', inner = ''] =
    /^(<svg[^>]*?) viewBox="0 0 ([\d.]+) ([\d.]+)">(.*)<\/svg>$/s.exec(svg) ?? []
  const pattern = `<defs><pattern id="withheld-${id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="${COLOURS.paper}"/><line x1="0" y1="0" x2="0" y2="6" stroke="${COLOURS.softInk}" stroke-width="2"/></pattern></defs>`
  const content = `${entries.join('')}<g transform="translate(0,${room})">${inner}</g>`
  const usesPattern = content.includes(COLOURS.withheld)
  const height = Math.ceil(Number(viewHeight) + room - below)
  const drawn = `${opening} viewBox="0 0 ${viewWidth} ${height}">${usesPattern ? pattern : ''}${content}</svg>`
  return drawn.replaceAll(COLOURS.withheld, `url(#withheld-${id})`)
}

interface PlacedEntry {
  readonly entry: LegendEntry
  readonly x: number
}

/** Entries beside each other, as many as fit a line. */
function linesOf(legend: readonly LegendEntry[], width: number): readonly (readonly PlacedEntry[])[] {
  const lines: PlacedEntry[][] = []
  let x = Number.POSITIVE_INFINITY
  for (const entry of legend) {
    const wide = MARK_WIDTH + entry.label.length * LETTER
    if (x + wide > width) {
      lines.push([])
      x = 0
    }
    lines.at(-1)?.push({ entry, x })
    x += wide + ENTRY_GAP
  }
  return lines
}

function entryOf({ mark, colour, label }: LegendEntry, x: number, y: number): string {
  const text = `<text x="${x + MARK_WIDTH}" y="${y + 5}" font-size="14px" fill="${COLOURS.ink}">${escaped(label)}</text>`
  switch (mark) {
    case 'circle':
      return `<circle cx="${x + 8}" cy="${y}" r="6.5" fill="${colour}"/>${text}`
    case 'square':
      return `<rect x="${x + 3}" y="${y - 5.5}" width="11" height="11" fill="${colour}"/>${text}`
    case 'tick':
      return `<rect x="${x + 7}" y="${y - 9}" width="3" height="18" fill="${colour}"/>${text}`
    case 'withheld':
      return `<rect x="${x + 1}" y="${y - 6}" width="16" height="12" fill="${COLOURS.withheld}" stroke="${colour}"/>${text}`
    case 'tone':
      return `<rect x="${x + 1}" y="${y - 7}" width="16" height="14" fill="${colour}"/>${text}`
  }
}
