import { type Estimate, measureOf, type Release } from '@zuil/warehouse'
import type { BoundaryMap } from '../../../src/server/boundaries/boundary-book.ts'
import { cellKey, type FigureData, NO_COLUMN } from '../../../src/server/figures/figure-data.ts'
import { FigureWriting } from '../../../src/server/figures/figure-writing.ts'
import type { FigureDescription } from '../../../src/server/figures/page-description.ts'
import type { FigureId } from '../../../src/server/figures/pages/described-pages.ts'

const RELEASE: Release = {
  release: 7,
  publishedAt: Date.parse('2026-02-01T08:00:00Z'),
  provisional: false,
  periodKind: 'YEAR',
  period: '2025',
  threshold: 10,
  cubes: [],
  cells: 1,
  withheld: 1,
  contentRows: 1,
  contentHash: '1',
}

const PLACES = new Map([
  ['municipality:44021', 'Gent'],
  ['municipality:44043', 'Melle'],
])

const NAMES = {
  place: (place: string) => PLACES.get(place) ?? place,
  points: new Map([
    [44021, { latitude: 51.05, longitude: 3.72 }],
    [44043, { latitude: 51, longitude: 3.8 }],
    [44088, { latitude: 51.01, longitude: 3.75 }],
  ]),
}

export const WRITING = new FigureWriting('nl', NAMES)

/** As where somebody imported these outlines. */
export function writingWith(boundaries: BoundaryMap): FigureWriting {
  return new FigureWriting('nl', { ...NAMES, boundaries: () => boundaries })
}

/** A published value with the bounds that its rounding leaves. */
export function value(number: number, around = 1): Estimate {
  return { status: 'ok', value: number, low: Math.max(0, number - around), high: number + around, decimals: 0 }
}

export const WITHHELD: Estimate = { status: 'withheld', value: 0, low: 0, high: 0, decimals: 0 }

/** Estimates by row, or by row and column. */
export type Cells = Readonly<Record<string, Estimate | Readonly<Record<string, Estimate>>>>

/** A figure with these cells, of its first figure or, where they run along it, of each. */
export function handMade(description: FigureDescription & { readonly id: FigureId }, cells: Cells): FigureData {
  const measure = measureOf(description.measure)
  if (!measure) throw new RangeError(description.measure)
  const { rows, columns, figures } = description
  const figureOf = (row: string, column: string) => (rows === 'figure' ? row : columns === 'figure' ? column : (figures[0] ?? ''))
  const flat = Object.entries(cells).flatMap(([row, of]) =>
    isEstimate(of) ? [{ row, column: '', of }] : Object.entries(of).map(([column, one]) => ({ row, column, of: one })),
  )
  const keys = (of: (cell: (typeof flat)[number]) => string) => [...new Set(flat.map(of))]
  return {
    description,
    measure,
    release: RELEASE,
    releases: [RELEASE],
    annotations: [],
    places: ['municipality:44021'],
    rows: keys(({ row }) => row).map((key) => WRITING.category(rows, key, { measure })),
    columns: columns ? keys(({ column }) => column).map((key) => WRITING.category(columns, key, { measure })) : [NO_COLUMN],
    cells: new Map(flat.map(({ row, column, of }) => [cellKey(row, column, figureOf(row, column)), of])),
  }
}

function isEstimate(of: Estimate | Readonly<Record<string, Estimate>>): of is Estimate {
  return typeof of.status === 'string'
}
