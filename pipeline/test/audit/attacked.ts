import { asAttacked } from '../../src/audit/attacked-release.ts'
import type { AuditedRelease } from '../../src/audit/audited-release.ts'
import { type MadeRelease, makeRelease, protectingCells, publishedRows } from '../../src/publish/make-release.ts'
import type { PublishedRow } from '../../src/publish/release-rows.ts'
import { countPeople, keysFrom, type Person, REGIONS, YEAR_2025 } from '../publish/synthetic-truth.ts'

export const THRESHOLD = 10

/** A release of synthetic people, as it is made and as an attacker has it. */
export interface Attacked {
  readonly made: MadeRelease
  readonly release: AuditedRelease
  readonly rows: readonly PublishedRow[]
}

export interface AttackedOptions {
  /** Of the rounding. */
  readonly secret?: number
  /** An earlier release of the same period, and one of EARLIER: what becomes of cells that it withheld. */
  readonly after?: { readonly release: Attacked; readonly withheld: number }
}

export function attacked(people: readonly Person[], { secret = 1, after }: AttackedOptions = {}): Attacked {
  const earlier = after && {
    rows: after.release.rows,
    protecting: [...protectingCells(after.release.made)],
    withheld: after.withheld,
  }
  const table = countPeople(people, keysFrom(secret), earlier)
  const options = { period: YEAR_2025, regions: REGIONS, threshold: THRESHOLD }
  const made = makeRelease(table, options)
  return { made, release: asAttacked(made, THRESHOLD), rows: [...publishedRows(made)] }
}

/** Small cells that are withheld: what an attacker looks for. */
export function smallCells({ cells, published }: AuditedRelease): readonly number[] {
  return Array.from(cells.people, (people, cell) => ({ people, cell }))
    .filter(({ people, cell }) => people >= 1 && people < THRESHOLD && Number.isNaN(published[cell] ?? Number.NaN))
    .map(({ cell }) => cell)
}

/** Name of a row within all releases. */
export function nameOf({ cube, place, dimensions, members, column }: Omit<PublishedRow, 'value' | 'status'>): string {
  return [cube, place, dimensions, members.join(','), column].join(' ')
}

/** People of whom one of a village is alone in a sector. */
export interface Canary {
  readonly people: readonly Person[]
  readonly place: string
  readonly sector: string
}

export function withCanary(people: readonly Person[]): Canary {
  const [town, sector] = [9, 'LEARNING']
  const others = people.map((person) =>
    person.town === town ? { ...person, visits: person.visits.filter((visit) => visit.sector !== sector) } : person,
  )
  const visits = [{ organizer: 18, sector, times: 3, price: 200 }]
  const canary: Person = { holder: 999_999, town, isKt: true, age: '40-54', visits }
  return { people: [...others, canary], place: `municipality:${44_000 + town}`, sector }
}

/** Small withheld cells of the sector and the place of a canary. */
export function cellsOfMember(release: AuditedRelease, { place, sector }: Pick<Canary, 'place' | 'sector'>): readonly number[] {
  return smallCells(release).filter((cell) => {
    const level = release.table.levels.find(({ first, size }) => cell >= first && cell < first + size)
    return release.table.placeOf(cell) === place && level !== undefined && release.table.membersOf(cell, level).includes(sector)
  })
}
