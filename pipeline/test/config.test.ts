import { expect, test } from 'vitest'
import { readConfig } from '../src/index.ts'

test('without settings the pipeline runs on its own folder and Redis', () => {
  expect(readConfig({})).toEqual({
    dataFolder: 'data',
    redisUrl: 'redis://127.0.0.1:6390',
    lanes: 1,
    freeBytesMin: 2_147_483_648,
  })
})

test.each([
  [{ ZUIL_LANES: '0' }, 'ZUIL_LANES'],
  [{ ZUIL_LANES: 'two' }, 'ZUIL_LANES'],
  [{ ZUIL_FREE_BYTES_MIN: '-1' }, 'ZUIL_FREE_BYTES_MIN'],
  [{ ZUIL_REDIS_URL: 'http://example.org' }, 'ZUIL_REDIS_URL'],
])('%o is refused by name', (environment, name) => {
  expect(() => readConfig(environment)).toThrow(name)
})
