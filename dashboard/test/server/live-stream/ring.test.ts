import { expect, test } from 'vitest'
import { Ring } from '../../../src/server/live-stream/ring.ts'

test('a ring gives back what it was given, oldest first', () => {
  const ring = new Ring<number>(3)
  for (const item of [1, 2, 3]) ring.push(item)
  expect([ring.take(), ring.take(), ring.take(), ring.take()]).toEqual([1, 2, 3, undefined])
  expect(ring.takeDropped()).toBe(0)
})

test('a full ring drops the oldest and tells once how many', () => {
  const ring = new Ring<number>(2)
  for (const item of [1, 2, 3, 4]) ring.push(item)
  expect([ring.size, ring.takeDropped(), ring.takeDropped(), ring.take()]).toEqual([2, 2, 0, 3])
})
