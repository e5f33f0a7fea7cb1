import type { NamedPlaces } from '@zuil/warehouse'
import { expect, test } from 'vitest'
import { PlaceBook } from '../../../src/server/scope/place-book.ts'

const NOTHING: NamedPlaces = { regions: [], municipalities: [], organizers: [], joined: [] }
const GENT = { nis: 44021, name: 'Gent', latitude: 51.05, longitude: 3.72, mergedFrom: [] }

test('places of a registry that was empty show at once, and those that are known are read again after a minute', async () => {
  let now = 0
  let registry = NOTHING
  let reads = 0
  const book = new PlaceBook(
    async () => {
      reads += 1
      return registry
    },
    () => now,
  )
  expect(await book.municipalities()).toEqual([])
  registry = { ...NOTHING, municipalities: [GENT] }
  expect(await book.municipalities()).toEqual([{ place: 'municipality:44021', name: 'Gent' }])
  now = 59_999
  await book.municipalities()
  expect(reads).toBe(2)
  now = 60_000
  registry = NOTHING
  expect(await book.municipalities()).toHaveLength(1)
  expect(reads).toBe(3)
  expect(await book.municipalities()).toEqual([])
})
