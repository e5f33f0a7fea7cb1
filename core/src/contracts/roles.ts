import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { CardSystemId, EntityId } from '../registry/shape.ts'

/** Claim of ID and access tokens that carries {@link Roles}. */
export const ROLES_CLAIM = 'zuil_roles'

/** Roles of one account: somebody who works for every region of the country has some sixty. */
export const ROLES_MAX = 100

/**
 * What somebody may read of the figures, and for whom. `publiq` is the operator of all, `region` coordinates a card system,
 * `settlement` sees the exact amounts of a card system, `auditor` the whole of what was published.
 */
export const RoleShape = Type.Union(
  [
    Type.Object({ role: Type.Literal('publiq') }, { additionalProperties: false }),
    Type.Object({ role: Type.Literal('region'), cardSystem: CardSystemId }, { additionalProperties: false }),
    Type.Object(
      { role: Type.Literal('municipality'), nis: Type.Integer({ minimum: 10_000, maximum: 99_999 }) },
      { additionalProperties: false },
    ),
    Type.Object({ role: Type.Literal('organizer'), organizer: EntityId }, { additionalProperties: false }),
    Type.Object({ role: Type.Literal('settlement'), cardSystem: CardSystemId }, { additionalProperties: false }),
    Type.Object({ role: Type.Literal('auditor') }, { additionalProperties: false }),
  ],
  { title: 'Role' },
)
export type Role = Static<typeof RoleShape>

/** As the operator puts them on an account. */
export const RolesShape = Type.Array(RoleShape, { maxItems: ROLES_MAX })
export type Roles = readonly Role[]

const checkRole = Compile(RoleShape)

/**
 * Roles of a claim. What is no role we know gives nothing, so that an issuer may have roles of its own; a claim that is too
 * long or no list gives none at all.
 */
export function rolesOfClaim(claim: unknown): Roles {
  if (!Array.isArray(claim) || claim.length > ROLES_MAX) return []
  return claim.filter((role): role is Role => checkRole.Check(role))
}
