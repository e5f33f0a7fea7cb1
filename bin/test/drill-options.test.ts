import { DRILLS } from '@zuil/load-tests/drills/drills'
import { expect, test } from 'vitest'
import { parseDrillOptions } from '../load/drill-options.ts'

test('all is every drill, in their order; names are taken as they come', () => {
  expect(parseDrillOptions(['all']).names).toEqual(Object.keys(DRILLS))
  expect(parseDrillOptions(['kill-redis', 'poison', '--times', '3'])).toMatchObject({ names: ['kill-redis', 'poison'], times: 3 })
})

test('how much is done can be less than meant', () => {
  expect(parseDrillOptions(['all']).wishes).toEqual({ awaySeconds: 300, backlog: 1_000_000 })
  expect(parseDrillOptions(['all', '--away', '30s', '--backlog', '5000']).wishes).toEqual({ awaySeconds: 30, backlog: 5_000 })
})

test.each([
  [[], 'Name a drill, or all'],
  [['kill-cat'], 'There is no drill "kill-cat"'],
  [['all', '--times', '0'], '--times is "0"'],
  [['all', '--rate', 'fast'], '--rate is "fast"'],
  [['all', '--away', '2h'], '--away is "2h"'],
])('%j is refused in one sentence', (args, said) => {
  expect(() => parseDrillOptions(args)).toThrow(said)
})
