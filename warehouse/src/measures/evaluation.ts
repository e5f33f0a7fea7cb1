import { WarehouseError } from '../errors.ts'
import { combinations } from '../figures/combinations.ts'
import { DIMENSIONS, type DimensionId } from '../figures/dimensions.ts'
import { placeKindOf } from '../figures/place.ts'
import { CellBook, type CountOf } from './cell-book.ts'
import { hasPlace, partsOf } from './cell-set.ts'
import type { Count } from './count.ts'
import {
  amount,
  difference,
  type Estimate,
  medianOf,
  type Proportion,
  percentage,
  proportionOf,
  quotient,
  rateOfReference,
  ratio,
  standardisedDifference,
} from './estimate.ts'
import type { Crossing, Figure, Measure, Part, Share } from './measure.ts'
import { type PlaceCount, placesBelow } from './places-below.ts'
import type { FigureRow, MeasureCells, MeasureQuestion } from './question.ts'

const DAYS_PER_WEEK = 7

/**
 * Every figure of a measure for what is asked: one definition, over exact cells as over published ones.
 *
 * ```
 * question ─▶ parts of each figure ─▶ cells read, each set once ─▶ counts ─▶ estimate with its bounds ─▶ rows
 * ```
 *
 * @throws {WarehouseError} CALL when the measure does not allow the crossing or a place
 */
export async function evaluate(measure: Measure, question: MeasureQuestion, cells: MeasureCells): Promise<readonly FigureRow[]> {
  checkQuestion(measure, question)
  const figures = figuresFor(measure, question.dimensions)
  const book = new CellBook(measure, question, cells)
  await book.read(figures)
  return figures.flatMap((figure) => {
    if (figure.kind === 'PLACES_BELOW') return [rowOfPlaces(figure, question, book)]
    const setting = { book, question, count: book.counts() }
    const places = question.places.filter((place) => hasPlace(figure, place))
    return places.flatMap((place) =>
      tuplesOf(figure, question, book).map((members): FigureRow => {
        const at: Cell = { place, members: new Map(question.dimensions.map((id, index) => [id, members[index] ?? ''])) }
        return { figure: figure.id, place, members, ...estimate(figure, at, setting) }
      }),
    )
  })
}

/** Figures that there are for a crossing. */
export function figuresFor({ figures, dimensions }: Measure, crossing: Crossing): readonly Figure[] {
  return figures.filter((figure) => (figure.dimensions ?? dimensions).some((allowed) => isSame(allowed, crossing)))
}

/** A cell of the answer. */
interface Cell {
  readonly place: string
  readonly members: ReadonlyMap<string, string>
}

interface Setting {
  readonly book: CellBook
  readonly question: MeasureQuestion
  readonly count: CountOf
}

function estimate(
  figure: Exclude<Figure, { kind: 'PLACES_BELOW' }>,
  at: Cell,
  { book, question, count: countOf }: Setting,
): Estimate {
  const { basis } = book
  const count = (part: Part) => countOf(part, at.place, at.members)
  const share = ({ part, whole }: Share, wholeMin?: number): Proportion =>
    proportionOf(count(part), count(whole), { basis, ...(wholeMin !== undefined && { wholeMin }) })
  switch (figure.kind) {
    case 'COUNT':
      return amount(count(figure.of), figure.scale ?? 1, basis)
    case 'SHARE':
      return percentage(share(figure.share, figure.wholeMin), basis)
    case 'MEAN':
      return ratio(count(figure.of), count(figure.per), { basis, scale: figure.scale ?? 1, decimals: 1 })
    case 'PER_WEEK': {
      const weeks = (question.period.lastDay - question.period.firstDay + 1) / DAYS_PER_WEEK
      return amount(count(figure.of), 1 / weeks, basis)
    }
    case 'PER_REFERENCE':
      return rateOfReference(count(figure.of), book.referenceCount(figure.reference, at.place, at.members.get('age') ?? ''), {
        basis,
        scale: figure.scale,
      })
    case 'INDEX':
      return quotient(share(figure.share), share(figure.standard), { basis, scale: 100, decimals: 0 })
    case 'QUOTIENT':
      return quotient(share(figure.share), share(figure.to), { basis, scale: 1, decimals: 2 })
    case 'GAP':
      return difference(share(figure.share), share(figure.minus), basis)
    case 'STANDARDISED_GAP':
      return standardisedDifference(
        membersOf(figure.by).flatMap((member) => {
          if (member === 'UNKNOWN') return []
          const within = new Map([...at.members, [figure.by, member]])
          const of = ({ part, whole }: Share) =>
            proportionOfStratum(countOf(part, at.place, within), countOf(whole, at.place, within))
          return [{ one: of(figure.share), other: of(figure.minus), weight: countOf(figure.weights, 'all', within) }]
        }),
        basis,
      )
    case 'MEDIAN':
      return medianOf(
        figure.bands.map((band) => ({
          band,
          count: countOf(figure.of, at.place, new Map([...at.members, [figure.by, band.member]])),
        })),
        basis,
      )
  }
}

/** A stratum is no figure by itself: what is published of it may be small. */
function proportionOfStratum(part: Count, whole: Count): Proportion {
  return proportionOf(part, whole, { basis: 'EXACT' })
}

function rowOfPlaces(figure: Extract<Figure, { kind: 'PLACES_BELOW' }>, question: MeasureQuestion, book: CellBook): FigureRow {
  const none = new Map<string, string>()
  const count = book.counts()
  const places = question.places.map(
    (place): PlaceCount => ({
      part: count(figure.share.part, place, none),
      whole: count(figure.share.whole, place, none),
    }),
  )
  return { figure: figure.id, place: question.places.join('+'), members: [], ...placesBelow(places, figure, book.basis) }
}

/**
 * Members of each dimension of the question: of those that are known beforehand every combination, with each combination of the
 * others that there are cells of. (Of homes and destinations there are 90,000 pairs, and few that anybody went.)
 */
function tuplesOf(figure: Figure, { dimensions, members }: MeasureQuestion, book: CellBook): readonly (readonly string[])[] {
  const known = dimensions.map((id) => members?.[id] ?? fixedMembers(id))
  const open = dimensions.filter((_, index) => known[index] === undefined)
  const [first] = partsOf(figure)
  const seen = open.length > 0 && first ? book.membersSeen(first, open) : [[]]
  return combinations(known.map((list) => list ?? [''])).flatMap((tuple) =>
    seen.map((own) => dimensions.map((id, index) => (known[index] ? tuple[index] : own[open.indexOf(id)]) ?? '')),
  )
}

/** All members of a dimension, where the cubes know them beforehand. */
export function fixedMembers(id: Crossing[number]): readonly string[] | undefined {
  const members = isCubeDimension(id) ? DIMENSIONS[id].members : 'FROM_DATA'
  return members === 'FROM_DATA' ? undefined : members
}

function membersOf(id: DimensionId): readonly string[] {
  return fixedMembers(id) ?? []
}

function isCubeDimension(id: string): id is DimensionId {
  return Object.hasOwn(DIMENSIONS, id)
}

function checkQuestion(measure: Measure, { dimensions, places }: MeasureQuestion): void {
  if (!measure.dimensions.some((allowed) => isSame(allowed, dimensions))) {
    throw new WarehouseError('CALL', `${measure.id} is not divided by ${dimensions.join(' and ') || 'nothing'}`)
  }
  for (const place of places) {
    for (const one of place.split('+')) {
      const kind = placeKindOf(one)
      if (!kind || !measure.places.includes(kind)) throw new WarehouseError('CALL', `${measure.id} is not about ${one}`)
    }
  }
}

function isSame(one: Crossing, other: Crossing): boolean {
  return one.length === other.length && one.every((id) => other.includes(id))
}
