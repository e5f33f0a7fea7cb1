import { describe, expect, test } from 'vitest'
import { hashPassword } from '../../src/registry/password-hash.ts'
import { Secrets } from '../../src/secrets.ts'
import { SignInDesk, WAITING_MAX } from '../../src/sign-in/sign-in-desk.ts'
import { languageOf } from '../../src/sign-in/sign-in-texts.ts'

const ACCOUNT = { id: 'account-1', passholder: 'p', email: 'amina@example.be', roles: [] }
const generous = { burst: 1_000, perSecond: 1_000 }

async function desk(accounts: readonly { readonly email: string }[] = [ACCOUNT]): Promise<SignInDesk> {
  const passwordHash = await hashPassword('een lang wachtwoord')
  return new SignInDesk({
    accounts: {
      byEmail: async (email) => (accounts.some((account) => account.email === email) ? { ...ACCOUNT, passwordHash } : undefined),
    },
    secrets: new Secrets(Buffer.alloc(32, 7)),
    limits: { signInOfAccount: generous, signInFromAddress: generous },
    now: () => 0,
  })
}

describe('a sign-in', () => {
  test.each([
    ['with the right password', 'amina@example.be', 'een lang wachtwoord', { account: 'account-1' }],
    ['with the address in capitals and blanks around it', ' Amina@Example.BE ', 'een lang wachtwoord', { account: 'account-1' }],
    ['with a wrong password', 'amina@example.be', 'een lang wachtwoor', 'wrong'],
    ['with the password and something behind it', 'amina@example.be', `een lang wachtwoord${' '.repeat(200)}`, 'wrong'],
    ['with nothing', 'amina@example.be', '', 'wrong'],
    ['of nobody', 'onbekend@example.be', 'een lang wachtwoord', 'wrong'],
  ])('%s ends as it should', async (_what, email, password, end) => {
    expect(await (await desk()).attempt({ email, password, address: '::1' })).toEqual(end)
  })

  test('waits its turn, and is turned away where too many wait', async () => {
    const one = await desk()
    const ends = await Promise.all(
      Array.from({ length: WAITING_MAX + 3 }, () => one.attempt({ email: ACCOUNT.email, password: 'een gok', address: '::1' })),
    )
    expect(ends).toEqual([...Array(WAITING_MAX).fill('wrong'), 'busy', 'busy', 'busy'])
    expect(await one.attempt({ email: ACCOUNT.email, password: 'een lang wachtwoord', address: '::1' })).toEqual({
      account: 'account-1',
    })
  })
})

test.each([
  ['', '', 'nl'],
  ['', 'de-DE,de;q=0.9', 'nl'],
  ['', 'de-DE,fr-BE;q=0.9,nl;q=0.8', 'fr'],
  ['en-GB fr', 'nl', 'en'],
  ['xx', 'EN', 'en'],
])('the language for ui_locales "%s" and Accept-Language "%s" is %s', (locales, accept, language) => {
  expect(languageOf(locales, accept)).toBe(language)
})
