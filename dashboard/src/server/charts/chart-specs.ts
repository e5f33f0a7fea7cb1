import type { Spec } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'

/** A compiled Vega specification: plain JSON. */
export type CompiledSpec = Spec

/**
 * Sizes in CSS pixels. Charts are drawn at the size they are read at, because text in a scaled drawing would leave the
 * range of readable sizes. `narrow` fits a telephone and one column of the page, `wide` two columns.
 */
export const NARROW_WIDTH = 336
export const WIDE_WIDTH = 736
const MINUTES_HEIGHT = 208
/** Room below the columns for the clock times. */
const CLOCK_ROOM = 24
/** One bar with its words above it. */
export const BAR_STEP = 40

/**
 * Vega guesses 0.8 em for a letter where there is no canvas to measure with; ours need about 0.5 em. This cuts at 35
 * letters, for which there is room beside a number of seven digits.
 */
const LABEL_LIMIT = 420

/** A chart's height may only take these steps, so that a new row moves the page at most twice a day. */
export const BAR_SLOTS = [4, 8, 16] as const
/** White between two columns of bars, CSS pixels. */
export const COLUMN_GAP = WIDE_WIDTH - 2 * NARROW_WIDTH
/** Name of the signal that holds the end of the scale, so that it does not depend on the rows of one drawing alone. */
export const LONGEST_SIGNAL = 'longest'

/** Colours are the page's own (tokens.css), so that one drawing serves the light, the dark and the printed page. */
const INK = 'var(--ink)'
const SOFT_INK = 'var(--ink-soft)'
const RULE = 'var(--rule)'
const BAR = 'var(--chart-bar)'
const PROVISIONAL = 'var(--chart-provisional)'

const CONFIG = {
  background: 'transparent',
  padding: 0,
  view: { stroke: null },
  axis: {
    aria: false,
    domain: false,
    ticks: false,
    gridColor: RULE,
    labelColor: SOFT_INK,
    labelFontSize: 14,
    labelPadding: 6,
    title: null,
  },
} as const

/** One column per minute. Rows: `slot` 0–59, `value`, `provisional`, `clock` (text below the column, mostly empty). */
export function minutesSpec(width: number): CompiledSpec {
  const slots = Array.from({ length: 60 }, (_, slot) => slot)
  const x = { field: 'slot', type: 'ordinal', axis: null, scale: { domain: slots, paddingInner: 0.2, paddingOuter: 0 } } as const
  return plain({
    params: [{ name: LONGEST_SIGNAL, value: 1 }],
    width: width - 48,
    height: MINUTES_HEIGHT,
    autosize: { type: 'none' },
    padding: { left: 48, right: 0, top: 12, bottom: CLOCK_ROOM },
    data: { name: 'rows' },
    layer: [
      {
        mark: { type: 'bar', aria: false, strokeWidth: 1 },
        encoding: {
          x,
          y: {
            field: 'value',
            type: 'quantitative',
            scale: { domainMin: 0, domainMax: { expr: LONGEST_SIGNAL }, nice: 4 },
            axis: { tickCount: 4, tickMinStep: 1, format: ',d' },
          },
          color: { condition: { test: 'datum.provisional', value: PROVISIONAL }, value: BAR },
          stroke: { condition: { test: 'datum.provisional', value: BAR }, value: null },
          strokeDash: { condition: { test: 'datum.provisional', value: [2, 2] }, value: null },
        },
      },
      {
        data: { values: [{}] },
        mark: { type: 'rule', aria: false, color: SOFT_INK, strokeWidth: 1 },
        encoding: { y: { datum: 0, type: 'quantitative' } },
      },
      {
        mark: { type: 'text', aria: false, align: 'center', baseline: 'top', fontSize: 14, color: SOFT_INK },
        encoding: { x, y: { value: MINUTES_HEIGHT + 7 }, text: { field: 'clock', type: 'nominal' } },
      },
    ],
    config: CONFIG,
  })
}

/**
 * Ranked bars with their words above them, the number to the right. Rows: `slot` 0…, `label`, `value`, `text`, `rest`
 * (true for the row that gathers all others, which is drawn in grey).
 */
export function barsSpec(slotCount: number): CompiledSpec {
  const slots = Array.from({ length: slotCount }, (_, slot) => slot)
  const y = { field: 'slot', type: 'ordinal', axis: null, scale: { domain: slots, padding: 0 } } as const
  const words = { type: 'text', aria: false, baseline: 'alphabetic', yOffset: -3, fontSize: 15, color: INK } as const
  return plain({
    params: [{ name: LONGEST_SIGNAL, value: 1 }],
    width: NARROW_WIDTH,
    height: slotCount * BAR_STEP,
    autosize: { type: 'none' },
    padding: { left: 0, right: 0, top: 0, bottom: 4 },
    data: { name: 'rows' },
    layer: [
      {
        mark: { type: 'rule', aria: false, color: RULE, strokeWidth: 1, yOffset: 12.5 },
        encoding: { y, x: { value: 0 }, x2: { value: NARROW_WIDTH } },
      },
      {
        mark: { type: 'bar', aria: false, height: 8, yOffset: 8 },
        encoding: {
          y,
          x: {
            field: 'value',
            type: 'quantitative',
            axis: null,
            scale: { nice: false, domainMin: 0, domainMax: { expr: LONGEST_SIGNAL } },
          },
          color: { condition: { test: 'datum.rest', value: 'var(--chart-rest)' }, value: BAR },
        },
      },
      {
        mark: { ...words, align: 'left', limit: LABEL_LIMIT },
        encoding: { y, x: { value: 0 }, text: { field: 'label', type: 'nominal' } },
      },
      {
        mark: { ...words, align: 'right', fontWeight: 600 },
        encoding: { y, x: { value: NARROW_WIDTH }, text: { field: 'text', type: 'nominal' } },
      },
    ],
    config: CONFIG,
  })
}

/** What the compiler returns has objects with methods in it; the interpreter's parser wants plain JSON. */
export function plain(spec: unknown): CompiledSpec {
  // `as` holds by the tests, which compile and draw every spec of this file: the type of a Vega-Lite spec is a union so
  // large that a composed literal does not match it without repeating its every field.
  return JSON.parse(JSON.stringify(compile(spec as TopLevelSpec).spec))
}
