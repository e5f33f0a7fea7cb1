import Type from 'typebox'
import { type Roles, RolesShape } from '../contracts/roles.ts'
import { EntityRef, parserOf } from './shape.ts'

/** Ids of persons at an issuer: a UiTiD is a UUID, an older one `auth0|` and a UUID. */
export const ACCOUNT_ID_LENGTH_MAX = 200
/** RFC 5321: longest address that mail takes. */
const EMAIL_LENGTH_MAX = 254
/** Longer ones only cost time to hash. */
export const PASSWORD_LENGTH_MAX = 200
/** NIST SP 800-63B. */
const PASSWORD_LENGTH_MIN = 8

/** What somebody signs in with, and the passholder behind it. */
const Shape = Type.Object({
  id: Type.String({ minLength: 1, maxLength: ACCOUNT_ID_LENGTH_MAX, pattern: '^[\\x21-\\x7e]+$' }),
  passholder: Type.Optional(EntityRef),
  email: Type.Optional(Type.String({ maxLength: EMAIL_LENGTH_MAX, pattern: '^[^\\s@]+@[^\\s@]+$' })),
  password: Type.Optional(Type.String({ minLength: PASSWORD_LENGTH_MIN, maxLength: PASSWORD_LENGTH_MAX })),
  roles: Type.Optional(RolesShape),
})

export interface AccountEntry {
  /** Subject at the issuer: `sub`, or another claim that the installation chose. */
  readonly id: string
  /** Id of the passholder; empty: the account leads to nobody. */
  readonly passholder: string
  /** Lower case; empty: nobody signs in with it at the built-in issuer. */
  readonly email: string
  /** To be kept as a hash only; empty: nobody signs in with it at the built-in issuer. */
  readonly password: string
  /** What it may read of the figures. */
  readonly roles: Roles
}

export const parseAccount = parserOf(Shape, (document, faults, _context: unknown): AccountEntry => {
  const { id, passholder, email = '', password = '', roles = [] } = document
  if ((email === '') !== (password === '')) faults.add('/', 'An e-mail address and a password come together, or not at all.')
  return { id, passholder: passholder?.id ?? '', email: signInName(email), password, roles }
})

/** As addresses are compared: what people type differs in case and in blanks around it. */
export function signInName(email: string): string {
  return email.trim().toLowerCase()
}
