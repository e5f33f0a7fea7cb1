import { type Cells, type Figures, Relations, twinsOf } from '@zuil/core'
import { type Cube, type CubeLink, DIMENSIONS, type DimensionId } from '@zuil/warehouse'
import type { CellTable, Level } from './cell-table.ts'
import { groupedBy, LevelIndex } from './level-index.ts'

/** Municipalities of each region, as texts of places. */
export type Regions = ReadonlyMap<string, readonly string[]>

export interface RelationsOf {
  readonly table: CellTable
  readonly cells: Cells
  readonly figures: Figures
  readonly regions: Regions
  readonly threshold: number
}

/**
 * How all cells of a release hang together, as anybody knows who read what the cubes are: sums over dimensions and places, what
 * one person adds at most, and what cubes say of each other.
 * @throws {RangeError} when the cells contradict what a cube says
 */
export function relationsOf(release: RelationsOf): Relations {
  const builder = new RelationBuilder(release)
  const { table } = release
  for (const level of table.levels) {
    for (const dimension of level.dimensions) builder.addMargin(level, dimension)
    if (level.kind !== 'ALL') builder.addPlaces(level)
  }
  for (const cube of table.cubes) {
    builder.addColumns(cube)
    for (const link of cube.links) builder.addLink(cube, link)
  }
  builder.addTwins()
  return builder.relations
}

class RelationBuilder {
  readonly relations = new Relations()
  readonly #release: RelationsOf
  readonly #indexes = new Map<Level, LevelIndex>()
  /** Members that occur, by cube and dimension. */
  readonly #occurring = new Map<string, number>()

  constructor(release: RelationsOf) {
    this.#release = release
  }

  /** A level adds up, over one of its dimensions, to the level without it. */
  addMargin(level: Level, dimension: DimensionId): void {
    const { table } = this.#release
    const rest = level.dimensions.filter((id) => id !== dimension)
    const above = table.levelOf(level.cube, level.kind, rest)
    if (!above) return
    const index = this.#indexOf(above)
    const kept = rest.map((id) => level.dimensions.indexOf(id))
    const parentOf = (cell: number) =>
      index.find(
        table.placeNumber(cell),
        kept.map((place) => table.memberNumber(cell, place)),
      )
    const declared = level.cube.dimensions.find(({ id }) => id === dimension)
    const members = this.#membersOf(level, dimension)
    for (const [whole, parts] of groupedBy(level, above, parentOf)) {
      this.#add(level.cube, { whole, parts, empty: Math.max(0, members - parts.length), several: declared?.several ?? true })
    }
  }

  /** Municipalities add up to their region and to all, organizers to all. */
  addPlaces(level: Level): void {
    const { table, regions } = this.#release
    const { cube, kind, dimensions } = level
    if (kind === 'REGION') return
    const members = (cell: number) => dimensions.map((_, index) => table.memberNumber(cell, index))
    const places = new Set(Array.from({ length: level.size }, (_, index) => table.placeNumber(level.first + index))).size
    const all = table.levelOf(cube, 'ALL', dimensions)
    if (all) {
      const index = this.#indexOf(all)
      const place = table.numberOf('all') ?? -1
      for (const [whole, parts] of groupedBy(level, all, (cell) => index.find(place, members(cell)))) {
        this.#add(cube, { whole, parts, empty: places - parts.length, several: cube.placesSeveral })
      }
    }
    const region = kind === 'MUNICIPALITY' ? table.levelOf(cube, 'REGION', dimensions) : undefined
    if (!region) return
    const index = this.#indexOf(region)
    for (const [name, municipalities] of regions) {
      const place = table.numberOf(name)
      if (place === undefined) continue
      const inside = new Set(municipalities.map((municipality) => table.numberOf(municipality)))
      const parentOf = (cell: number) => (inside.has(table.placeNumber(cell)) ? index.find(place, members(cell)) : undefined)
      for (const [whole, parts] of groupedBy(level, region, parentOf)) {
        this.#add(cube, { whole, parts, empty: municipalities.length - parts.length, several: cube.placesSeveral })
      }
    }
  }

  /** What one person adds to a column ends somewhere, and begins at one where nobody is without. */
  addColumns(cube: Cube): void {
    const { cells, figures } = this.#release
    for (const { number, column } of this.#columnsOf(cube)) {
      const { first, values, shareMax } = column
      const isEach = values.every((value, place) => value >= (cells.people[first + place] ?? 0))
      for (let cell = first; cell < first + values.length; cell++) {
        if ((cells.people[cell] ?? 0) === 0) continue
        const [whole, part] = [figures.of(number, cell), figures.of(0, cell)]
        if (isEach) this.relations.each(whole, part, shareMax)
        else this.relations.multiple(whole, part, shareMax)
      }
    }
  }

  /** Cells of two cubes that count the same people, or some of them. */
  addLink(cube: Cube, link: CubeLink): void {
    const { table } = this.#release
    const other = table.cubes.find(({ id }) => id === link.cube)
    if (!other) return
    for (const shared of link.dimensions) {
      for (const kind of cube.places.filter((place) => other.places.includes(place))) {
        const here = this.#linked(cube, kind, { shared, where: link.where ?? {} })
        const there = this.#linked(other, kind, { shared, where: link.whereThere ?? {} })
        if (here && there) this.#addLinks(link, here, there)
      }
    }
  }

  /** The same people in two cubes: whoever knows that it must be so knows both figures from one. */
  addTwins(): void {
    const { table, cells } = this.#release
    const twins = twinsOf(cells)
    const cubeOf = cubeOfCell(table)
    for (const [cell, first] of twins.entries()) {
      if (first !== cell && cubeOf(cell) !== cubeOf(first)) this.relations.sum(first, [cell])
    }
  }

  #addLinks(link: CubeLink, here: LinkedLevel, there: LinkedLevel): void {
    const { table, cells } = this.#release
    const index = this.#indexOf(there.level)
    // of the other level each dimension has a fixed member, or the one that the cell here has
    const sources = there.level.dimensions.map((id) => ({ fixed: there.fixed.get(id), place: here.level.dimensions.indexOf(id) }))
    const { first, size } = here.level
    for (let cell = first; cell < first + size; cell++) {
      if ((cells.people[cell] ?? 0) === 0 || !isWithin(table, cell, here)) continue
      const members = sources.map(({ fixed, place }) => fixed ?? table.memberNumber(cell, place))
      const other = index.find(table.placeNumber(cell), members)
      if (other === undefined) throw new RangeError(`${link.cube} lacks a cell that is linked to it`)
      if (link.kind === 'SAME') this.relations.sum(other, [cell])
      else this.relations.contains(other, cell)
    }
  }

  /** The level of a cube that has the shared dimensions and those with a given member. */
  #linked(
    cube: Cube,
    kind: Level['kind'],
    { shared, where }: { shared: readonly DimensionId[]; where: Partial<Readonly<Record<DimensionId, string>>> },
  ): LinkedLevel | undefined {
    const { table } = this.#release
    const wanted = new Set<string>([...shared, ...Object.keys(where)])
    const dimensions = cube.dimensions.map(({ id }) => id).filter((id) => wanted.has(id))
    const level = table.levelOf(cube, kind, dimensions)
    if (!level) throw new RangeError(`${cube.id} has no cells by ${dimensions.join(' and ')}, which a link names`)
    const fixed = new Map(
      dimensions.flatMap((id) => {
        const member = where[id]
        return member === undefined ? [] : [[id, table.numberOf(member) ?? NO_MEMBER] as const]
      }),
    )
    return { level, fixed }
  }

  #add(
    cube: Cube,
    { whole, parts, empty, several }: { whole: number; parts: Uint32Array; empty: number; several: boolean },
  ): void {
    const { figures, threshold } = this.#release
    const unseen = empty * (threshold - 1)
    this.#addPeople(cube, { whole, parts, unseen, several })
    for (const { number, column } of this.#columnsOf(cube)) {
      const value = (cell: number) => column.values[cell - column.first] ?? 0
      const sum = parts.reduce((total, part) => total + value(part), 0)
      const largest = parts.reduce((most, part) => Math.max(most, value(part)), 0)
      const of = parts.map((part) => figures.of(number, part))
      // what one person adds was cut off in each cell alone, so that parts may add up to more than the whole
      if (value(whole) === sum) this.relations.sum(figures.of(number, whole), of, unseen * column.shareMax)
      else if (value(whole) >= largest && value(whole) < sum)
        this.relations.union(figures.of(number, whole), of, unseen * column.shareMax)
    }
  }

  #addPeople(
    cube: Cube,
    { whole, parts, unseen, several }: { whole: number; parts: Uint32Array; unseen: number; several: boolean },
  ): void {
    const { cells } = this.#release
    const sum = parts.reduce((total, part) => total + (cells.people[part] ?? 0), 0)
    const people = cells.people[whole] ?? 0
    // some count in no part, e.g. whose postal code is not known: the parts are still some of the whole
    if (people > sum) for (const part of parts) this.relations.contains(whole, part)
    else if (several) this.relations.union(whole, parts, unseen)
    else if (people === sum) this.relations.sum(whole, parts, unseen)
    else throw new RangeError(`${cube.id} says that nobody is in two parts, but ${sum} in parts are ${people}`)
  }

  #columnsOf(cube: Cube) {
    const { cells, table } = this.#release
    const { first } = table.columnsOf(cube)
    return cells.columns.flatMap((column, index) =>
      column.first === first && column.values.length > 0 && cube.columns.some(({ id }) => id === column.id)
        ? [{ number: index + 1, column }]
        : [],
    )
  }

  #indexOf(level: Level): LevelIndex {
    const known = this.#indexes.get(level) ?? new LevelIndex(this.#release.table, level)
    this.#indexes.set(level, known)
    return known
  }

  /** Members of a dimension that a reader can think of: those of its list, else those that occur anywhere in the cube. */
  #membersOf(level: Level, dimension: DimensionId): number {
    const { members } = DIMENSIONS[dimension]
    if (members !== 'FROM_DATA') return members.length
    const key = `${level.cube.id}/${dimension}`
    const known = this.#occurring.get(key) ?? this.#occurringIn(level, dimension)
    this.#occurring.set(key, known)
    return known
  }

  #occurringIn(level: Level, dimension: DimensionId): number {
    const { table } = this.#release
    const place = level.dimensions.indexOf(dimension)
    const seen = new Set<number>()
    for (let cell = level.first; cell < level.first + level.size; cell++) seen.add(table.memberNumber(cell, place))
    return seen.size
  }
}

/** Of a member that no cell has. */
const NO_MEMBER = -1

/** A level, with the dimensions of which only one member counts. */
interface LinkedLevel {
  readonly level: Level
  readonly fixed: ReadonlyMap<DimensionId, number>
}

function isWithin(table: CellTable, cell: number, { level, fixed }: LinkedLevel): boolean {
  return level.dimensions.every((id, index) => {
    const member = fixed.get(id)
    return member === undefined || table.memberNumber(cell, index) === member
  })
}

/** Number of the cube that a cell belongs to. */
function cubeOfCell(table: CellTable): (cell: number) => number {
  const firsts = table.cubes.map((cube) => table.columnsOf(cube).first)
  return (cell) => firsts.findLastIndex((first) => first <= cell)
}
