import { type ApiClient, type Holder, type Permission, type Problem, problem } from '@zuil/core'
import { hasPermission } from '../access.ts'
import type { TokenPrincipal } from '../principal.ts'
import type { AccountBook } from '../registry/account-book.ts'
import type { RegisteredIdentity, Registry } from '../registry/registry.ts'
import type { Person } from '../tokens/token-verifier.ts'

/** In an address: the passholder of the person who signed in. */
export const ME = 'me'

export type FoundPassholder =
  | { readonly kind: 'found'; readonly holder: Holder }
  /** There is no such passholder; a person learns that only of the own one. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'forbidden'; readonly problem: Problem }

export interface PassholderAccessOptions {
  readonly registry: Pick<
    Registry,
    'holder' | 'holderNumberOf' | 'identity' | 'identityByInsz' | 'byUitpasNumber' | 'isPassNumber'
  >
  readonly accounts: Pick<AccountBook, 'byId'>
}

/**
 * Whom a token reaches. The token of a client: every passholder, as far as the permission goes. The token of a person: the
 * own passholder and those in the own family, when the client that it was made for has the permission.
 */
export class PassholderAccess {
  readonly #options: PassholderAccessOptions

  constructor(options: PassholderAccessOptions) {
    this.#options = options
  }

  /** @param passholderId an official id, or {@link ME} @throws {LedgerError} @throws {SecretError} */
  async find(principal: TokenPrincipal, passholderId: string, permissions: readonly Permission[]): Promise<FoundPassholder> {
    if (!hasOneOf(principal.client, permissions)) {
      return forbidden(`${permissions.join(' or ')} is missing for the passholder`)
    }
    if (principal.kind === 'client') {
      if (passholderId === ME) return forbidden('me needs the access token of a person')
      return this.#found(await this.#options.registry.holderNumberOf(passholderId))
    }
    if (passholderId === ME) return this.#found(await this.numberOf(principal.person))
    const number = await this.#options.registry.holderNumberOf(passholderId)
    const isReached = number !== undefined && (await this.reaches(principal, number))
    return isReached ? this.#found(number) : forbidden(NOT_REACHED)
  }

  /** Whether the token reaches a holder that was found in another way, e.g. by a UiTPAS number. */
  async reaches(principal: TokenPrincipal, holder: number): Promise<boolean> {
    if (principal.kind === 'client') return true
    const own = await this.numberOf(principal.person)
    if (own === undefined || own === holder) return own !== undefined
    return (await this.#options.registry.identity(own))?.family?.some((member) => this.memberNumber(member) === holder) ?? false
  }

  /**
   * Why the token does not reach whoever has a pass; undefined when it does. For a person a number that nobody has is as
   * forbidden as that of somebody else; one that is none is left to the call.
   */
  async refusalOfPass(principal: TokenPrincipal, uitpasNumber: string): Promise<Problem | undefined> {
    if (principal.kind === 'client' || !this.#options.registry.isPassNumber(uitpasNumber)) return undefined
    const holder = this.#options.registry.byUitpasNumber(uitpasNumber)?.holder
    const isReached = holder !== undefined && (await this.reaches(principal, holder.number))
    return isReached ? undefined : problem('auth/forbidden', { detail: NOT_REACHED })
  }

  /** Dense number of a member of a family; undefined while nobody has the card. */
  memberNumber({ uitpasNumber }: NonNullable<RegisteredIdentity['family']>[number]): number | undefined {
    return this.#options.registry.byUitpasNumber(uitpasNumber)?.holder?.number
  }

  /**
   * Dense number of the passholder whom somebody who signed in is linked to. As in the official API, the INSZ number of who
   * signed in with eID or itsme counts first.
   */
  async numberOf({ inszNumber, names }: Person): Promise<number | undefined> {
    const { registry, accounts } = this.#options
    if (inszNumber !== '') {
      const identity = await registry.identityByInsz(inszNumber)
      if (identity) return identity.holder
    }
    for (const name of names) {
      const passholder = (await accounts.byId(name))?.passholder ?? ''
      const number = passholder === '' ? undefined : await registry.holderNumberOf(passholder)
      if (number !== undefined) return number
    }
    return undefined
  }

  #found(number: number | undefined): FoundPassholder {
    const holder = number === undefined ? undefined : this.#options.registry.holder(number)
    return holder ? { kind: 'found', holder } : { kind: 'unknown' }
  }
}

/** The same for a passholder that is not there: who may not ask does not learn it. */
export const NOT_REACHED = 'The passholder is neither that of the token nor in its family'

function forbidden(detail: string): FoundPassholder {
  return { kind: 'forbidden', problem: problem('auth/forbidden', { detail }) }
}

function hasOneOf(client: ApiClient, permissions: readonly Permission[]): boolean {
  return permissions.some((permission) => hasPermission(client, permission))
}
