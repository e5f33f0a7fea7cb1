import { cellAt, drawnColumns, type FigureData, mainUnit } from '../figure-data.ts'
import type { FigureWriting } from '../figure-writing.ts'
import { COLOURS, DARK_TONE, DRAWN_ROWS_MAX, type FigureDrawing, type Filling, figureSpec, only, TEXT, TONES } from './drawing.ts'

const STEP = 60
/** Width of a number in a part of a bar, CSS pixels a letter. */
const LETTER = 8

/** One bar of a hundred per cent for each row, its parts in the order of the columns; what is withheld is the hatched rest. */
export const stackDrawing: FigureDrawing = { spec, fill }

function spec(width: number) {
  const y = { field: 'slot', type: 'ordinal', axis: null, scale: { padding: 0 } } as const
  const x = (field: string) => ({ field, type: 'quantitative', axis: null, scale: { nice: false, domain: [0, 100] } }) as const
  const bar = { type: 'bar', aria: false, height: 26, yOffset: 12, stroke: COLOURS.paper, strokeWidth: 1 } as const
  const number = { ...TEXT, baseline: 'middle', align: 'center', yOffset: 12.5, fontWeight: 600 } as const
  return figureSpec({
    width,
    height: { step: STEP },
    padding: { left: 0, right: 0, top: 0, bottom: 2 },
    layer: [
      ...TONES.map((fill, tone) => ({
        ...only(`!datum.isWithheld && datum.tone == ${tone}`),
        mark: { ...bar, fill },
        encoding: { y, x: x('from'), x2: { field: 'to' } },
      })),
      {
        ...only('datum.isWithheld'),
        mark: { ...bar, fill: COLOURS.withheld, stroke: COLOURS.softInk },
        encoding: { y, x: x('from'), x2: { field: 'to' } },
      },
      {
        ...only(`datum.tone < ${DARK_TONE} || datum.isWithheld`),
        mark: number,
        encoding: { y, x: x('middle'), text: { field: 'text', type: 'nominal' } },
      },
      {
        ...only(`datum.tone >= ${DARK_TONE} && !datum.isWithheld`),
        mark: { ...number, color: COLOURS.paper },
        encoding: { y, x: x('middle'), text: { field: 'text', type: 'nominal' } },
      },
      {
        ...only('datum.isFirst'),
        mark: { ...TEXT, align: 'left', baseline: 'alphabetic', yOffset: -8, fontSize: 15 },
        encoding: { y, x: { value: 0 }, text: { field: 'label', type: 'nominal' } },
      },
    ],
  })
}

function fill(data: FigureData, writing: FigureWriting, width: number): Filling | undefined {
  const columns = drawnColumns(data)
  const tones = tonesOf(columns.length)
  const shownRows = data.rows.filter((row) => columns.some((column) => cellAt(data, row, column)?.status === 'ok'))
  const rows = shownRows.slice(0, DRAWN_ROWS_MAX).flatMap((row, slot) => {
    const parts: {
      readonly from: number
      readonly to: number
      readonly tone: number
      readonly text: string
      readonly isWithheld: boolean
    }[] = []
    let from = 0
    for (const [index, column] of columns.entries()) {
      const cell = cellAt(data, row, column)
      if (cell?.status !== 'ok') continue
      const to = Math.min(100, from + cell.value)
      const text = writing.value(cell.value, mainUnit(data, row), cell.decimals)
      const hasRoom = ((to - from) / 100) * width > text.length * LETTER
      parts.push({ from, to, tone: tones[index] ?? 0, text: hasRoom ? text : '', isWithheld: false })
      from = to
    }
    if (columns.some((column) => cellAt(data, row, column)?.status === 'withheld') && from < 100)
      parts.push({ from, to: 100, tone: 0, text: '', isWithheld: true })
    return parts.map((part, index) => ({
      ...part,
      slot,
      label: row.label,
      middle: (part.from + part.to) / 2,
      isFirst: index === 0,
    }))
  })
  if (rows.length === 0) return undefined
  const legend = columns.map(
    (column, index) => ({ mark: 'tone', colour: TONES[tones[index] ?? 0] ?? '', label: column.label }) as const,
  )
  const isWithheld = rows.some((row) => row.isWithheld)
  const note = {
    mark: 'withheld',
    colour: COLOURS.softInk,
    label: writing.words.status.withheld(data.release.threshold),
  } as const
  return { rows, signals: {}, legend: isWithheld ? [...legend, note] : legend }
}

/** As far apart as there is room for. */
function tonesOf(count: number): readonly number[] {
  const last = TONES.length - 1
  return Array.from({ length: count }, (_, index) => (count === 1 ? last : Math.round((index * last) / (count - 1))))
}
