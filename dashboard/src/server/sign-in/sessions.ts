import { type Roles, rolesOfClaim } from '@zuil/core/contracts/roles'
import { cookieIn, SealedText, setCookie } from './cookies.ts'

/** A working day: then somebody signs in again, whatever the browser keeps. */
export const SESSION_AGE_MAX_MS = 8 * 60 * 60 * 1000

const PURPOSE = 'session'

/** Somebody who signed in at the pages. */
export interface Session {
  /** What the issuer calls them; the first that the registry knows is the account. */
  readonly names: readonly string[]
  /** What the issuer said that they read; absent: the registry says it, each time anew. */
  readonly roles?: Roles
  /** Epoch ms. */
  readonly signedInAt: number
}

export interface SessionsOptions {
  /** 32 bytes. */
  readonly key: Buffer
  /** Whether the pages are reached over https. */
  readonly secure: boolean
  /** Epoch ms. */
  readonly clock: () => number
}

/** Sessions in a sealed cookie: nothing of them is kept here, and nobody else can make or read one. */
export class Sessions {
  readonly #sealed: SealedText
  readonly #clock: () => number
  readonly #secure: boolean
  readonly #name: string

  constructor({ key, secure, clock }: SessionsOptions) {
    this.#sealed = new SealedText(key)
    this.#clock = clock
    this.#secure = secure
    this.#name = secure ? '__Host-zuil-session' : 'zuil-session'
  }

  /** The session of a request with this `Cookie` header; undefined when there is none, or it is too old. */
  of(cookies: string | undefined): Session | undefined {
    const text = cookieIn(cookies, this.#name)
    const value = text === undefined ? undefined : this.#sealed.open(text, PURPOSE)
    const session = isSession(value) ? value : undefined
    return session && this.#clock() - session.signedInAt < SESSION_AGE_MAX_MS ? session : undefined
  }

  /** The `Set-Cookie` header of a new session; it ends with the browser, and after {@link SESSION_AGE_MAX_MS}. */
  begin(session: Omit<Session, 'signedInAt'>): string {
    const value = this.#sealed.seal({ ...session, signedInAt: this.#clock() }, PURPOSE)
    return setCookie(this.#name, value, { path: '/', secure: this.#secure })
  }

  /** The `Set-Cookie` header that ends a session. */
  end(): string {
    return setCookie(this.#name, '', { path: '/', secure: this.#secure, maxAge: 0 })
  }
}

/** Only we seal, but an older version of us may have sealed something else. */
function isSession(value: unknown): value is Session {
  if (typeof value !== 'object' || value === null) return false
  const { names, roles, signedInAt }: Partial<Record<keyof Session, unknown>> = value
  return (
    Array.isArray(names) &&
    names.every((name) => typeof name === 'string') &&
    typeof signedInAt === 'number' &&
    (roles === undefined || (Array.isArray(roles) && rolesOfClaim(roles).length === roles.length))
  )
}
