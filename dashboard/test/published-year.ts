import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectionOfCardSystem, projectionOfMunicipality, projectionOfOrganizer } from '@zuil/core/contracts/projection'
import { projectionRow } from '@zuil/core/contracts/projection-row'
import { CUBES, type Cube, DIMENSIONS, openWarehouse, type RowValue, type Warehouse } from '@zuil/warehouse'

export interface PublishedYear extends AsyncDisposable {
  readonly warehouse: Warehouse
}

/** Periods with a release each, the newest last of its kind. */
const PERIODS = [
  ['YEAR', '2024'],
  ['YEAR', '2025'],
  ['SEASON', '2024-2025'],
  ['QUARTER', '2025-Q3'],
  ['QUARTER', '2025-Q4'],
] as const
const FROM_DATA: Readonly<Record<string, readonly string[]>> = {
  destination: ['44021', '44043'],
  origin: ['44021', '44043'],
  'postal-code': ['9000', '9050'],
  event: ['1', '2', '3'],
  reward: ['free-drink', 'free-bag'],
}
const PLACE_TEXTS = ['all', 'region:1', 'municipality:44021', 'municipality:44043', 'organizer:bib-gent'] as const
const PEOPLE = 12_000
const INHABITANTS = { inhabitants: 40_000, inhabitantsYear: 2026 } as const
const PUT_AT = Date.parse('2026-01-05T08:00:00Z')
/** One cell in so many is withheld. */
const WITHHELD_EACH = 11

/**
 * A warehouse in which every cube has cells of a region, its two municipalities and an organizer, for periods of every kind that pages
 * show; made by rule, with gaps where cells are withheld. Names and inhabitants are in it as well.
 */
export async function publishedYear(): Promise<PublishedYear> {
  const folder = await mkdtemp(join(tmpdir(), 'zuil-year-'))
  const warehouse = await openWarehouse({ kind: 'embedded', path: folder, memoryBytesMax: 1_000_000_000 })
  await warehouse.migrate()
  const cubes = Object.keys(CUBES)
  for (const [index, [kind, period]] of PERIODS.entries()) {
    const release = index + 1
    const rows = Object.values(CUBES).flatMap((cube) => cellsOf(cube, { release, kind, period }))
    await warehouse.append('published_cells', rows)
    await warehouse.append('releases', [
      [
        release,
        '2026-02-01 08:00:00.000',
        'PUBLISHED',
        0,
        kind,
        period,
        10,
        cubes,
        rows.length,
        3,
        '{}',
        rows.length,
        BigInt(release),
      ],
    ])
  }
  await putPlaces(warehouse)
  return {
    warehouse,
    async [Symbol.asyncDispose]() {
      await warehouse.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Names, points and inhabitants. */
async function putPlaces(warehouse: Warehouse): Promise<void> {
  const towns = [
    { nis: 44021, name: 'Gent', postalCodes: ['9000'], latitude: 51.05, longitude: 3.72 },
    { nis: 44043, name: 'Melle', postalCodes: ['9090'], latitude: 51, longitude: 3.8 },
  ]
  const cities = towns.map(({ nis, name, postalCodes: [postalCode = ''] }) => ({ nis, name, postalCode }))
  const rows = [
    ...towns.map((town) => ['municipalities', projectionOfMunicipality({ ...town, ...INHABITANTS, mergedFrom: [] })] as const),
    ['card_systems', projectionOfCardSystem({ id: 1, name: 'UiTPAS Gent', permanent: true, cities })] as const,
    ['organizers', projectionOfOrganizer({ id: 'bib-gent', name: 'Bibliotheek Gent', nis: 44021, cardSystems: [1] })] as const,
  ]
  for (const [index, [table, record]] of rows.entries()) {
    await warehouse.insert(table, [projectionRow({ lane: 0, ms: PUT_AT, sequence: index + 1 }, record, { range: 1 }).line])
  }
  await warehouse.append(
    'inhabitants',
    towns.map(({ nis }) => [nis, 2026, '', INHABITANTS.inhabitants, 'test']),
  )
}

interface ReleaseOf {
  readonly release: number
  readonly kind: string
  readonly period: string
}

function cellsOf(cube: Cube, { release, kind, period }: ReleaseOf): readonly (readonly RowValue[])[] {
  const columns = [...(cube.publishesPeople ? ['people'] : []), ...cube.columns.map(({ id }) => id)]
  const places = PLACE_TEXTS.filter((place) => cube.places.includes(kindOf(place)))
  return places.flatMap((place, placeIndex) =>
    cube.lattice.flatMap((dimensions) => {
      const tuples = dimensions.reduce<readonly (readonly string[])[]>(
        (all, id) => all.flatMap((tuple) => membersOf(id).map((member) => [...tuple, member])),
        [[]],
      )
      return tuples.flatMap((members, index) => {
        if (dimensions.length > 0 && (index + placeIndex) % WITHHELD_EACH === WITHHELD_EACH - 1) return []
        return columns.map((column, offset): readonly RowValue[] => {
          const share = (PEOPLE / (placeIndex + 1) / tuples.length) * (1 + ((index * 7 + release) % 5) / 10)
          const value = Math.max(20, Math.round((share * (1 + offset)) / 10) * 10)
          return [release, cube.id, kind, period, place, dimensions.join(), members, column, value, 'ok']
        })
      })
    }),
  )
}

function membersOf(id: keyof typeof DIMENSIONS): readonly string[] {
  const { members } = DIMENSIONS[id]
  return members === 'FROM_DATA' ? (FROM_DATA[id] ?? []) : members.filter((member) => member !== 'UNKNOWN')
}

function kindOf(place: (typeof PLACE_TEXTS)[number]): Cube['places'][number] {
  if (place === 'all') return 'ALL'
  if (place.startsWith('region:')) return 'REGION'
  return place.startsWith('municipality:') ? 'MUNICIPALITY' : 'ORGANIZER'
}
