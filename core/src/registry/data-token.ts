import Type from 'typebox'
import { type Roles, RolesShape } from '../contracts/roles.ts'
import { ACCOUNT_ID_LENGTH_MAX } from './account.ts'
import { Day, parserOf, Text } from './shape.ts'

/** Characters of a token's id and of its secret: 20 random bytes are 32 letters and digits of base 32. */
const ID = '^[a-z0-9]{12}$'
const SECRET = '^[a-z0-9]{32}$'

/** A token with which Power BI, Excel or R reads figures on behalf of an account. */
const Shape = Type.Object({
  id: Type.String({ pattern: ID }),
  account: Type.Object({ id: Type.String({ minLength: 1, maxLength: ACCOUNT_ID_LENGTH_MAX, pattern: '^[\\x21-\\x7e]+$' }) }),
  name: Text,
  secret: Type.Optional(Type.String({ pattern: SECRET })),
  roles: Type.Optional(RolesShape),
  expiresOn: Type.Optional(Day),
})

export interface DataTokenEntry {
  readonly id: string
  /** Id of the account whose figures it reads: as long as that account may, and never more than it. */
  readonly account: string
  /** What it is for, in the words of who asked for it. */
  readonly name: string
  /** To be kept as a keyed hash only; empty: the token is revoked. */
  readonly secret: string
  /** What it reads of what the account reads; undefined: all of it. */
  readonly roles: Roles | undefined
  /** Last day in Brussels, `yyyy-mm-dd`; empty: until it is revoked. */
  readonly expiresOn: string
}

export const parseDataToken = parserOf(Shape, (document, _faults, _context: unknown): DataTokenEntry => {
  const { id, account, name, secret = '', roles, expiresOn = '' } = document
  return { id, account: account.id, name, secret, roles, expiresOn }
})

/** A whole token, as programs send it. */
const TOKEN = /^zuil_([a-z0-9]{12})_([a-z0-9]{32})$/

export function dataTokenText({ id, secret }: { readonly id: string; readonly secret: string }): string {
  return `zuil_${id}_${secret}`
}

/** The parts of a token; undefined when the text is none. */
export function parseDataTokenText(text: string): { readonly id: string; readonly secret: string } | undefined {
  const [, id, secret] = TOKEN.exec(text) ?? []
  return id === undefined || secret === undefined ? undefined : { id, secret }
}
