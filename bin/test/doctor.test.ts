import { expect, test } from 'vitest'
import { roomFinding } from '../commands/doctor.ts'

test.each([
  [2e9, 1.3e9, 'ok', 'Redis uses 1300 of 2000 MB'],
  [2e9, 1.5e9, 'warning', 'Redis uses 1500 of 2000 MB: give it more (ZUIL_REDIS_MEMORY;'],
  [0, 1.5e9, 'warning', 'Redis maxmemory is not set'],
] as const)('room of Redis: of %d bytes, %d in use', (bound, used, level, text) => {
  expect(roomFinding({ used, bound })).toEqual({
    level,
    text: expect.stringContaining(text),
  })
})
