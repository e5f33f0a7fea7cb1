import type { Role } from '@zuil/core/contracts/roles'
import { CATALOGUE, CUBES } from '@zuil/warehouse'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FORMAT_NAMES } from '../../../src/server/formats/formats.ts'
import { findsValue } from '../../finds-value.ts'
import {
  markOf,
  PLACE_TEXTS,
  PLACES,
  PLACES_WITH_VILLAGES,
  type PublishedFigures,
  publishedFigures,
  serve,
  VILLAGES,
} from '../../published-figures.ts'

/** Every random reader is somebody of whom nothing was remembered; the token says the roles. */
const tokenOf = (roles: readonly Role[]) => `zuil_${Buffer.from(JSON.stringify(roles)).toString('base64url')}`
const rolesOf = (token: string): readonly Role[] => JSON.parse(Buffer.from(token.slice(5), 'base64url').toString())

let world: PublishedFigures
let server: FastifyInstance
beforeAll(async () => {
  world = await publishedFigures()
  let readers = 0
  const credentials = {
    accessToken: async () => undefined,
    dataToken: async (token: string) => ({ owner: String(readers++), roles: rolesOf(token) }),
    account: async () => undefined,
  }
  server = await serve(world.warehouse, credentials, { named: PLACES_WITH_VILLAGES })
})
afterAll(async () => {
  await server?.close()
  await world?.[Symbol.asyncDispose]()
})

const nis = fc.constantFrom(...PLACES.municipalities.map((place) => place.nis), 99_999)
const cardSystem = fc.constantFrom(1, 2, 3)
const organizer = fc.constantFrom(...PLACES.organizers.map((place) => place.organizer), 'nobody')
const role: fc.Arbitrary<Role> = fc.oneof(
  fc.record({ role: fc.constant('municipality' as const), nis }),
  fc.record({ role: fc.constant('region' as const), cardSystem }),
  fc.record({ role: fc.constant('organizer' as const), organizer }),
  fc.record({ role: fc.constant('settlement' as const), cardSystem }),
)
const readsAll: fc.Arbitrary<Role> = fc.constantFrom({ role: 'publiq' as const }, { role: 'auditor' as const })
const place = fc.constantFrom(...PLACE_TEXTS, 'municipality:99999', 'region:3', 'organizer:nobody')
const question = fc.record({
  door: fc.constantFrom('cells', 'figures'),
  cube: fc.constantFrom(...Object.keys(CUBES)),
  measure: fc.constantFrom(...CATALOGUE.map(({ id }) => id)),
  dimensions: fc.constantFrom('', 'tariff', 'destination', 'age', 'sector'),
  places: fc.uniqueArray(place, { minLength: 1, maxLength: 4 }),
  together: fc.boolean(),
  format: fc.constantFrom(...FORMAT_NAMES),
  period: fc.constantFrom('2025', '2024-2025', '2024', '2026'),
})

/** What a role reads, written down a second time and in another way. */
function reads(roles: readonly Role[], text: string): boolean {
  const [kind, id = ''] = text.split(':')
  return roles.some((each) => {
    if (each.role === 'publiq' || each.role === 'auditor' || text === 'all') return true
    if (each.role === 'municipality') return kind === 'municipality' && id === String(each.nis)
    if (each.role === 'organizer') return kind === 'organizer' && id === each.organizer
    if (each.role !== 'region') return false
    if (kind === 'region') return id === String(each.cardSystem)
    const region = PLACES.regions.find((known) => known.cardSystem === each.cardSystem)
    return kind === 'municipality' && (region?.municipalities.includes(Number(id)) ?? false)
  })
}

async function ask(roles: readonly Role[], path: string) {
  return await server.inject({ url: `/api/v1${path}`, headers: { authorization: `Bearer ${tokenOf(roles)}` } })
}

describe('no border is crossed', () => {
  test('by any reader, with any question, in any format', async () => {
    const outcomes = new Map<number, number>()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 9, arbitrary: role }, readsAll), { minLength: 1, maxLength: 3 }),
        question,
        async (roles, asked) => {
          const query = new URLSearchParams({
            ...(asked.door === 'cells' ? { cube: asked.cube } : { measure: asked.measure }),
            dimensions: asked.dimensions,
            place: asked.places.join(),
            period: asked.period,
            format: asked.format,
            ...(asked.together && { together: 'true' }),
          })
          const reply = await ask(roles, `/${asked.door}?${query}`)
          outcomes.set(reply.statusCode, (outcomes.get(reply.statusCode) ?? 0) + 1)
          const outside = asked.places.filter((each) => !reads(roles, each))
          if (outside.length > 0) expect(reply.statusCode).not.toBe(200)
          if (reply.statusCode === 403) expect(outside).not.toEqual([])
          for (const each of PLACE_TEXTS) {
            if (!asked.places.includes(each) || outside.length > 0) expect(findsValue(reply.rawPayload, markOf(each))).toBe(false)
          }
        },
      ),
      { numRuns: 400 },
    )
    expect([...outcomes.keys()]).toEqual(expect.arrayContaining([200, 403, 404]))
  })

  test('by a question that names no members, of one place or of so many that they are not read one by one', async () => {
    const roles = [
      { role: 'municipality', nis: 44021 },
      { role: 'region', cardSystem: 4 },
    ] as const
    const one = 'municipality:44021'
    const many = [one, ...VILLAGES.map((village) => `municipality:${village}`)].join()
    for (const cells of [
      `cube=destinations&dimensions=destination&place=${one}`,
      `cube=neighbourhoods&dimensions=postal-code&place=${one}`,
      `cube=neighbourhoods&dimensions=postal-code&place=${many}`,
      `cube=holders&place=${many}`,
    ]) {
      const reply = await ask(roles, `/cells?${cells}&period=2025`)
      expect(reply.statusCode).toBe(200)
      expect(PLACE_TEXTS.filter((each) => findsValue(reply.rawPayload, markOf(each)))).toEqual([one])
    }
  })

  test('by a list of places: it names what is read and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(role, { minLength: 1, maxLength: 3 }), async (roles) => {
        const listed = (await ask(roles, '/places')).json().rows.map((row: { readonly place: string }) => row.place)
        expect(listed).toEqual(PLACE_TEXTS.filter((each) => reads(roles, each)))
      }),
      { numRuns: 100 },
    )
  })

  test('by what a refusal says: a place of others and a place that does not exist are refused in the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(role, { minLength: 1, maxLength: 3 }), question, async (roles, asked) => {
        const refusals = new Set<string>()
        for (const each of ['municipality:71022', 'municipality:99998', 'municipality:10000']) {
          if (reads(roles, each)) continue
          const query = new URLSearchParams({ cube: 'holders', place: each, period: asked.period, format: asked.format })
          const { statusCode, rawPayload, headers } = await ask(roles, `/cells?${query}`)
          const { date: _date, ...same } = headers
          refusals.add(JSON.stringify([statusCode, rawPayload.toString(), same]))
        }
        expect(refusals.size).toBeLessThanOrEqual(1)
      }),
      { numRuns: 100 },
    )
  })

  test('by what audits found: auditors read it, all others are refused in the same bytes whether there is such a release or not', async () => {
    const anybody = fc.array(fc.oneof(role, fc.constant({ role: 'publiq' as const })), { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(anybody, fc.constantFrom(...FORMAT_NAMES), async (roles, format) => {
        const refusals = new Set<string>()
        for (const release of [1, 2, 99_999]) {
          const { statusCode, rawPayload, headers } = await ask(roles, `/releases/${release}/audit?format=${format}`)
          const { date: _date, ...same } = headers
          refusals.add(JSON.stringify([statusCode, rawPayload.toString(), same]))
          expect(statusCode).toBe(403)
        }
        expect(refusals.size).toBe(1)
      }),
      { numRuns: 30 },
    )
    const auditor = [{ role: 'auditor' }, { role: 'settlement', cardSystem: 1 }] as const
    expect((await ask(auditor, '/releases/99999/audit')).statusCode).toBe(404)
    const audit = (await ask(auditor, '/releases/1/audit?language=en')).json()
    expect(audit.rows).toContainEqual({ attack: 1, name: 'interval propagation over the complete release', recovered: 0 })
  })

  test('by lists that everybody gets: they are the same for every reader', async () => {
    for (const path of ['/cubes', '/dimensions', '/releases']) {
      const bodies = new Set<string>()
      for (const roles of [
        [{ role: 'publiq' }],
        [{ role: 'municipality', nis: 44021 }],
        [{ role: 'settlement', cardSystem: 1 }],
      ] as const)
        bodies.add((await ask(roles, path)).body)
      expect(bodies.size).toBe(1)
    }
  })
})
