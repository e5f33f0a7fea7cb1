import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAY_MS } from '@zuil/core'
import { CUBES, type Cube, openWarehouse, type Warehouse } from '@zuil/warehouse'
import { createPublisher, type Publisher, type PublisherDependencies } from '../../src/index.ts'
import { drawPeople, type Person } from './synthetic-truth.ts'

export const SECRET = Buffer.from('a secret of the test, 32 bytes..')

/** Cubes whose facts are filled here. */
export const PUBLISHED_CUBES: readonly Cube[] = [
  CUBES.holders,
  CUBES.participation,
  CUBES.sectors,
  CUBES.destinations,
  CUBES['organizer-public'],
]

/** Enough for what a kill may leave behind. */
export const KILLED_CUBES: readonly Cube[] = [CUBES.holders]

/** Long after the year 2025. */
export const NOW = Date.UTC(2026, 10, 21)

const DAY_2025 = Date.UTC(2025, 5, 1) / DAY_MS

export interface FactsPlace extends AsyncDisposable {
  readonly folder: string
  open(): Promise<Warehouse>
}

/** A warehouse folder with facts of some synthetic people in 2025. */
export async function placeWithFacts(count = 1_500): Promise<FactsPlace> {
  const folder = await mkdtemp(join(tmpdir(), 'zuil-publish-'))
  let warehouse: Warehouse | undefined
  const open = async () => {
    warehouse = await openWarehouse({ kind: 'embedded', path: folder, memoryBytesMax: 1_500_000_000 })
    await warehouse.migrate()
    return warehouse
  }
  const first = await open()
  await fillFacts(first, drawPeople(21, count))
  await first.close()
  return {
    folder,
    open,
    async [Symbol.asyncDispose]() {
      await warehouse?.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export function publisherOn(warehouse: Warehouse, changes: Partial<PublisherDependencies> = {}): Publisher {
  const buildFacts = async () => undefined
  return createPublisher({ warehouse, cubes: PUBLISHED_CUBES, secret: SECRET, buildFacts, clock: () => NOW, ...changes })
}

export async function fillFacts(warehouse: Warehouse, people: readonly Person[]): Promise<void> {
  for (const table of ['holder_periods', 'participations']) await warehouse.change(`TRUNCATE TABLE ${table}`, {}, 'test')
  await warehouse.append('holder_periods', people.map(holderPeriod))
  await warehouse.append('participations', people.flatMap(participations))
}

function holderPeriod({ holder, town, isKt, age, visits }: Person) {
  const kt = isKt ? 1 : 0
  const times = visits.reduce((sum, visit) => sum + visit.times, 0)
  const flows = ['OTHER', times > 0 ? 'NEW' : 'INACTIVE', 255, 0, 0, 0, 0, 65_535]
  const home = [44_000 + town, '9000', 1990, age, 365, 1, 0]
  return ['YEAR', '2025', holder + 1, ...home, kt, kt, 0, 0, times, 0, 0, 0, 0, 0, 0, 0, 0, ...flows]
}

function participations({ holder, town, isKt, visits }: Person) {
  return visits.flatMap(({ organizer, sector, times }, visit) =>
    Array.from({ length: times }, (_, time) => {
      const venue = 44_000 + Math.floor(organizer / 2)
      const day = new Date((DAY_2025 + time) * DAY_MS).toISOString().slice(0, 10)
      const at = [44_000 + town, 1990, venue, venue === 44_000 + town ? 'HOME' : 'ELSEWHERE', 1, `o${organizer}`, sector]
      return [day, holder + 1, visit + 1, 'CHECKIN', isKt ? 'KT' : 'OTHER', ...at]
    }),
  )
}
