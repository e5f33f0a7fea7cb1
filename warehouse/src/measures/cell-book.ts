import { combinations } from '../figures/combinations.ts'
import type { CubeId } from '../figures/cube.ts'
import { DIMENSIONS, type DimensionId } from '../figures/dimensions.ts'
import type { PublishedCell } from '../figures/published-cells.ts'
import { crossingOf, dimensionsOf, hasPlace, isQueryPart, partsOf } from './cell-set.ts'
import { type Count, exactCount, noCount, roundedCount, roundingBaseOf, sumOfCounts } from './count.ts'
import type { Basis } from './estimate.ts'
import { setsFromFiner, sumsOfCells } from './finer-cells.ts'
import { FoundCells, keyOfMembers } from './found-cells.ts'
import type { CellPart, Crossing, Figure, Measure, Part, QueryPart, ReferenceId } from './measure.ts'
import type { CellQuestion, MeasureCells, MeasureQuestion, QueriedCell } from './question.ts'

type Members = ReadonlyMap<string, string>
type Counter = (place: string, members: Members) => Count
export type CountOf = (part: Part, place: string, members: Members) => Count

const NOBODY = exactCount(0)

/** The cells that an answer needs, each set read once. */
export class CellBook {
  readonly basis: Basis
  readonly #measure: Measure
  readonly #question: MeasureQuestion
  readonly #source: MeasureCells
  /** By set of cells. */
  readonly #cells = new Map<string, FoundCells>()
  /** By query, then by place and members. */
  readonly #queried = new Map<string, Map<string, QueriedCell>>()
  readonly #references = new Map<string, number>()
  /** By set and dimensions. */
  readonly #seen = new Map<string, readonly (readonly string[])[]>()

  constructor(measure: Measure, question: MeasureQuestion, source: MeasureCells) {
    this.basis = source.basis
    this.#measure = measure
    this.#question = question
    this.#source = source
  }

  /** What the figures are made of; nothing for those that there are not for any place of the question. */
  async read(figures: readonly Figure[]): Promise<void> {
    const wanted = new Map<string, CellQuestion>()
    const queries = new Set<string>()
    const references = new Set<ReferenceId>()
    const { places } = this.#question
    for (const figure of figures.filter((one) => places.some((place) => hasPlace(one, place)))) {
      if (figure.kind === 'PER_REFERENCE') references.add(figure.reference)
      for (const part of partsOf(figure)) {
        if (isQueryPart(part)) queries.add(part.query)
        else this.#want(wanted, figure, part)
      }
    }
    await Promise.all([
      this.#readSets(wanted),
      ...[...queries].map((id) => this.#readQuery(id)),
      ...[...references].map((id) => this.#readReference(id)),
    ])
  }

  /** What is known of parts in cells of the answer, which all have the same dimensions: where the cells of a part are is looked up once. */
  counts(): CountOf {
    const counters = new Map<Part, Counter>()
    return (part, place, members) => {
      const known = counters.get(part)
      if (known) return known(place, members)
      const crossing = [...members.keys()] as Crossing // keys are ids of the question
      const counter = isQueryPart(part) ? this.#counterOfQuery(part) : this.#counterOfCube(part, crossing)
      counters.set(part, counter)
      return counter(place, members)
    }
  }

  referenceCount(id: ReferenceId, place: string, ageBand: string): Count {
    const counts = place.split('+').map((one) => {
      const persons = this.#references.get([id, one, ageBand].join('\n'))
      return persons === undefined ? noCount('na') : exactCount(persons)
    })
    return sumOfCounts(counts)
  }

  /** Members of some dimensions as cells of a part have them together, in order. */
  membersSeen(part: Part, ids: Crossing): readonly (readonly string[])[] {
    const own = isQueryPart(part)
      ? {
          key: part.query,
          dimensions: this.#queryOf(part)?.dimensions ?? [],
          cells: this.#queried.get(part.query)?.values() ?? [],
        }
      : this.#setOf(part)
    const key = [own.key, '', ...ids].join('\n')
    const known = this.#seen.get(key)
    if (known) return known
    const seen = tuplesSeen(own, ids)
    this.#seen.set(key, seen)
    return seen
  }

  #setOf(part: CellPart) {
    const dimensions = dimensionsOf(part, this.#question.dimensions)
    const key = keyOfSet(part, dimensions)
    return { key, dimensions, cells: this.#cells.get(key)?.values() ?? [] }
  }

  #want(wanted: Map<string, CellQuestion>, figure: Figure, part: CellPart): void {
    const { members, places, period } = this.#question
    const dimensions = dimensionsOf(part, crossingOf(figure, this.#question.dimensions))
    const key = keyOfSet(part, dimensions)
    const isWeight = figure.kind === 'STANDARDISED_GAP' && part === figure.weights
    const own = part.everywhere || isWeight ? ['all'] : places.filter((place) => hasPlace(figure, place))
    const known = wanted.get(key)
    wanted.set(key, {
      cube: part.cube,
      columns: [...new Set([...(known?.columns ?? []), ...part.columns])],
      dimensions: dimensions.map((id) => {
        const only = members?.[id] ?? fixedMembersOf(id)
        return { id, ...(only && { members: only }) }
      }),
      places: [...new Set([...(known?.places ?? []), ...own])],
      period,
    })
  }

  async #readSets(wanted: ReadonlyMap<string, CellQuestion>): Promise<void> {
    const fromFiner: ReadonlyMap<string, string> = this.basis === 'EXACT' ? setsFromFiner(wanted) : new Map()
    const read = [...wanted].filter(([key]) => !fromFiner.has(key))
    await Promise.all(read.map(async ([key, question]) => this.#keep(key, await this.#source.cells(question))))
    for (const [key, finer] of fromFiner) {
      const [question, fine] = [wanted.get(key), wanted.get(finer)]
      if (question && fine) this.#keep(key, sumsOfCells(this.#cells.get(finer)?.values() ?? [], fine, question))
    }
  }

  #keep(key: string, cells: readonly PublishedCell[]): void {
    this.#cells.set(key, new FoundCells(cells))
  }

  async #readQuery(id: string): Promise<void> {
    const query = this.#measure.queries?.find((one) => one.id === id)
    if (query && this.#source.basis === 'EXACT') {
      const cells = await this.#source.queried(query, this.#question)
      this.#queried.set(id, new Map(cells.map((cell) => [keyOfCell(cell.place, cell.members), cell])))
    }
  }

  async #readReference(id: ReferenceId): Promise<void> {
    const places = [...new Set(this.#question.places.flatMap((place) => place.split('+')))]
    for (const { place, ageBand, persons } of await this.#source.reference(id, { places, period: this.#question.period })) {
      this.#references.set([id, place, ageBand].join('\n'), persons)
    }
  }

  #counterOfCube(part: CellPart, crossing: Crossing): Counter {
    const dimensions = dimensionsOf(part, crossing)
    const cells = this.#cells.get(keyOfSet(part, dimensions))
    return (place, members) => {
      const at = part.everywhere ? 'all' : place
      const tuples = combinations(dimensions.map((id) => part.where?.[id] ?? [members.get(id) ?? ''])).map(keyOfMembers)
      const counts = part.columns.flatMap((column) => {
        const found = cells?.of(at, column)
        return tuples.map((tuple) => this.#countOf(found?.get(tuple), part, at))
      })
      return sumOfCounts(counts)
    }
  }

  #countOf(cell: PublishedCell | undefined, part: CellPart, place: string): Count {
    if (!cell) return this.basis === 'EXACT' ? NOBODY : noCount('withheld')
    if (cell.status !== 'ok') return noCount(cell.status)
    if (this.basis === 'EXACT') return exactCount(cell.value)
    return roundedCount(cell.value, roundingBaseOf(part, cell.column), place.split('+').length)
  }

  #counterOfQuery(part: QueryPart): Counter {
    const query = this.#queryOf(part)
    const rows = this.#queried.get(part.query)
    if (!query || !rows) return () => noCount('na')
    return (place, members) => {
      const wanted = query.dimensions.map((id) => (part.over?.includes(id) ? '' : (members.get(id) ?? '')))
      const cell = rows.get(keyOfCell(place, wanted))
      const values = part.columns.map((column) => cell?.values[query.columns.indexOf(column)] ?? 0)
      return exactCount(values.reduce((sum, value) => sum + value, 0))
    }
  }

  #queryOf({ query }: QueryPart) {
    return this.#measure.queries?.find(({ id }) => id === query)
  }
}

function fixedMembersOf(id: DimensionId): readonly string[] | undefined {
  const { members } = DIMENSIONS[id]
  return members === 'FROM_DATA' ? undefined : members
}

/** What is read of everywhere is a set of its own: of all Flanders only the columns are read that need it. */
function keyOfSet(set: { readonly cube: CubeId; readonly everywhere?: boolean }, dimensions: Crossing): string {
  return [set.cube, set.everywhere ? 'everywhere' : '', ...dimensions].join('\n')
}

function keyOfCell(place: string, members: readonly string[]): string {
  return [place, ...members].join('\n')
}

interface CellsWithMembers {
  readonly dimensions: Crossing
  readonly cells: Iterable<{ readonly members: readonly string[] }>
}

function tuplesSeen({ dimensions, cells }: CellsWithMembers, ids: Crossing): readonly (readonly string[])[] {
  const seen = new Map<string, readonly string[]>()
  const places = ids.map((id) => dimensions.indexOf(id))
  for (const { members } of cells) {
    const own = places.map((place) => members[place] ?? '')
    if (!own.includes('')) seen.set(keyOfMembers(own), own)
  }
  return [...seen].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, members]) => members)
}
