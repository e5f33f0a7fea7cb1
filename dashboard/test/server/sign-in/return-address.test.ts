import fc from 'fast-check'
import { expect, test } from 'vitest'
import { returnAddress } from '../../../src/server/sign-in/return-address.ts'

test.each(['/', '/bereik', '/bereik?plaats=municipality:73107&periode=2025&taal=fr', '/woordenboek?x=https://elders.example'])(
  'a page of ours is where somebody comes back to: %s',
  (address) => {
    expect(returnAddress(address)).toBe(address)
  },
)

test.each([
  ['another site', 'https://elders.example/'],
  ['another site without a scheme', '//elders.example/'],
  ['another site as some browsers read it', '/\\elders.example/'],
  ['another site behind a line break', '/\n/elders.example'],
  ['another site behind a way back', '/..//elders.example'],
  ['a script', 'javascript:alert(1)'],
  ['signing in itself', '/aanmelden?naar=/'],
  ['signing out', '/afmelden'],
  ['what is no page', '/api/v1/places'],
  ['nothing', undefined],
  ['several', ['/bereik', '/nu']],
  ['more than an address', `/${'a'.repeat(2_000)}`],
])('%s is no place to come back to', (_what, address) => {
  expect(returnAddress(address)).toBe('/')
})

test('whatever is asked for, a browser stays on this site', () => {
  const part = fc.constantFrom('/', '//', '\\', 'elders.example', '@', ':', 'https:', '..', '%2f', '?', '#', '\t', '\n', ' ', 'a')
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const address = returnAddress(parts.join(''))
      expect(new URL(address, 'https://zuil.example').origin).toBe('https://zuil.example')
    }),
    { numRuns: 2_000 },
  )
})
