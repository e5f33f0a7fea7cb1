import { expect, test } from 'vitest'
import { acceptedType } from '../../../src/server/http/media-type.ts'

const OFFERED = ['application/json', 'application/vnd.apache.arrow.stream'] as const

test.each([
  [undefined, 'application/json'],
  ['', 'application/json'],
  ['*/*', 'application/json'],
  ['application/*', 'application/json'],
  ['Application/Vnd.Apache.Arrow.Stream', 'application/vnd.apache.arrow.stream'],
  ['application/json;q=0.5, application/vnd.apache.arrow.stream', 'application/vnd.apache.arrow.stream'],
  ['*/*, application/json;q=0', 'application/vnd.apache.arrow.stream'],
  ['text/html,application/xhtml+xml,*/*;q=0.8', 'application/json'],
  ['text/csv', undefined],
  ['application/json;q=nonsense', undefined],
])('Accept %j is answered with %j', (accept, type) => {
  expect(acceptedType(accept, OFFERED)).toBe(type)
})
