import type { Roles } from '@zuil/core/contracts/roles'

/** An account of the registry, as far as its roles go. */
export interface RoleHolder {
  readonly id: string
  /** Lower case; empty: nobody signs in with it at the built-in issuer. */
  readonly email: string
  readonly roles: Roles
}

/** Where roles of accounts are read and changed; the composition root has the registry. All throw a CredentialsUnavailableError. */
export interface AccountSource {
  /** By what people sign in with, or by its id. */
  readonly named: (name: string) => Promise<RoleHolder | undefined>
  /** Those that have a role, in no order. */
  readonly withRoles: () => Promise<readonly RoleHolder[]>
  /** `changed` may be asked more than once. False: there is no such account. */
  readonly change: (id: string, changed: (roles: Roles) => Roles) => Promise<boolean>
}
