import type { FigureView } from '../../../lib/figure/figure-view.ts'
import { escaped } from '../../charts/drawing-board.ts'
import { WIDTHS } from './drawing.ts'

/** What the names of colours stand for on paper; as tokens.css has them for print, which a test compares. */
export const PAPER_COLOURS: Readonly<Record<string, string>> = {
  '--paper': '#fff',
  '--ink': '#000',
  '--ink-soft': '#333',
  '--rule': '#bbb',
  '--chart-bar': '#12436d',
  '--chart-rest': '#8b9299',
  '--chart-social-tariff': '#f46a25',
  '--chart-tone-1': '#e4edf6',
  '--chart-tone-2': '#b9d3ec',
  '--chart-tone-3': '#7fb0de',
  '--chart-tone-4': '#2c70b0',
  '--chart-tone-5': '#12436d',
}

const MARGIN = 24
const TITLE_LINE = 26
const LINE = 20
/** Letters of a line, estimated: there is nothing on a server to measure with. */
const TITLE_LETTERS = 72
const LINE_LETTERS = 100
const FONT = "'Source Sans 3', 'Segoe UI', 'Noto Sans', sans-serif"

/** The drawing of a figure as a file that stands by itself: title, what is measured, notes and source are in it. */
export function pictureFile({ title, measure, notes, annotations, source, drawing }: FigureView): string | undefined {
  const [, width = '', height = '', inner = ''] =
    /^<svg[^>]* viewBox="0 0 ([\d.]+) ([\d.]+)">(.*)<\/svg>$/s.exec(drawing?.wide ?? '') ?? []
  if (inner === '') return undefined
  const texts: string[] = []
  let y = MARGIN
  const write = (text: string, line: { readonly letters: number; readonly height: number; readonly style: string }) => {
    for (const part of wrapped(text, line.letters)) {
      y += line.height
      texts.push(`<text x="${MARGIN}" y="${y}" ${line.style}>${escaped(part)}</text>`)
    }
  }
  const small = { letters: LINE_LETTERS, height: LINE, style: 'font-size="14" fill="#333"' }
  write(title, { letters: TITLE_LETTERS, height: TITLE_LINE, style: 'font-size="20" font-weight="600" fill="#000"' })
  write(measure, small)
  const top = y + LINE
  y = top + Number(height)
  const noted = annotations.map(({ letter, text }) => `${letter} ${text}`)
  for (const note of [...notes, ...noted, source]) write(note, small)
  const size = { width: Math.max(Number(width), WIDTHS.wide) + 2 * MARGIN, height: Math.ceil(y + MARGIN) }
  return coloured(
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escaped(`${title}. ${measure}.`)}" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" font-family="${FONT}"><rect width="100%" height="100%" fill="#fff"/>${texts.join('')}<g transform="translate(${MARGIN},${top})">${inner}</g></svg>`,
  )
}

/** A drawing for a printed page: colours of paper, and the font by name, since there is no page around it to inherit from. */
export function onPaper(svg: string): string {
  return coloured(svg).replace('<svg ', `<svg font-family="${FONT}" `)
}

function coloured(svg: string): string {
  return svg.replaceAll(/var\((--[a-z0-9-]+)\)/g, (_, name: string) => PAPER_COLOURS[name] ?? '#000')
}

function wrapped(text: string, letters: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < letters) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
