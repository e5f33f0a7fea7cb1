import { expect, test } from 'vitest'
import { wayBack } from '../../verdict/way-back.ts'

const curve = (...answered: readonly number[]) =>
  answered.map((count, second) => ({ second, accepted: 0, answered: count, requests: count, p50: 1, p99: 1 }))

test('the way back is counted from the end of the fault until as many are served as before', () => {
  expect(wayBack(curve(40, 100, 100, 104, 0, 0, 20, 70, 95, 100), { from: 4, until: 5 })).toBe(3)
})

test('people who were served all the time have no way back', () => {
  expect(wayBack(curve(40, 100, 100, 100, 100), { from: 3, until: 3 })).toBe(0)
})

test('there is none when it never comes, or when nobody was served before', () => {
  expect(wayBack(curve(40, 100, 100, 0, 0, 60), { from: 3, until: 3 })).toBeUndefined()
  expect(wayBack(curve(0, 0, 0, 100), { from: 2, until: 2 })).toBeUndefined()
})
