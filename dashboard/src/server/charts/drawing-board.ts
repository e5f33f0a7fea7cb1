import * as vega from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import type { Language } from '../../lib/language.ts'
import type { CompiledSpec } from './chart-specs.ts'

/** What is drawn: a specification, by a name that stands for it, and the rows and numbers that go into it. */
export interface Drawing {
  /** The same name means the same specification. */
  readonly name: string
  readonly spec: () => CompiledSpec
  readonly rows: readonly object[]
  readonly signals: Readonly<Record<string, number>>
  readonly language: Language
}

/**
 * A view's memory of rows it no longer has grows by some kilobytes with each redraw (measured: 3 kB for sixty rows, with
 * Vega's own cleaning on), which a process that draws every second for weeks would feel.
 */
const VIEW_USES_MAX = 100

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
 * Draws SVG text with Vega. Specs are compiled once; a view is kept per name and language, which makes a redraw about three
 * times as quick as a fresh one; for {@link VIEW_USES_MAX} drawings, because it keeps some of each. Views are not re-entrant, so
 * drawings wait for each other.
 */
export class DrawingBoard {
  readonly #runtimes = new Map<string, vega.Runtime>()
  readonly #views = new Map<string, { readonly view: vega.View; uses: number }>()
  #last: Promise<unknown> = Promise.resolve()

  /** As Vega writes it; {@link accessible} makes of it what a page shows. */
  draw(drawing: Drawing): Promise<string> {
    const drawn = this.#last.then(async () => {
      const view = this.#view(drawing)
      for (const [name, value] of Object.entries(drawing.signals)) view.signal(name, value)
      // Vega writes its own marks into the rows, so it gets copies.
      view.data(
        'rows',
        drawing.rows.map((row) => ({ ...row })),
      )
      await view.runAsync()
      return view.toSVG()
    })
    this.#last = drawn.catch(() => undefined)
    return drawn
  }

  close(): void {
    for (const { view } of this.#views.values()) view.finalize()
    this.#views.clear()
  }

  #view(drawing: Drawing): vega.View {
    const key = `${drawing.name}/${drawing.language}`
    const known = this.#views.get(key)
    if (known && known.uses < VIEW_USES_MAX) {
      known.uses++
      return known.view
    }
    known?.view.finalize()
    const runtime = { ...this.#runtime(drawing), locale: { number: NUMBER_LOCALES[drawing.language] } }
    const view = new vega.View(runtime, {
      renderer: 'none',
      expr: expressionInterpreter,
      loader: NO_LOADER,
      logLevel: vega.Error,
    })
    this.#views.set(key, { view, uses: 1 })
    return view
  }

  #runtime({ name, spec }: Drawing): vega.Runtime {
    const known = this.#runtimes.get(name)
    if (known) return known
    // `ast` makes the parser keep syntax trees, so that no text is ever turned into code.
    const runtime = vega.parse(spec(), undefined, { ast: true })
    this.#runtimes.set(name, runtime)
    return runtime
  }
}

/**
 * Vega's server drawing has no label of its own and a tree of roles that reads as noise. The drawing becomes one image
 * with one sentence. Parts that draw nothing and digits nobody sees are left out, which more than halves it; the font is
 * the page's.
 */
export function accessible(svg: string, sentence: string): string {
  const opening = `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escaped(sentence)}"`
  return svg
    .replace(/^<svg [^>]*?(viewBox="[^"]*")[^>]*>/, (_tag, viewBox: string) => `${opening} ${viewBox}>`)
    .replace(/^(<svg[^>]*>)<rect[^>]*fill="transparent"[^>]*\/>/, '$1')
    .replaceAll(/ (?:role="graphics-[^"]*"|(?:aria-roledescription|aria-hidden|class|pointer-events)="[^"]*")/g, '')
    .replaceAll(/ (?:opacity="1"|font-family="[^"]*")/g, '')
    .replaceAll(/<path d="M0,0h0v0h0Z"\/>|<path d="" display="none"\/>|<text[^>]*><\/text>/g, '')
    .replaceAll(/ (?:d|transform)="[^"]*"/g, (attribute) => attribute.replaceAll(/(\.\d\d)\d+/g, '$1'))
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
