import * as vega from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import type { Language } from '../lib/language.ts'
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

interface Drawing {
  readonly rows: readonly { readonly value: number }[]
  readonly language: Language
  /** Value at the end of the scale. */
  readonly longest: number
}

/**
 * A view's memory of rows it no longer has grows by some kilobytes with each redraw (measured: 3 kB for sixty rows, with
 * Vega's own cleaning on), which a process that draws every second for weeks would feel.
 */
const VIEW_USES_MAX = 100

/** The scale of a quiet hour still has room for whole numbers. */
const MINUTES_SCALE_MIN = 4

/** Marks of thousands and decimals as in format.ts; d3-format has no Belgian locales. */
const NUMBER_LOCALES: Readonly<Record<Language, vega.NumberLocale>> = {
  nl: { decimal: ',', thousands: '.', grouping: [3], currency: ['€ ', ''] },
  fr: { decimal: ',', thousands: '\u202f', grouping: [3], currency: ['', ' €'] },
  en: { decimal: '.', thousands: ',', grouping: [3], currency: ['€', ''] },
}

/** Charts are data only: nothing is ever loaded from an address. */
const NO_LOADER = {
  ...vega.loader(),
  load: (address: string) => Promise.reject(new Error(`A chart may not load ${address}`)),
}

/**
 * Draws charts as SVG text with Vega. Specs are compiled once; a view is kept per drawing and language, which makes a
 * redraw about three times as quick as a fresh one; for {@link VIEW_USES_MAX} drawings, because it keeps some of each. Views are not re-entrant, so drawings wait for each other.
 */
export class ChartRenderer {
  readonly #runtimes = new Map<string, vega.Runtime>()
  readonly #views = new Map<string, { readonly view: vega.View; uses: number }>()
  #last: Promise<unknown> = Promise.resolve()

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
    for (const { view } of this.#views.values()) view.finalize()
    this.#views.clear()
  }

  #draw(name: string, { rows, language, longest }: Drawing): Promise<string> {
    const drawing = this.#last.then(async () => {
      const view = this.#view(name, language)
      view.signal(LONGEST_SIGNAL, longest)
      // Vega writes its own marks into the rows, so it gets copies.
      view.data(
        'rows',
        rows.map((row) => ({ ...row })),
      )
      await view.runAsync()
      return view.toSVG()
    })
    this.#last = drawing.catch(() => undefined)
    return drawing
  }

  #view(name: string, language: Language): vega.View {
    const key = `${name}/${language}`
    const known = this.#views.get(key)
    if (known && known.uses < VIEW_USES_MAX) {
      known.uses++
      return known.view
    }
    known?.view.finalize()
    const view = new vega.View(this.#runtime(name), {
      renderer: 'none',
      expr: expressionInterpreter,
      loader: NO_LOADER,
      // `as` holds: a view takes the definition of a locale; the type names what it makes of it.
      locale: { number: NUMBER_LOCALES[language] } as unknown as vega.LocaleFormatters,
      logLevel: vega.Error,
    })
    this.#views.set(key, { view, uses: 1 })
    return view
  }

  #runtime(name: string): vega.Runtime {
    const known = this.#runtimes.get(name)
    if (known) return known
    // `as` holds: the compiler's output is a Vega spec. `ast` makes the parser keep syntax trees, so that no text is
    // ever turned into code.
    const runtime = vega.parse(specOf(name) as unknown as vega.Spec, undefined, { ast: true })
    this.#runtimes.set(name, runtime)
    return runtime
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

/**
 * Vega's server drawing has no label of its own and a tree of roles that reads as noise. The drawing becomes one image
 * with one sentence. Parts that draw nothing and digits nobody sees are left out, which more than halves it; the font is
 * the page's.
 */
function accessible(svg: string, sentence: string): string {
  const opening = `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escaped(sentence)}"`
  return svg
    .replace(/^<svg [^>]*?(viewBox="[^"]*")[^>]*>/, (_tag, viewBox: string) => `${opening} ${viewBox}>`)
    .replace(/^(<svg[^>]*>)<rect[^>]*fill="transparent"[^>]*\/>/, '$1')
    .replaceAll(/ (?:role="graphics-[^"]*"|(?:aria-roledescription|aria-hidden|class|pointer-events)="[^"]*")/g, '')
    .replaceAll(/ (?:opacity="1"|font-family="[^"]*")/g, '')
    .replaceAll(/<path d="M0,0h0v0h0Z"\/>|<path d="" display="none"\/>|<text[^>]*><\/text>/g, '')
    .replaceAll(/ (?:d|transform)="[^"]*"/g, (attribute) => attribute.replaceAll(/(\.\d\d)\d+/g, '$1'))
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
