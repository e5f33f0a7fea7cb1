import { expect, test } from 'vitest'
import { isRewriteDue } from '../quiet-rewrite.ts'

const MB = 2 ** 20

test.each([
  [true, 'has doubled, while little is written', { bytes: 800, baseBytes: 400, written: 1 }],
  [false, 'has doubled, while much is written', { bytes: 800, baseBytes: 400, written: 4 }],
  [false, 'has not doubled', { bytes: 799, baseBytes: 400, written: 1 }],
  [false, 'is small', { bytes: 70, baseBytes: 7, written: 1 }],
])('it is %s that a file is to be rewritten that %s', (isDue, _which, { bytes, baseBytes, written }) => {
  const now = { atMs: 10_000, bytes: bytes * MB, baseBytes: baseBytes * MB }
  expect(isRewriteDue({ ...now, atMs: 0, bytes: now.bytes - written * MB }, now)).toBe(isDue)
})
