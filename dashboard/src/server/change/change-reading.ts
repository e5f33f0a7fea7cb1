import type { ReportingPeriod } from '@zuil/core'
import {
  CUBES,
  type DimensionId,
  type FigureRow,
  isQueryPart,
  type Measure,
  parsePlace,
  partsOf,
  type Release,
} from '@zuil/warehouse'
import { narrowed } from '../figures/figure-reading.ts'
import { type FigureSetting, publishedOf } from '../figures/figure-setting.ts'
import type { Counted } from './change-difference.ts'
import type { ChangeFigure } from './change-figures.ts'
import { type ChangeWindow, monthsAround, quartersAround, yearsAround } from './change-window.ts'

/** What a figure of a change is asked about. */
export interface ChangeAsked {
  /** Day number of the change. */
  readonly day: number
  /** A place, or several joined by `+`, that did not change; absent: none. */
  readonly beside?: string | undefined
}

/** The published cells of one figure of a change. */
export interface ChangeCells {
  readonly described: ChangeFigure
  readonly measure: Measure
  readonly window: ChangeWindow
  /** Members that it is told apart by; the empty one where it is not. */
  readonly members: readonly string[]
  readonly place: string
  /** The one that may stand beside it. */
  readonly beside?: string | undefined
  /** Releases of the periods, by their key; of what is not published there is none. */
  readonly releases: ReadonlyMap<string, Release>
  /** Periods that were asked and are not published. */
  readonly missing: readonly string[]
  readonly cells: ReadonlyMap<string, Counted>
}

const AROUND = { quarters: quartersAround, months: monthsAround, years: yearsAround } as const

/** Undefined where the place has no such figure or nothing of it is published. */
export async function readChange(
  described: ChangeFigure,
  { day, beside }: ChangeAsked,
  setting: FigureSetting,
): Promise<ChangeCells | undefined> {
  const measure = narrowed(described.measure, figuresOf(described))
  const { place, releases: all } = setting
  if (!isAbout(measure, place)) return undefined
  const window = AROUND[described.around](day)
  const asked = new Map(
    [...window.shown, ...window.pairs.flatMap(({ before, after }) => [before, after])].map((period) => [period.key, period]),
  )
  const published = publishedOf(all).filter(({ period }) => asked.has(period.key))
  if (published.length === 0) return undefined
  const mayStandBeside = described.isPerHead && beside !== undefined && !isCountedTwice(measure, beside)
  const places = mayStandBeside ? [place, beside] : [place]
  const dimensions = dimensionsOf(described)
  const cells = new Map<string, Counted>()
  await Promise.all(
    published.map(async ({ release, period }) => {
      const question = { dimensions, places, period, release, ...(described.at && { members: described.at }) }
      keep(cells, await setting.reader.figures(setting.scope, measure, question), { described, period })
    }),
  )
  const releases = new Map(published.map(({ release, period }) => [period.key, release]))
  return {
    described,
    measure,
    window,
    place,
    releases,
    cells,
    members: [...new Set([...cells.keys()].map((key) => key.split('\n')[2] ?? ''))],
    missing: [...asked.keys()].filter((key) => !releases.has(key)).sort(),
    ...(mayStandBeside && { beside }),
  }
}

/** The cell of a place in a period; of a figure that is told apart, of one member. */
export function countedAt(
  { cells }: Pick<ChangeCells, 'cells'>,
  place: string,
  { key }: ReportingPeriod,
  member = '',
): Counted | undefined {
  return cells.get(cellName(place, key, member))
}

/** Whether places that are added up would count somebody twice. */
export function isCountedTwice(measure: Measure, place: string): boolean {
  if (!place.includes('+')) return false
  return measure.figures
    .flatMap(partsOf)
    .some((part) => !isQueryPart(part) && CUBES[part.cube].placesSeveral && part.columns.includes('people'))
}

function keep(
  cells: Map<string, Counted>,
  rows: readonly FigureRow[],
  { described: { figure, count, by }, period }: { readonly described: ChangeFigure; readonly period: ReportingPeriod },
): void {
  const nameOf = (row: FigureRow) => cellName(row.place, period.key, by ? (row.members[0] ?? '') : '')
  const counts = new Map(rows.filter((row) => row.figure === count && row.status === 'ok').map((row) => [nameOf(row), row.value]))
  for (const row of rows)
    if (row.figure === figure)
      cells.set(nameOf(row), { estimate: row, ...(count !== undefined && { count: counts.get(nameOf(row)) }) })
}

function cellName(place: string, period: string, member: string): string {
  return [place, period, member].join('\n')
}

function figuresOf({ figure, count }: ChangeFigure): readonly string[] {
  return count === undefined || count === figure ? [figure] : [figure, count]
}

function dimensionsOf({ by, at = {} }: ChangeFigure): readonly DimensionId[] {
  // `as` holds: the keys of `at` are dimensions of the measure
  return [...(by ? [by] : []), ...(Object.keys(at) as DimensionId[])]
}

function isAbout({ places }: Measure, place: string): boolean {
  const kind = parsePlace(place)?.kind
  return kind !== undefined && places.includes(kind)
}
