import { expect, test } from 'vitest'
import { SESSION_AGE_MAX_MS, Sessions } from '../../../src/server/sign-in/sessions.ts'

const SIGNED_IN_AT = Date.parse('2026-11-21T09:00:00Z')
const KEY = Buffer.alloc(32, 1)
const sessions = (options: { key?: Buffer; at?: number; secure?: boolean } = {}) =>
  new Sessions({ key: options.key ?? KEY, secure: options.secure ?? true, clock: () => options.at ?? SIGNED_IN_AT })
const identity = { names: ['demo-gemeente'], roles: [{ role: 'municipality', nis: 73_107 } as const] }
const textOf = (cookie: string) => cookie.slice(0, cookie.indexOf(';'))

test('somebody is known again by the cookie, among others', () => {
  const cookie = textOf(sessions().begin(identity))
  expect(sessions().of(`taal=nl; ${cookie}; andere=1`)).toEqual({ ...identity, signedInAt: SIGNED_IN_AT })
})

test('the cookie is kept from scripts, from other sites and from plain http, and ends with the browser', () => {
  const [, ...attributes] = sessions().begin(identity).split('; ')
  expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure'])
  expect(sessions().begin(identity)).toMatch(/^__Host-zuil-session=/)
  expect(sessions({ secure: false }).begin(identity)).not.toContain('Secure')
  expect(sessions().end()).toContain('Max-Age=0')
})

test('nothing of who it is stands in it', () => {
  const bytes = Buffer.from(textOf(sessions().begin(identity)).split('=')[1] ?? '', 'base64url')
  expect(bytes.toString('latin1')).not.toContain('gemeente')
})

test('a session ends after a working day, however often it is used', () => {
  const cookie = textOf(sessions().begin(identity))
  expect(sessions({ at: SIGNED_IN_AT + SESSION_AGE_MAX_MS - 1 }).of(cookie)).toBeDefined()
  expect(sessions({ at: SIGNED_IN_AT + SESSION_AGE_MAX_MS }).of(cookie)).toBeUndefined()
})

test('a cookie of another installation, half of one and none are nobody’s', () => {
  const cookie = textOf(sessions().begin(identity))
  for (const each of [cookie.slice(0, 40), '__Host-zuil-session=', '', undefined]) expect(sessions().of(each)).toBeUndefined()
  expect(sessions({ key: Buffer.alloc(32, 2) }).of(cookie)).toBeUndefined()
})

test('a cookie of which any byte was changed is nobody’s', () => {
  const [name = '', value = ''] = textOf(sessions().begin(identity)).split('=')
  const bytes = Buffer.from(value, 'base64url')
  const of = (each: Buffer) => sessions().of(`${name}=${each.toString('base64url')}`)
  expect(of(bytes)).toBeDefined()
  // The last letter of base64url holds bits that belong to no byte: bytes are changed, not letters.
  for (const [index, byte] of bytes.entries())
    expect(of(Buffer.from(bytes).fill(byte ^ 1, index, index + 1)), `byte ${index}`).toBeUndefined()
})
