import type { Roles } from '@zuil/core/contracts/roles'

/**
 * The card systems whose exact settlements somebody may read: those of the role `settlement`, and of no other role, whatever else it reads. As
 * with `Scope`, only the authentication makes one.
 */
export class SettlementScope {
  readonly #cardSystems: ReadonlySet<number>

  private constructor(cardSystems: readonly number[]) {
    this.#cardSystems = new Set(cardSystems)
  }

  static of(roles: Roles): SettlementScope {
    return new SettlementScope(cardSystemsOf(roles))
  }

  /** What these roles settle of what this scope settles. */
  narrowed(roles: Roles): SettlementScope {
    return new SettlementScope(cardSystemsOf(roles).filter((cardSystem) => this.#cardSystems.has(cardSystem)))
  }

  mayRead(cardSystem: number): boolean {
    return this.#cardSystems.has(cardSystem)
  }

  /** Ascending. */
  get cardSystems(): readonly number[] {
    return [...this.#cardSystems].sort((a, b) => a - b)
  }
}

function cardSystemsOf(roles: Roles): readonly number[] {
  return roles.flatMap((role) => (role.role === 'settlement' ? [role.cardSystem] : []))
}
