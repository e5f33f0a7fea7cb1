import { expect, test } from 'vitest'
import { SharedRooms } from '../../src/import/shared-rooms.ts'

test('gives the same memory again once it is given back, the smallest that fits', () => {
  const rooms = new SharedRooms()
  const [large, small] = [rooms.take(1_000_000), rooms.take(10)]
  expect([large.length, small.length]).toEqual([1_000_000, 10])
  rooms.give(large)
  rooms.give(small)
  expect(rooms.take(20).buffer).toBe(small.buffer)
  expect(rooms.take(30).buffer).toBe(large.buffer)
  expect(rooms.take(40).buffer).not.toBe(large.buffer)
})

test('memory that no other thread sees is not kept', () => {
  const rooms = new SharedRooms()
  const own = new Uint8Array(1_000_000)
  rooms.give(own)
  expect(rooms.take(10).buffer).not.toBe(own.buffer)
})
