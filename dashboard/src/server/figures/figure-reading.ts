import { parseReportingPeriod, previousPeriod, type ReportingPeriod } from '@zuil/core'
import {
  type BenchmarkRow,
  CATALOGUE,
  type Crossing,
  DIMENSIONS,
  type DimensionId,
  type Estimate,
  type FigureRow,
  type Measure,
  parsePlace,
} from '@zuil/warehouse'
import { annotationsOf } from './figure-annotations.ts'
import { type Category, cellKey, type FigureData, NO_COLUMN } from './figure-data.ts'
import {
  COHORTS_MAX,
  type FigureSetting,
  PERIODS_MAX,
  type Published,
  publishedBefore,
  publishedFor,
  publishedUntil,
} from './figure-setting.ts'
import type { Axis, FigureDescription } from './page-description.ts'

/** Places of one figure; a table with more rows is for the data API. */
const PLACES_MAX = 60

/** Member of those of whom it is not known. */
const UNKNOWN = 'UNKNOWN'

/** A row of an answer, with the period that it is of. */
interface DatedRow extends FigureRow {
  readonly period: string
}

/** Reads the cells of a figure and lays them along its axes; undefined where the place has no such figure or nothing is published. */
export async function readFigure(description: FigureDescription, setting: FigureSetting): Promise<FigureData | undefined> {
  const measure = narrowed(description.measure, description.figures)
  const places = placesOf(description, setting)
  const published = publishedFor(measure, setting)
  if (!published || places.length === 0 || !isAbout(description, measure, setting)) return undefined
  const periods = periodsOf(description, published, setting)
  const [beside, peers, ...answers] = await Promise.all([
    readBeside(measure, description, { published, setting }),
    description.chart === 'strip' ? peersOf(published, setting) : undefined,
    ...periods.map((one) => ask(measure, description, { published: one, places, setting })),
  ])
  const rows = answers.flat()
  const [rowAxis, columnAxis] = [description.rows, description.columns]
  const cells = cellsOf(rows, description, measure)
  const categories = async (axis: Axis): Promise<readonly Category[]> => {
    const keys = ordered(axis, { rows, description, measure })
    const titles = axis === 'event' || axis === 'reward' ? await setting.titles.titlesOf(axis, keys) : undefined
    return keys.map((key) => setting.writing.category(axis, key, { measure, titles }))
  }
  const tabled = await categories(rowAxis)
  const unknown = tabled.find(({ key }) => key === UNKNOWN && isWithheld(key, { rows, description, measure }))
  return {
    description,
    measure,
    release: published.release,
    releases: periods.map(({ release }) => release),
    places,
    annotations: annotationsOf(periods, setting),
    rows: tabled.filter((row) => row !== unknown),
    ...(unknown && { unknown }),
    columns: columnAxis ? await categories(columnAxis) : [NO_COLUMN],
    cells,
    ...(beside && { beside }),
    ...(peers && { peers }),
  }
}

/** A measure with only some of its figures, so that nothing else is read. */
export function narrowed(id: string, figures: readonly string[]): Measure {
  const measure = CATALOGUE.find((one) => one.id === id)
  if (!measure) throw new RangeError(`There is no measure ${id}`)
  return { ...measure, figures: figures.flatMap((figure) => measure.figures.filter((one) => one.id === figure)) }
}

/** Dimensions of the question, in the order that the measure crosses them. */
export function crossingOf(
  measure: Measure,
  { rows, columns }: Pick<FigureDescription, 'rows' | 'columns'>,
): readonly DimensionId[] {
  const wanted = [rows, columns].flatMap((axis) => dimensionOf(axis) ?? [])
  const found = measure.dimensions.find((set) => set.length === wanted.length && wanted.every((id) => set.includes(id)))
  // `as` holds: all members of the set were asked for, and those are dimensions of cells
  return (found ?? wanted) as readonly DimensionId[]
}

interface Asked {
  readonly published: Published
  readonly places: readonly string[]
  readonly setting: FigureSetting
}

async function ask(
  measure: Measure,
  description: FigureDescription,
  { published, places, setting }: Asked,
): Promise<readonly DatedRow[]> {
  const { release, period } = published
  const dimensions: Crossing = crossingOf(measure, description)
  const question = { dimensions, places, period, release, ...(description.members && { members: description.members }) }
  const rows = await setting.reader.figures(setting.scope, measure, question)
  return rows.map((row) => ({ ...row, period: period.key }))
}

async function readBeside(
  measure: Measure,
  description: FigureDescription,
  { published, setting }: Pick<Asked, 'published' | 'setting'>,
): Promise<FigureData['beside']> {
  const { beside, writing } = setting
  if (!beside || description.columns || description.rows === 'period' || description.chart !== 'bars') return undefined
  if (beside.kind === 'previous') {
    const earlier = publishedBefore(published, setting)
    if (!earlier) return undefined
    const rows = await ask(measure, description, { published: earlier, places: placesOf(description, setting), setting })
    return { label: writing.period(earlier.period.key), cells: cellsOf(rows, description, measure) }
  }
  // Elsewhere people go to other municipalities, and other events: the rows would not be the same.
  const dimension = dimensionOf(description.rows)
  const isFromData = dimension !== undefined && DIMENSIONS[dimension].members === 'FROM_DATA'
  if (description.rows === 'place' || isFromData || !hasPlaces(measure, measure, [beside.place])) return undefined
  const rows = await ask(measure, description, { published, places: [beside.place], setting })
  return { label: writing.place(beside.place), cells: cellsOf(rows, description, measure) }
}

async function peersOf(
  { release }: Published,
  { reader, scope, place }: FigureSetting,
): Promise<ReadonlyMap<string, BenchmarkRow>> {
  const rows = await reader.peers(scope, release, place.slice('organizer:'.length))
  return new Map(rows.map((row) => [row.figure, row]))
}

function cellsOf(rows: readonly DatedRow[], description: FigureDescription, measure: Measure): ReadonlyMap<string, Estimate> {
  const dimensions = crossingOf(measure, description)
  return new Map(rows.map((row) => [keyOf(row, description, dimensions), row]))
}

function placesOf({ rows, columns }: FigureDescription, { place, municipalities }: FigureSetting): readonly string[] {
  return rows === 'place' || columns === 'place' ? municipalities.slice(0, PLACES_MAX) : [place]
}

/** Whether there is such a figure for all of these places. */
function hasPlaces(
  { places: kinds }: Pick<Measure, 'places'>,
  { figures }: Pick<Measure, 'figures'>,
  places: readonly string[],
): boolean {
  return places.every((place) => {
    const kind = parsePlace(place)?.kind
    return kind !== undefined && kinds.includes(kind) && figures.some((figure) => figure.places?.includes(kind) ?? true)
  })
}

/** Whether a page about this place has the figure. */
function isAbout({ places, rows, columns }: FigureDescription, measure: Measure, { place }: FigureSetting): boolean {
  const kind = parsePlace(place)?.kind
  if (kind === undefined || (places && !places.includes(kind))) return false
  return rows === 'place' || columns === 'place' ? kind !== 'ORGANIZER' : hasPlaces(measure, measure, [place])
}

function periodsOf(
  { rows, columns }: FigureDescription,
  published: Published,
  { releases }: FigureSetting,
): readonly Published[] {
  if (rows === 'cohort') return publishedUntil(published, releases, COHORTS_MAX)
  return rows === 'period' || columns === 'period' ? publishedUntil(published, releases, PERIODS_MAX) : [published]
}

function keyOf(row: DatedRow, description: FigureDescription, dimensions: readonly DimensionId[]): string {
  const { rows, columns } = description
  const column = columns ? keyAlong(columns, row, dimensions) : ''
  return cellKey(keyAlong(rows, row, dimensions), column, row.figure)
}

/** Where a row of an answer stands along an axis. */
function keyAlong(axis: Axis, row: DatedRow, dimensions: readonly DimensionId[]): string {
  if (axis === 'figure') return row.figure
  if (axis === 'place') return row.place
  if (axis === 'period') return row.period
  if (axis === 'cohort') return cohortOf(row, dimensions)
  // what stands beside each other is laid out where it is read
  if (axis === 'series') return ''
  return row.members[dimensions.indexOf(axis)] ?? ''
}

/** The quarter in which those of a row took part for the first time. */
function cohortOf(row: DatedRow, dimensions: readonly DimensionId[]): string {
  const ago = Number(row.members[dimensions.indexOf('quarters-since')] ?? 0)
  const own = parseReportingPeriod(row.period)
  const first = own && Array.from({ length: ago }).reduce<ReportingPeriod>(previousPeriod, own)
  return first?.key ?? row.period
}

interface Answered {
  readonly rows: readonly DatedRow[]
  readonly description: FigureDescription
  readonly measure: Measure
}

/** Keys along an axis: in the order of the dimension where it has one, in that of time, else the largest first. */
function ordered(axis: Axis, { rows, description, measure }: Answered): readonly string[] {
  const dimensions = crossingOf(measure, description)
  const dimension = dimensionOf(axis)
  // What is nowhere known is no series of a drawing, and no column of a table.
  if (axis === 'figure')
    return description.figures.filter((id) => rows.some(({ figure, status }) => figure === id && status !== 'na'))
  if (dimension && DIMENSIONS[dimension].members !== 'FROM_DATA') {
    const members = description.members?.[dimension] ?? DIMENSIONS[dimension].members
    return members.filter((member) => rows.some((row) => keyAlong(axis, row, dimensions) === member && row.status !== 'na'))
  }
  const totals = new Map<string, number>()
  for (const row of rows) {
    const key = keyAlong(axis, row, dimensions)
    if (row.figure === description.figures[0]) totals.set(key, (totals.get(key) ?? 0) + (row.status === 'ok' ? row.value : 0))
  }
  if (axis === 'period' || axis === 'cohort') return [...totals.keys()].sort()
  return [...totals].sort(([one, most], [other, more]) => more - most || one.localeCompare(other)).map(([key]) => key)
}

/** Nobody is of unknown age where the registry is complete, which is withheld as well: a drawing has no place for it. */
function isWithheld(member: string, { rows, description, measure }: Answered): boolean {
  const dimensions = crossingOf(measure, description)
  return !rows.some((row) => row.status === 'ok' && keyAlong(description.rows, row, dimensions) === member)
}

function dimensionOf(axis: Axis | undefined): DimensionId | undefined {
  if (axis === 'figure' || axis === 'place' || axis === 'period' || axis === 'cohort' || axis === 'series') return undefined
  return axis
}
