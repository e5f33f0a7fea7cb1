import { describe, expect, test } from 'vitest'
import { parseAccount } from '../../src/registry/account.ts'

const WHOLE = { id: 'uitid|1', passholder: { id: 'p-1' }, email: 'Amina@Example.be', password: 'een wachtwoord' }

describe('an account', () => {
  test('is taken with its address in lower case', () => {
    expect(parseAccount(WHOLE, undefined)).toEqual({
      ok: true,
      value: { id: 'uitid|1', passholder: 'p-1', email: 'amina@example.be', password: 'een wachtwoord', roles: [] },
    })
  })

  test('of another issuer has neither address nor password', () => {
    expect(parseAccount({ id: 'uitid|1', passholder: { id: 'p-1' } }, undefined)).toMatchObject({
      ok: true,
      value: { email: '', password: '' },
    })
    expect(parseAccount({ id: 'uitid|1' }, undefined)).toMatchObject({ ok: true, value: { passholder: '' } })
  })

  test.each([
    ['no id', { ...WHOLE, id: undefined }],
    ['an id with a blank', { ...WHOLE, id: 'a b' }],
    ['an id without end', { ...WHOLE, id: 'a'.repeat(201) }],
    ['a passholder that is a text', { ...WHOLE, passholder: 'p-1' }],
    ['a role nobody knows', { ...WHOLE, roles: [{ role: 'king' }] }],
    ['an address that is none', { ...WHOLE, email: 'amina' }],
    ['an address with a blank', { ...WHOLE, email: 'a b@example.be' }],
    ['a short password', { ...WHOLE, password: 'kort' }],
    ['a password without end', { ...WHOLE, password: 'x'.repeat(201) }],
    ['an address without a password', { ...WHOLE, password: undefined }],
    ['a password without an address', { ...WHOLE, email: undefined }],
  ])('with %s is refused', (_what, document) => {
    expect(parseAccount(JSON.parse(JSON.stringify(document)), undefined).ok).toBe(false)
  })
})
