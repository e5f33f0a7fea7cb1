import type { Unit } from '@zuil/warehouse'
import type { TopLevelSpec } from 'vega-lite'
import { type CompiledSpec, NARROW_WIDTH, plain, WIDE_WIDTH } from '../../charts/chart-specs.ts'
import type { FigureData } from '../figure-data.ts'
import type { FigureWriting } from '../figure-writing.ts'

/** Widths that figures are drawn at, in CSS pixels. */
export const WIDTHS = { narrow: NARROW_WIDTH, wide: WIDE_WIDTH } as const

/** Rows of one drawing, and the numbers that hold its scale. */
export interface Filling {
  readonly rows: readonly object[]
  readonly signals: Readonly<Record<string, number>>
  /** What symbols and tones stand for. */
  readonly legend: readonly LegendEntry[]
  /** Pixels of the specification that these rows leave empty; default: none. */
  readonly unused?: { readonly above?: number; readonly below?: number }
}

export interface LegendEntry {
  readonly mark: 'circle' | 'square' | 'withheld' | 'tick' | 'tone'
  /** Colour of the mark. */
  readonly colour: string
  readonly label: string
}

/** How one kind of figure is drawn: a specification for a width, and what goes into it. */
export interface FigureDrawing {
  readonly spec: (width: number) => CompiledSpec
  /** Undefined where a drawing would say nothing. */
  readonly fill: (data: FigureData, writing: FigureWriting, width: number) => Filling | undefined
}

/** Rows that a drawing has at most; the table has all. */
export const DRAWN_ROWS_MAX = 15

/** Colours are the page's own (tokens.css), so that one drawing serves the light, the dark and the printed page. */
export const COLOURS = {
  ink: 'var(--ink)',
  softInk: 'var(--ink-soft)',
  rule: 'var(--rule)',
  paper: 'var(--paper)',
  bar: 'var(--chart-bar)',
  rest: 'var(--chart-rest)',
  socialTariff: 'var(--chart-social-tariff)',
  /** Of municipalities that a map is about, below their dots. */
  land: 'var(--chart-tone-1)',
  /** A pattern that every drawing defines for itself. */
  withheld: 'url(#withheld)',
} as const

/** From the lightest to the strongest. */
export const TONES = [1, 2, 3, 4, 5].map((tone) => `var(--chart-tone-${tone})`)
/** From this tone on words in it are in the colour of the paper. */
export const DARK_TONE = 3

/** Of a hatched bar: it says nothing of the value. */
export const WITHHELD_WIDTH = 44

export const TEXT = { type: 'text', aria: false, fontSize: 14, color: COLOURS.ink, limit: 420 } as const

const CONFIG = {
  background: 'transparent',
  padding: 0,
  view: { stroke: null },
  axis: {
    aria: false,
    domain: false,
    ticks: false,
    gridColor: COLOURS.rule,
    labelColor: COLOURS.softInk,
    labelFontSize: 14,
    labelPadding: 6,
    title: null,
  },
} as const

/** A Vega-Lite specification over the rows of a figure, compiled. */
export function figureSpec(spec: Readonly<Record<string, unknown>>): CompiledSpec {
  return plain({ autosize: { type: 'none' }, data: { name: 'rows' }, config: CONFIG, ...spec } satisfies object as TopLevelSpec)
}

/** Colour of a mark as its row says it. */
export const OWN_COLOUR = { field: 'colour', type: 'nominal', scale: null, legend: null } as const

const SOCIAL_TARIFF_KEYS: readonly string[] = ['KT', 'active-social-tariff']

/** Of the columns of a drawing: orange is the social tariff and nothing else, grey what stands beside. */
export function coloursOf(columns: readonly { readonly key: string }[]): readonly string[] {
  const hasTariff = columns.some(({ key }) => SOCIAL_TARIFF_KEYS.includes(key))
  return columns.map(({ key }, index) => {
    if (SOCIAL_TARIFF_KEYS.includes(key)) return COLOURS.socialTariff
    return hasTariff || index === 0 ? COLOURS.bar : COLOURS.rest
  })
}

/** For numbers inside a drawing, where words find no room: those of the unit stand above it, as for the numbers of an axis. */
export function bareUnit(unit: Unit): Unit {
  return unit === 'PER_1000' || unit === 'PERCENTAGE_POINTS' ? 'COUNT' : unit
}

/** Rows of a kind only. */
export function only(test: string): { readonly transform: readonly [{ readonly filter: string }] } {
  return { transform: [{ filter: test }] }
}
