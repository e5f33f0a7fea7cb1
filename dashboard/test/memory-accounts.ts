import type { Roles } from '@zuil/core/contracts/roles'
import type { AccountSource, RoleHolder } from '../src/server/accounts/account-source.ts'
import { CredentialsUnavailableError } from '../src/server/scope/authentication.ts'

/** Accounts of a registry that may be away. */
export class MemoryAccounts implements AccountSource {
  readonly #holders: Map<string, RoleHolder>
  isAway = false

  constructor(holders: readonly RoleHolder[]) {
    this.#holders = new Map(holders.map((holder) => [holder.id, holder]))
  }

  named = async (name: string): Promise<RoleHolder | undefined> => {
    return this.#present().find(({ id, email }) => name === id || name.toLowerCase() === email)
  }

  withRoles = async (): Promise<readonly RoleHolder[]> => this.#present().filter(({ roles }) => roles.length > 0)

  change = async (id: string, changed: (roles: Roles) => Roles): Promise<boolean> => {
    const holder = this.#present().find((each) => each.id === id)
    if (holder) this.#holders.set(id, { ...holder, roles: changed(holder.roles) })
    return holder !== undefined
  }

  #present(): readonly RoleHolder[] {
    if (this.isAway) throw new CredentialsUnavailableError('The registry does not answer')
    return [...this.#holders.values()]
  }
}
