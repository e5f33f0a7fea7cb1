import { expect, test } from 'vitest'
import { parseLoadOptions } from '../load/load-options.ts'

test('a scenario has its own rate, duration and size, and options change them', () => {
  expect(parseLoadOptions(['festival-doors'])).toMatchObject({ rate: 1_000, seconds: 60, holders: 20_000, url: '' })
  const options = ['festival-doors', '--rate', '5000', '--duration', '5m', '--url', 'http://127.0.0.1:8081/']
  expect(parseLoadOptions(options)).toMatchObject({ rate: 5_000, seconds: 300, url: 'http://127.0.0.1:8081' })
})

test('there are so many passholders that nobody has to come to the same door twice', () => {
  const { holders } = parseLoadOptions(['festival-doors', '--rate', '5000', '--duration', '5m'])
  expect(holders * 5).toBeGreaterThan(5_000 * 300)
})

test.each([
  [[], 'Name one scenario'],
  [['festival'], 'There is no scenario "festival"'],
  [['soak', '--rate', '0'], '--rate is "0"'],
  [['soak', '--duration', '90'], '--duration is "90"'],
  [['soak', '--duration', '3h'], '--duration is "3h"'],
  [['soak', '--url', 'http://x', '--running'], 'not both'],
  [['soak', '--fast'], "Unknown option '--fast'"],
])('%j is refused in one sentence', (args, said) => {
  expect(() => parseLoadOptions(args)).toThrow(said)
})
