import { expect, test } from 'vitest'
import { exactCount, noCount } from '../../src/measures/count.ts'
import { placesBelow } from '../../src/measures/places-below.ts'

const place = (part: number | undefined, whole: number) => ({
  part: part === undefined ? noCount('withheld') : exactCount(part),
  whole: exactCount(whole),
})
const bound = { wholeMin: 50, below: 0.05 }

test('places with few people do not count, and those at the bound are not below it', () => {
  expect(placesBelow([place(0, 49), place(2, 50), place(5, 100), place(4, 100)], bound, 'EXACT')).toEqual({
    status: 'ok',
    value: 2,
    low: 2,
    high: 2,
    decimals: 0,
  })
})

test('a place whose part is withheld may or may not be below the bound', () => {
  expect(placesBelow([place(undefined, 60), place(1, 60), place(30, 60)], bound, 'PUBLISHED')).toMatchObject({
    value: 1,
    low: 1,
    high: 2,
  })
})

test('readers learn nothing of fewer than three places, nor where one makes up more than half', () => {
  expect(placesBelow([place(1, 60), place(2, 60)], bound, 'PUBLISHED').status).toBe('withheld')
  expect(placesBelow([place(1, 60), place(2, 60), place(3, 200)], bound, 'PUBLISHED').status).toBe('withheld')
})
