import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Role } from '@zuil/core/contracts/roles'
import { describe, expect, test } from 'vitest'
import { FigureReader, OutsideScopeError } from '../../../src/server/scope/figure-reader.ts'
import { Scope } from '../../../src/server/scope/scope.ts'

const regions = (cardSystem: number) => (cardSystem === 1 ? [44021, 44043] : [])
const of = (...roles: readonly Role[]) => Scope.of(roles, regions)
const GENT: Role = { role: 'municipality', nis: 44021 }
const REGION: Role = { role: 'region', cardSystem: 1 }

describe('a scope', () => {
  test('that is narrowed never reads more than either side of it', () => {
    expect(of(REGION).narrowed([GENT], regions).places).toEqual(['all', 'municipality:44021'])
    expect(of(GENT).narrowed([REGION], regions).places).toEqual(['all', 'municipality:44021'])
    expect(of(GENT).narrowed([{ role: 'publiq' }], regions).places).toEqual(['all', 'municipality:44021'])
    expect(of({ role: 'publiq' }).narrowed([GENT], regions).places).toEqual(['all', 'municipality:44021'])
    expect(of(GENT).narrowed([{ role: 'organizer', organizer: 'o' }], regions).places).toEqual(['all'])
    expect(of({ role: 'auditor' }).narrowed([{ role: 'publiq' }], regions).places).toBeUndefined()
    expect(of(GENT).narrowed([], regions).mayRead('all')).toBe(false)
  })

  test('of several roles reads what any of them reads', () => {
    expect(of(GENT, REGION).mayRead('municipality:44043')).toBe(true)
    expect(of().places).toEqual([])
    expect(of(REGION).places).toEqual(['all', 'region:1', 'municipality:44021', 'municipality:44043'])
  })
})

test('the figure reader refuses a place outside of the scope before it reads anything', async () => {
  let queries = 0
  const warehouse = {
    async query() {
      queries++
      return []
    },
  }
  const reader = new FigureReader(warehouse, () => 0)
  const query = { release: 1, cube: 'holders', columns: ['people'], dimensions: [], places: ['all', 'municipality:71022'] }
  await expect(reader.cells(of(GENT), query)).rejects.toThrow(OutsideScopeError)
  expect(queries).toBe(0)
})

describe('there is one way to figures', () => {
  const folder = join(import.meta.dirname, '../../../src')
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|svelte)$/.test(name))
    .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(folder, name), 'utf8') }))
  const naming = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name)

  test('only the figure reader calls the door of the warehouse', () => {
    expect(naming(/\b(publishedCells|placeCells|publishedReleases|benchmarkOf|referenceCells)\b/)).toEqual([
      'server/scope/figure-reader.ts',
    ])
  })

  test('only the authentication makes a scope', () => {
    expect(naming(/\bScope\.of\(/)).toEqual(['server/scope/authentication.ts'])
    expect(naming(/\bas (unknown as )?Scope\b/)).toEqual([])
  })

  test('nothing else asks the warehouse anything', () => {
    expect(naming(/\.query(<[^(]*>)?\(/)).toEqual([])
    expect(naming(/\bopenWarehouse\b|\bexactCells\b|\breleaseCells\b/)).toEqual([])
  })
})

/** The first time it is asked, and later times, there are these releases. */
function releasesWarehouse(...answers: readonly (readonly number[])[]) {
  const asked: string[] = []
  return {
    asked,
    query: async <T>(sql: string): Promise<T[]> => {
      const releases = answers[asked.length] ?? []
      asked.push(sql)
      // `as` holds: the reader of releases asks for rows of this shape
      return releases.map((release) => ({ release, period: String(2020 + release), periodKind: 'YEAR' })) as T[]
    },
  }
}

test('a list of releases is read once, and again as soon as there is word of a new one', async () => {
  const reader = new FigureReader(releasesWarehouse([4], [4, 5]), () => 0)
  const numbers = async () => (await reader.releases(of({ role: 'publiq' }))).map(({ release }) => release)
  expect([await numbers(), await numbers()]).toEqual([[4], [4]])
  reader.forgetReleases()
  expect(await numbers()).toEqual([4, 5])
})

describe('the scope of a locked link', () => {
  const locked = (place: string) => Scope.locked({ place, release: 5 }, regions)

  test('reads its place and all places together, of a region its municipalities too, and audits nothing', () => {
    expect(locked('municipality:44021').places).toEqual(['all', 'municipality:44021'])
    expect(locked('region:1').places).toEqual(['all', 'region:1', 'municipality:44021', 'municipality:44043'])
    expect(locked('organizer:bib').mayRead('organizer:other')).toBe(false)
    expect(locked('municipality:44021').mayAudit).toBe(false)
  })

  test('has no later release: none is listed, and one that is named is refused before anything is read', async () => {
    const warehouse = releasesWarehouse([4, 5, 6])
    const reader = new FigureReader(warehouse, () => 0)
    const scope = locked('municipality:44021')
    expect((await reader.releases(scope)).map((each) => each.release)).toEqual([4, 5])
    const query = { cube: 'holders', columns: ['people'], dimensions: [], places: ['municipality:44021'] } as const
    await expect(reader.cells(scope, { ...query, release: 6 })).rejects.toThrow(OutsideScopeError)
    expect(warehouse.asked).toHaveLength(1)
  })
})
