import { describe, expect, test } from 'vitest'
import { apiClient, eventId, offer } from '../../../bench/population/offer.ts'
import { currentNumber, passholder } from '../../../bench/population/passholder.ts'
import { visit, visitsMax } from '../../../bench/population/visit.ts'

const POPULATION = { seed: 1, passholders: 20_000, events: 12, organizers: 3 }

describe('the simulated population', () => {
  test('is the same each time, and another one with another seed', () => {
    const first = JSON.stringify(passholder(POPULATION, 17))
    expect(JSON.stringify(passholder(POPULATION, 17))).toBe(first)
    expect(JSON.stringify(passholder({ ...POPULATION, seed: 2 }, 17))).not.toBe(first)
  })

  test('has no card number, chip, national number or id twice', () => {
    const people = Array.from({ length: POPULATION.passholders }, (_, index) => JSON.stringify(passholder(POPULATION, index)))
    const all = (pattern: RegExp) => people.flatMap((text) => [...new Set([...text.matchAll(pattern)].map((match) => match[1]))])
    for (const pattern of [
      /"id":"([^"]+)"/g,
      /"inszNumber":"([^"]+)"/g,
      /"chipNumber":"([^"]+)"/g,
      /"uitpasNumber":"([^"]+)"/g,
    ]) {
      const values = all(pattern)
      expect(new Set(values).size).toBe(values.length)
    }
  })

  test('every passholder has an active card in an active membership, under the number that the client sends', () => {
    for (let index = 0; index < 1_000; index++) {
      const uitpasNumber = currentNumber(POPULATION, index)
      const { cardSystemMemberships: memberships } = passholder(POPULATION, index)
      expect(Array.isArray(memberships) ? memberships[0] : undefined).toMatchObject({
        status: 'ACTIVE',
        currentCard: { status: 'ACTIVE', uitpasNumber },
      })
    }
  })

  test('the offer names an organizer before the events that belong to it, and all events are there', () => {
    const entries = [...offer(POPULATION, '2026-11-21')]
    const kinds = [...new Set(entries.map(({ kind }) => kind))]
    expect(kinds).toEqual(['municipalities', 'card-systems', 'organizers', 'events'])
    expect(entries.filter(({ kind }) => kind === 'events').map(({ data }) => String(data['@id']).split('/').at(-1))).toEqual(
      Array.from({ length: POPULATION.events }, (_, index) => eventId(POPULATION, index)),
    )
  })

  test('the API client may check in for each organizer of the population', () => {
    const { data } = apiClient(POPULATION, { id: 'a', secret: 'b' })
    expect(data).toMatchObject({ id: 'a', secret: 'b', permissions: { length: POPULATION.organizers } })
  })
})

describe('visits', () => {
  test('never repeat a holder at the same event', () => {
    const pairs = Array.from({ length: 60_000 }, (_, sequence) => JSON.stringify(visit(POPULATION, sequence)))
    expect(new Set(pairs).size).toBe(pairs.length)
  })

  test('come to every holder before any comes again', () => {
    const holders = new Set(
      Array.from({ length: POPULATION.passholders }, (_, sequence) => visit(POPULATION, sequence).passholder),
    )
    expect(holders.size).toBe(POPULATION.passholders)
  })

  test('are as many as holders times events', () => {
    expect(visitsMax(POPULATION)).toBe(240_000)
  })
})
