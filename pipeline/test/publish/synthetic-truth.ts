import { isDominated, parseReportingPeriod, type ReportingPeriod } from '@zuil/core'
import {
  CUBES,
  type Cube,
  type CubeId,
  type DimensionId,
  type PlaceKind,
  placeKindOf,
  type ReleaseCell,
  shareMaxOf,
} from '@zuil/warehouse'
import { CellTable, type EarlierLevel } from '../../src/publish/cell-table.ts'
import type { Regions } from '../../src/publish/cube-relations.ts'
import { EarlierLevelReader } from '../../src/publish/earlier-level.ts'
import type { LevelName } from '../../src/publish/levels.ts'
import { recordKeyOf } from '../../src/publish/record-keys.ts'
import type { NamedCell, PublishedRow } from '../../src/publish/release-rows.ts'

/** Cubes that the synthetic truth is counted for: of each kind of relation one. */
export const SYNTHETIC_CUBES = [
  'holders',
  'participation',
  'sectors',
  'destinations',
  'organizer-public',
  'tickets',
] as const satisfies readonly CubeId[]
type SyntheticCube = (typeof SYNTHETIC_CUBES)[number]

export const TOWNS = 12
const ORGANIZERS = 24
const AGES = ['0-5', '6-11', '12-17', '18-25', '26-39', '40-54', '55-64', '65+'] as const
const COARSE: Readonly<Record<string, string>> = {
  '0-5': '0-11',
  '6-11': '0-11',
  '12-17': '12-17',
  '18-25': '18-29',
  '65+': '65+',
}
const SECTOR_NAMES = ['CULTURE', 'YOUTH', 'SPORT', 'LIBRARY', 'LEARNING', 'OTHER'] as const

export const YEAR_2025: ReportingPeriod = periodOf('2025')

/** Three regions of four towns. */
export const REGIONS: Regions = new Map(
  [0, 1, 2].map((region) => [`region:${region + 1}`, [0, 1, 2, 3].map((town) => municipality(region * 4 + town))]),
)

export interface Visit {
  readonly organizer: number
  readonly sector: string
  readonly times: number
  /** Cents that were paid for each, at the social tariff. */
  readonly price: number
}

export interface Person {
  readonly holder: number
  readonly town: number
  readonly isKt: boolean
  readonly age: string
  readonly visits: readonly Visit[]
}

/** People from a seed: small towns are much smaller, the old fewer, a third has the social tariff. */
export function drawPeople(seed: number, count: number): readonly Person[] {
  const random = generator(seed)
  const skewed = (values: number, power: number) => Math.floor(random() ** power * values)
  return Array.from({ length: count }, (_, holder) => {
    const town = skewed(TOWNS, 2.5)
    const visits = Array.from({ length: skewed(5, 2) }, () => {
      const near = random() < 0.7 ? town : skewed(TOWNS, 1.5)
      return {
        organizer: (near * 2 + skewed(2, 1.5)) % ORGANIZERS,
        sector: pick(SECTOR_NAMES, random() ** 1.7),
        times: 1 + skewed(20, 4),
        price: 100 + skewed(9, 1) * 50,
      }
    })
    return { holder, town, isKt: random() < 0.33, age: pick(AGES, random() ** 1.4), visits }
  })
}

/** Record key of a holder, by the secret. */
export type KeyOf = (holder: number) => bigint

export function keysFrom(secret: number): KeyOf {
  const key = Buffer.alloc(32)
  key.writeUInt32LE(secret)
  const known = new Map<number, bigint>()
  return (holder) => {
    const own = known.get(holder) ?? recordKeyOf(key, holder)
    known.set(holder, own)
    return own
  }
}

/** What was published before; cells that protected others are named by their place in the table. */
export interface EarlierRelease {
  readonly rows: readonly PublishedRow[]
  readonly protecting: readonly NamedCell[]
  /** One of EARLIER: what becomes of other cells that were withheld. */
  readonly withheld: number
  /** Of another period that ends with this one. */
  readonly isElsewhere?: boolean
}

/** Cells of some people in all synthetic cubes, as the warehouse would count them. */
export function countPeople(people: readonly Person[], keyOf: KeyOf, earlier?: EarlierRelease): CellTable {
  const table = new CellTable({ isRevision: earlier !== undefined })
  for (const id of SYNTHETIC_CUBES) {
    const cube = CUBES[id]
    for (const kind of cube.places) {
      for (const dimensions of cube.lattice) {
        table.beginLevel({ cube, kind, dimensions }, earlier && earlierLevel(earlier, { cube, kind, dimensions }))
        for (const cell of levelCells(people, { cube, id, kind, dimensions, keyOf, period: YEAR_2025 })) table.add(cell)
        table.endLevel()
      }
    }
  }
  return table
}

function earlierLevel(
  { rows, protecting, withheld, isElsewhere = false }: EarlierRelease,
  { cube, kind, dimensions }: LevelName,
): EarlierLevel {
  const reader = new EarlierLevelReader(cube, { cubes: [cube.id], isElsewhere, withheld, places: [] })
  const isHere = (cell: NamedCell) =>
    cell.cube === cube.id && cell.dimensions === dimensions.join(',') && placeKindOf(cell.place) === kind
  const cells = Map.groupBy(rows.filter(isHere), ({ place, members }) => [place, ...members].join('\n'))
  for (const values of cells.values()) {
    const [first] = values
    if (!first) continue
    const [columns, numbers] = [values.map(({ column }) => column), values.map(({ value }) => value)]
    reader.addOpen({ place: first.place, members: first.members, columns, values: numbers })
  }
  for (const cell of protecting.filter(isHere)) reader.addProtecting(cell)
  return reader.level()
}

interface LevelOf {
  readonly cube: Cube
  readonly id: SyntheticCube
  readonly kind: PlaceKind
  readonly dimensions: readonly DimensionId[]
  readonly keyOf: KeyOf
  readonly period: ReportingPeriod
}

interface Cell {
  readonly place: string
  readonly members: readonly string[]
  people: number
  key: bigint
  /** By column, what each person adds. */
  readonly shares: readonly number[][]
}

function levelCells(people: readonly Person[], { cube, id, kind, dimensions, keyOf, period }: LevelOf): readonly ReleaseCell[] {
  const cells = new Map<string, Cell>()
  const most = cube.columns.map((column) => shareMaxOf(column, period))
  for (const person of people) {
    for (const [at, { place, members, amounts }] of ownCells(factsOf(id, person), { kind, dimensions })) {
      const cell = cells.get(at) ?? { place, members, people: 0, key: 0n, shares: most.map(() => []) }
      cells.set(at, cell)
      cell.people++
      cell.key += keyOf(person.holder)
      for (const [index, share] of cell.shares.entries()) share.push(Math.min(amounts[index] ?? 0, most[index] ?? 0))
    }
  }
  return [...cells.values()].map(({ place, members, people: count, key, shares }) => ({
    place,
    dimensions: dimensions.join(','),
    members,
    people: count,
    key: String(BigInt.asUintN(64, key)),
    values: shares.map((share) => share.reduce((sum, part) => sum + part, 0)),
    unsafe: cube.columns.some(({ dominance }, index) => dominance && stands(shares[index] ?? [])) ? 1 : 0,
  }))
}

/** Something a person did or is, in the words of one cube. */
interface Fact {
  readonly home: number
  readonly organizer?: number
  readonly members: Partial<Readonly<Record<DimensionId, string>>>
  readonly amounts: readonly number[]
}

function factsOf(id: SyntheticCube, person: Person): readonly Fact[] {
  const tariff = person.isKt ? 'KT' : 'OTHER'
  const home = person.town
  const coarse = COARSE[person.age] ?? '30-64'
  if (id === 'holders') return [{ home, members: { tariff, age: person.age }, amounts: [] }]
  if (id === 'participation') {
    const activity = person.visits.length > 0 ? 'ACTIVE' : 'INACTIVE'
    return [{ home, members: { tariff, age: person.age, activity }, amounts: [] }]
  }
  return person.visits.flatMap(({ organizer, sector, times, price }): Fact[] => {
    if (id === 'tickets') {
      const share = price * times
      const amounts = [times, share, share, share, 0, 3 * share]
      return person.isKt ? [{ home, members: { 'age-coarse': coarse }, amounts }] : []
    }
    const town = Math.floor(organizer / 2)
    const isNear = Math.floor(town / 4) === Math.floor(home / 4)
    const area = town === home ? 'HOME' : isNear ? 'REGION' : 'ELSEWHERE'
    const members = {
      tariff,
      'age-coarse': coarse,
      sector,
      area,
      destination: String(44_000 + town),
      'in-region': isNear ? 'YES' : 'NO',
    }
    return [{ home, organizer, members, amounts: [times] }]
  })
}

interface OwnCell {
  readonly place: string
  readonly members: readonly string[]
  readonly amounts: readonly number[]
}

/** The cells of a level that one person is in, with what the person adds to each. */
function ownCells(
  facts: readonly Fact[],
  { kind, dimensions }: { readonly kind: PlaceKind; readonly dimensions: readonly DimensionId[] },
): ReadonlyMap<string, OwnCell> {
  const own = new Map<string, OwnCell>()
  for (const { members: all, amounts, ...where } of facts) {
    const place = placeOf(kind, where)
    const members = dimensions.map((dimension) => all[dimension] ?? '')
    const at = [place, ...members].join('\n')
    const before = own.get(at)?.amounts ?? amounts.map(() => 0)
    own.set(at, { place, members, amounts: amounts.map((amount, index) => amount + (before[index] ?? 0)) })
  }
  return own
}

function placeOf(kind: PlaceKind, { home, organizer = 0 }: { readonly home: number; readonly organizer?: number }): string {
  switch (kind) {
    case 'ALL':
      return 'all'
    case 'REGION':
      return `region:${Math.floor(home / 4) + 1}`
    case 'MUNICIPALITY':
      return municipality(home)
    case 'ORGANIZER':
      return `organizer:o${organizer}`
  }
}

function municipality(town: number): string {
  return `municipality:${44_000 + town}`
}

/** Whether the second largest could work out the largest share within a fifth. */
function stands(shares: readonly number[]): boolean {
  const [largest = 0, second = 0] = shares.toSorted((a, b) => b - a)
  return isDominated({ total: shares.reduce((sum, share) => sum + share, 0), largest, second })
}

function pick<Item>(items: readonly Item[], chance: number): Item {
  const item = items[Math.min(items.length - 1, Math.floor(chance * items.length))]
  if (item === undefined) throw new RangeError('Nothing to pick from')
  return item
}

function periodOf(key: string): ReportingPeriod {
  const period = parseReportingPeriod(key)
  if (!period) throw new RangeError(`${key} is no period`)
  return period
}

/** mulberry32: small, and the same on every machine. */
export function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
