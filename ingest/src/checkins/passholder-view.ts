import { formatInstant, type Holder, type Membership, parseInstant } from '@zuil/core'
import { MEMBER_CARD_STATUSES, type PassholderBody } from '@zuil/core/contracts/http-passholder'
import Type from 'typebox'
import { Compile } from 'typebox/compile'
import type { RegisteredIdentity, Registry } from '../registry/registry.ts'
import { cardSystemBody } from './card-system-view.ts'

const isGivenPassholder = Compile(
  Type.Object({
    cardSystemMemberships: Type.Array(
      Type.Object({
        cardSystem: Type.Object({ id: Type.Integer() }),
        socialTariff: Type.Optional(Type.Object({ suspendedUntilDate: Type.Optional(Type.String()) })),
      }),
    ),
  }),
)

/** A passholder as a client with PASSHOLDERS_SEARCH may see it; `points` is the balance at the time. */
export function passholderBody(
  holder: Holder,
  identity: RegisteredIdentity,
  { registry, points }: PassholderView,
): PassholderBody {
  return {
    id: identity.id,
    name: identity.name,
    firstName: identity.firstName,
    ...(identity.dateOfBirth !== '' && { dateOfBirth: identity.dateOfBirth }),
    postalCode: identity.postalCode,
    address: { postalCode: identity.postalCode, city: identity.city },
    points,
    ...(identity.uitpasNumber !== '' && { uitpasNumber: identity.uitpasNumber }),
    cardSystemMemberships: holder.memberships.map((membership) => membershipBody(membership, identity, registry)),
  }
}

export interface PassholderView {
  readonly registry: Pick<Registry, 'cardSystem' | 'byUitpasNumber'>
  readonly points: number
}

type MembershipBody = PassholderBody['cardSystemMemberships'][number]

/** A membership with the card that counts in it. */
export function membershipBody(
  membership: Membership,
  identity: RegisteredIdentity,
  registry: PassholderView['registry'],
): MembershipBody {
  const cards = identity.cards.flatMap((card) => {
    if (card.cardSystem !== membership.cardSystem) return []
    const known = registry.byUitpasNumber(card.uitpasNumber)?.card.status ?? 'DELETED'
    const status = MEMBER_CARD_STATUSES.find((each) => each === known)
    return status === undefined ? [] : [{ ...card, status }]
  })
  const current = cards.find((card) => card.status === 'ACTIVE') ?? cards.at(-1)
  return {
    cardSystem: cardSystemBody(registry, membership.cardSystem),
    ...(current?.status === 'ACTIVE' && { uitpasNumber: current.uitpasNumber }),
    ...(current && { currentCard: { uitpasNumber: current.uitpasNumber, cardType: current.cardType, status: current.status } }),
    status: membership.status,
    ...socialTariffOf(membership, identity),
  }
}

function socialTariffOf(
  { cardSystem, socialTariff, socialTariffEndsAt }: Membership,
  { data }: Pick<RegisteredIdentity, 'data'>,
): Pick<MembershipBody, 'socialTariff'> {
  if (socialTariff === 'NONE' || socialTariffEndsAt === undefined) return {}
  return {
    socialTariff: {
      status: socialTariff === 'GRACE' ? 'ACTIVE' : socialTariff,
      endDate: formatInstant(socialTariffEndsAt),
      inGracePeriod: socialTariff === 'GRACE',
      ...(socialTariff === 'SUSPENDED' && suspendedUntil(data, cardSystem)),
      expired: socialTariff === 'EXPIRED',
    },
  }
}

/** Until when the right in a card system is suspended, as the registry was given it: no decision looks at it. */
function suspendedUntil(data: unknown, cardSystem: number): { readonly suspendedUntilDate?: string } {
  if (!isGivenPassholder.Check(data)) return {}
  const given = data.cardSystemMemberships.find((membership) => membership.cardSystem.id === cardSystem)
  const instant = parseInstant(given?.socialTariff?.suspendedUntilDate ?? '')
  return instant === undefined ? {} : { suspendedUntilDate: formatInstant(instant) }
}
