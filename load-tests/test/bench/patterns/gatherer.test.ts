import { expect, test } from 'vitest'
import { GATHERED_MAX, Gatherer } from '../../../bench/patterns/gatherer.ts'
import type { KeptCheckin } from '../../../bench/patterns/pattern-store.ts'

test('check-ins that come together are one insert, and each knows when it is stored', async () => {
  const inserts: number[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const store = {
    insert: async (checkins: readonly KeptCheckin[]) => {
      inserts.push(checkins.length)
      await promise
    },
  }
  const gatherer = new Gatherer(store)
  const added = Array.from({ length: GATHERED_MAX + 1 }, (_, index) => gatherer.add(['event', String(index)]))
  let stored = 0
  for (const one of added) one.then(() => stored++).catch(() => undefined)
  await Promise.resolve()
  expect({ inserts, stored }).toEqual({ inserts: [GATHERED_MAX], stored: 0 })
  resolve()
  await Promise.all(added)
  expect(inserts).toEqual([GATHERED_MAX, 1])
})

test('an insert that fails is told to those who wait for it', async () => {
  const gatherer = new Gatherer({ insert: async () => Promise.reject(new Error('of the test')) })
  await expect(gatherer.add(['event', '1'])).rejects.toThrow('of the test')
})
