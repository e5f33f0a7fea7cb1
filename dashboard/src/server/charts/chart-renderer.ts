import type { Language } from '../../lib/language.ts'
import {
  BAR_SLOTS,
  BAR_STEP,
  barsSpec,
  COLUMN_GAP,
  type CompiledSpec,
  LONGEST_SIGNAL,
  minutesSpec,
  NARROW_WIDTH,
  WIDE_WIDTH,
} from './chart-specs.ts'
import { accessible, DrawingBoard } from './drawing-board.ts'

export interface MinutesRow {
  /** 0 (an hour ago) to 59 (now). */
  readonly slot: number
  readonly value: number
  readonly provisional: boolean
  /** Clock time below the column; empty for most. */
  readonly clock: string
}

export interface BarsRow {
  /** 0 is the uppermost. */
  readonly slot: number
  readonly label: string
  readonly value: number
  /** The value as it is printed. */
  readonly text: string
  /** The row that gathers all others. */
  readonly rest: boolean
}

interface Rows {
  readonly rows: readonly { readonly value: number }[]
  readonly language: Language
  /** Value at the end of the scale. */
  readonly longest: number
}

/** The scale of a quiet hour still has room for whole numbers. */
const MINUTES_SCALE_MIN = 4

/** The drawings of the page "Nu", as SVG text. */
export class ChartRenderer {
  readonly #board: DrawingBoard

  constructor(board = new DrawingBoard()) {
    this.#board = board
  }

  /** @param sentence what the drawing says, for those who do not see it */
  async minutes(rows: readonly MinutesRow[], language: Language, sentence: string): Promise<{ narrow: string; wide: string }> {
    const longest = Math.max(MINUTES_SCALE_MIN, longestOf(rows))
    const narrow = await this.#draw(`minutes/${NARROW_WIDTH}`, { rows, language, longest })
    const wide = await this.#draw(`minutes/${WIDE_WIDTH}`, { rows, language, longest })
    return { narrow: accessible(narrow, sentence), wide: accessible(wide, sentence) }
  }

  async bars(rows: readonly BarsRow[], language: Language, sentence: string): Promise<{ narrow: string }> {
    const drawing = { rows, language, longest: longestOf(rows) }
    return { narrow: accessible(await this.#draw(`bars/${slotsFor(rows.length)}`, drawing), sentence) }
  }

  /** As {@link bars}, and for wide places the same bars in two columns with one scale. */
  async barsInColumns(rows: readonly BarsRow[], language: Language, sentence: string): Promise<{ narrow: string; wide: string }> {
    const { narrow } = await this.bars(rows, language, sentence)
    const half = slotsFor(rows.length) / 2
    const longest = longestOf(rows)
    const left = rows.filter((row) => row.slot < half)
    const right = rows.filter((row) => row.slot >= half).map((row) => ({ ...row, slot: row.slot - half }))
    const columns = [
      await this.#draw(`bars/${half}`, { rows: left, language, longest }),
      await this.#draw(`bars/${half}`, { rows: right, language, longest }),
    ]
    return { narrow, wide: accessible(besides(columns, half * BAR_STEP), sentence) }
  }

  /** Compiles what the first reader would wait for. */
  async prepare(language: Language): Promise<void> {
    await this.minutes([], language, '')
    await this.barsInColumns([], language, '')
  }

  close(): void {
    this.#board.close()
  }

  #draw(name: string, { rows, language, longest }: Rows): Promise<string> {
    return this.#board.draw({ name, spec: () => specOf(name), rows, signals: { [LONGEST_SIGNAL]: longest }, language })
  }
}

function specOf(name: string): CompiledSpec {
  const [kind, size] = name.split('/')
  return kind === 'minutes' ? minutesSpec(Number(size)) : barsSpec(Number(size))
}

/** The smallest step of height in which the rows find room. */
function slotsFor(rows: number): number {
  return BAR_SLOTS.find((slots) => rows <= slots) ?? 16
}

function longestOf(rows: readonly { readonly value: number }[]): number {
  return Math.max(1, ...rows.map((row) => row.value))
}

/** Two drawings of one column each as one drawing. */
function besides(columns: readonly string[], height: number): string {
  const groups = columns.map((svg, index) => {
    const inner = svg.replace(/^<svg[^>]*>/, '').replace(/<\/svg>$/, '')
    return `<g transform="translate(${index * (NARROW_WIDTH + COLUMN_GAP)},0)">${inner}</g>`
  })
  return `<svg viewBox="0 0 ${WIDE_WIDTH} ${height + 4}">${groups.join('')}</svg>`
}
