import { type Problem, parseReportingPeriod, problem } from '@zuil/core'
import {
  type CellsQuery,
  CUBE_IDS,
  CUBES,
  type Cube,
  DIMENSIONS,
  type DimensionId,
  isCubeId,
  parsePlace,
  type Release,
  validRelease,
} from '@zuil/warehouse'
import type { Scope } from '../scope/scope.ts'

/** Rows of one answer: what a spreadsheet still sorts without waiting. */
export const CELLS_PER_ANSWER_MAX = 50_000
/** More than there are municipalities in Flanders and Brussels. */
export const PLACES_PER_REQUEST_MAX = 400
/** Members of a dimension that come from the data are not known beforehand; there are 565 municipalities in Belgium. */
const MEMBERS_ASSUMED = 600
/** Of two such dimensions only pairs that are published have a row: a municipality has a few dozen from which ten people came. */
const PAIRS_ASSUMED = 6_000
/** Places that a refusal names. */
const PLACES_NAMED_MAX = 20

/** The parameters that choose cells, as they stand in the address: lists with commas between their parts. */
export interface CellsParameters {
  readonly dimensions?: string
  readonly place: string
  readonly period: string
  readonly release?: number
  readonly together?: boolean
}

/** Which releases there are, and what the reader may see of them. */
export interface Readable {
  readonly scope: Scope
  readonly releases: readonly Release[]
}

/** Cells of one cube that exist and may be read. */
export interface CellsQuestion {
  readonly cube: Cube
  readonly columns: readonly string[]
  readonly dimensions: readonly DimensionId[]
  readonly places: readonly string[]
  /** The places are added up. */
  readonly together: boolean
  readonly release: Release
}

/** Parts of a list in an address. */
export function listOf(text: string | undefined): readonly string[] {
  return [...new Set((text ?? '').split(',').filter((part) => part !== ''))]
}

/**
 * The question of an address, or what is wrong with it and what it may say instead. What is outside the scope is refused before
 * anything is looked up, in the same words whether it exists or not.
 */
export function cellsQuestion(
  { cube: cubeId, column, ...parameters }: CellsParameters & { readonly cube: string; readonly column?: string },
  readable: Readable,
): CellsQuestion | Problem {
  if (!isCubeId(cubeId)) return problem('unknown-measure', { detail: `There is no cube ${quoted(cubeId)}`, allowed: CUBE_IDS })
  const cube = CUBES[cubeId]
  const offered = columnsOf(cube)
  const columns = column === undefined ? offered : listOf(column)
  const strange = columns.find((id) => !offered.includes(id))
  if (strange !== undefined || columns.length === 0)
    return problem('invalid-query', { detail: `${cubeId} has no column ${quoted(strange ?? '')}`, allowed: offered })
  const dimensions = dimensionsOf(cube, parameters.dimensions)
  if ('type' in dimensions) return dimensions
  const places = placesOf(parameters, readable.scope)
  if ('type' in places) return places
  const kinds = new Set(places.map((place) => parsePlace(place)?.kind))
  if (cube.places.every((kind) => !kinds.has(kind)) || [...kinds].some((kind) => !kind || !cube.places.includes(kind)))
    return problem('invalid-query', { detail: `${cubeId} has no cells of such a place`, allowed: cube.places })
  const together = parameters.together === true && places.length > 1
  if (together && (kinds.size > 1 || (cube.placesSeveral && columns.includes('people'))))
    return problem('places-not-added', { detail: 'People may count in several of these places' })
  const release = releaseOf(parameters, readable, cube)
  if ('type' in release) return release
  const cells = cellsAsked({ columns, dimensions, places })
  if (cells > CELLS_PER_ANSWER_MAX)
    return problem('answer-too-large', { detail: `This may be ${cells} cells; an answer has at most ${CELLS_PER_ANSWER_MAX}` })
  return { cube, columns, dimensions, places, together, release }
}

/** As the figure reader takes it: members that are known beforehand are named, so that those not shown stand there as withheld. */
export function queryOf({ cube, columns, dimensions, places, release }: CellsQuestion): CellsQuery {
  return {
    release: release.release,
    cube: cube.id,
    columns,
    dimensions: dimensions.map((id) => {
      const { members } = DIMENSIONS[id]
      return members === 'FROM_DATA' ? { id } : { id, members }
    }),
    places,
  }
}

/** `people`, where their number is published, and the columns of a cube. */
export function columnsOf({ publishesPeople, columns }: Cube): readonly string[] {
  return [...(publishesPeople ? ['people'] : []), ...columns.map(({ id }) => id)]
}

function dimensionsOf({ id, lattice }: Cube, text: string | undefined): readonly DimensionId[] | Problem {
  const wanted = listOf(text)
  const found = lattice.find((set) => set.length === wanted.length && set.every((dimension) => wanted.includes(dimension)))
  if (found) return found
  return problem('dimensions-not-crossed', {
    detail: `${id} has no cells by ${quoted(wanted.join(','))}`,
    allowed: lattice.map((set) => set.join(',')),
  })
}

/** The places of a question, each of them in the scope. */
export function placesOf({ place }: Pick<CellsParameters, 'place'>, scope: Scope): readonly string[] | Problem {
  const places = listOf(place)
  if (places.length === 0) return problem('invalid-query', { detail: 'Name a place', allowed: namedPlaces(scope) })
  if (places.length > PLACES_PER_REQUEST_MAX) {
    const detail = `${places.length} places; a request has at most ${PLACES_PER_REQUEST_MAX}`
    return problem('answer-too-large', { detail })
  }
  const strange = places.find((each) => parsePlace(each) === undefined)
  if (strange !== undefined) {
    const allowed = ['all', 'region:<card system>', 'municipality:<NIS code>', 'organizer:<id>']
    return problem('invalid-query', { detail: `${quoted(strange)} is no place`, allowed })
  }
  return places.every((each) => scope.mayRead(each)) ? places : outsideScope(scope)
}

/** Says nothing of the place that was asked for: not whether it exists, nor whether it has figures. */
export function outsideScope(scope: Scope): Problem {
  return problem('outside-scope', { detail: 'This account or token reads other places', allowed: namedPlaces(scope) })
}

function namedPlaces(scope: Scope): readonly string[] {
  return (scope.places ?? ['all']).slice(0, PLACES_NAMED_MAX)
}

/** The release that was asked for, or the valid one of the period. */
export function releaseOf(
  { period, release: number }: Pick<CellsParameters, 'period' | 'release'>,
  { releases }: Pick<Readable, 'releases'>,
  cube?: Pick<Cube, 'id'>,
): Release | Problem {
  const fitting = releases.filter(({ cubes }) => cube === undefined || cubes.includes(cube.id))
  const found =
    number === undefined
      ? validRelease(fitting, period)
      : fitting.find((release) => release.release === number && release.period === period)
  if (found) return found
  const detail = parseReportingPeriod(period) ? `There are no such figures for ${period}` : `${quoted(period)} is no period`
  return problem('period-not-published', { detail, allowed: [...new Set(fitting.map((release) => release.period))] })
}

function cellsAsked({ columns, dimensions, places }: Pick<CellsQuestion, 'columns' | 'dimensions' | 'places'>): number {
  return places.length * columns.length * combinationsAsked(dimensions)
}

/** How many combinations of members an answer may have for each place and column. */
export function combinationsAsked(dimensions: readonly DimensionId[]): number {
  const known = dimensions.flatMap((id) => {
    const { members } = DIMENSIONS[id]
    return members === 'FROM_DATA' ? [] : [members.length]
  })
  const fromData = [1, MEMBERS_ASSUMED, PAIRS_ASSUMED][dimensions.length - known.length] ?? Number.POSITIVE_INFINITY
  return known.reduce((count, members) => count * members, fromData)
}

/** What stood in an address, short enough to be read back. */
export function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 80))
}
