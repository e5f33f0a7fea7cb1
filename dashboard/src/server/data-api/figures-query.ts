import { type Problem, parseReportingPeriod, problem, type ReportingPeriod } from '@zuil/core'
import {
  CATALOGUE,
  type Crossing,
  CUBES,
  DIMENSIONS,
  type DimensionId,
  figuresFor,
  isQueryPart,
  type Measure,
  measureOf,
  parsePlace,
  partsOf,
  type Release,
} from '@zuil/warehouse'
import {
  CELLS_PER_ANSWER_MAX,
  type CellsParameters,
  combinationsAsked,
  listOf,
  placesOf,
  quoted,
  type Readable,
  releaseOf,
} from './cells-query.ts'

/** A question of a measure that releases can answer and the reader may ask. */
export interface FiguresQuestion {
  readonly measure: Measure
  readonly dimensions: readonly DimensionId[]
  /** With `+` between them where they are added up to one. */
  readonly places: readonly string[]
  readonly period: ReportingPeriod
  readonly release: Release
}

/** Measures about people: what is exact has doors of its own, and the benchmark too. */
export const PUBLISHED_MEASURES: readonly Measure[] = CATALOGUE.filter(
  ({ disclosure, figures }) => (disclosure === 'PEOPLE' || disclosure === 'ORGANIZERS') && figures.length > 0,
)

/** Crossings that cells have: those by what only operators see are left out. */
export function crossingsOf({ dimensions }: Measure): readonly (readonly DimensionId[])[] {
  return dimensions.filter((crossing): crossing is readonly DimensionId[] => crossing.every((id) => id in DIMENSIONS))
}

/** As `cellsQuestion`: nothing is looked up before the scope has said yes. */
export function figuresQuestion(
  { measure: name, ...parameters }: CellsParameters & { readonly measure: string },
  readable: Readable,
): FiguresQuestion | Problem {
  const measure = measureOf(name)
  if (!measure || !PUBLISHED_MEASURES.includes(measure)) {
    const allowed = PUBLISHED_MEASURES.map(({ id }) => id)
    return problem('unknown-measure', { detail: `There is no measure ${quoted(name)} in releases`, allowed })
  }
  const wanted = listOf(parameters.dimensions)
  const crossings = crossingsOf(measure)
  const dimensions = crossings.find((set) => set.length === wanted.length && set.every((id) => wanted.includes(id)))
  if (!dimensions) {
    const allowed = crossings.map((set) => set.join())
    return problem('dimensions-not-crossed', { detail: `${measure.id} is not broken down by ${quoted(wanted.join())}`, allowed })
  }
  const asked = placesOf(parameters, readable.scope)
  if ('type' in asked) return asked
  const kinds = new Set(asked.map((place) => parsePlace(place)?.kind))
  if ([...kinds].some((kind) => !kind || !measure.places.includes(kind)))
    return problem('invalid-query', { detail: `${measure.id} is not about such a place`, allowed: measure.places })
  const together = parameters.together === true && asked.length > 1
  if (together && (kinds.size > 1 || countsPeopleTwice(measure, dimensions)))
    return problem('places-not-added', { detail: 'People may count in several of these places' })
  const places = together ? [asked.join('+')] : asked
  const period = parseReportingPeriod(parameters.period)
  const releases = readable.releases.filter(({ periodKind }) => measure.periods.includes(periodKind))
  const release = releaseOf(parameters, { releases })
  if ('type' in release) return release
  const rows = rowsAsked(measure, { dimensions, places: asked })
  if (rows > CELLS_PER_ANSWER_MAX)
    return problem('answer-too-large', { detail: `This may be ${rows} rows; an answer has at most ${CELLS_PER_ANSWER_MAX}` })
  return period ? { measure, dimensions, places, period, release } : problem('invalid-query', { detail: 'That is no period' })
}

/** Rows that an answer may have. */
export function rowsAsked(measure: Measure, { dimensions, places }: Pick<FiguresQuestion, 'dimensions' | 'places'>): number {
  return places.length * figuresFor(measure, dimensions).length * combinationsAsked(dimensions)
}

/** Whether a figure is made of people of whom one may be in several of the places. */
function countsPeopleTwice(measure: Measure, crossing: Crossing): boolean {
  return figuresFor(measure, crossing)
    .flatMap(partsOf)
    .some((part) => !isQueryPart(part) && CUBES[part.cube].placesSeveral && part.columns.includes('people'))
}
