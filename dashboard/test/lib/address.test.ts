import { expect, test } from 'vitest'
import { addressOf, choiceOf } from '../../src/lib/address.ts'

test.each([
  ['/', 'nl', 'system'],
  ['/?taal=fr', 'fr', 'system'],
  ['/?thema=donker', 'nl', 'dark'],
  ['/?taal=en&thema=licht', 'en', 'light'],
] as const)('the address %s and its choice are each other’s inverse', (address, language, theme) => {
  expect(addressOf('/', { language, theme })).toBe(address)
  expect(choiceOf(new URL(address, 'http://zuil').searchParams)).toEqual({ language, theme })
})

test('unknown values in an address are the defaults', () => {
  expect(choiceOf(new URLSearchParams('taal=de&thema=roze'))).toEqual({ language: 'nl', theme: 'system' })
})
