import { expect, test } from 'vitest'
import { addressOf, choiceOf, chosenOf } from '../../src/lib/address.ts'

test.each([
  ['/', 'nl', 'system', {}],
  ['/?taal=fr', 'fr', 'system', {}],
  ['/?thema=donker', 'nl', 'dark', {}],
  ['/?taal=en&thema=licht', 'en', 'light', {}],
  [
    '/?plaats=municipality:73107&periode=2025-Q4&vergelijk=vorige&taal=en',
    'en',
    'system',
    { place: 'municipality:73107', period: '2025-Q4', compareWith: 'previous' },
  ],
] as const)('the address %s and what was chosen in it are each other’s inverse', (address, language, theme, chosen) => {
  expect(addressOf('/', { language, theme }, chosen)).toBe(address)
  const { searchParams } = new URL(address, 'http://zuil')
  expect([choiceOf(searchParams), chosenOf(searchParams)]).toEqual([{ language, theme }, chosen])
})

test('unknown values in an address are the defaults', () => {
  const parameters = new URLSearchParams('taal=de&thema=roze&vergelijk=beter&plaats=')
  expect(choiceOf(parameters)).toEqual({ language: 'nl', theme: 'system' })
  expect(chosenOf(parameters)).toEqual({})
})
