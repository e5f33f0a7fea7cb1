import { formatInstant, type Holder, type Membership } from '@zuil/core'
import type { PassholderBody } from '@zuil/core/contracts/http-passholder'
import type { RegisteredIdentity, Registry } from '../registry/registry.ts'
import { cardSystemBody } from './card-system-view.ts'

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

function membershipBody(
  membership: Membership,
  identity: RegisteredIdentity,
  registry: PassholderView['registry'],
): MembershipBody {
  const cards = identity.cards
    .filter((card) => card.cardSystem === membership.cardSystem)
    .map((card) => ({ ...card, status: registry.byUitpasNumber(card.uitpasNumber)?.card.status ?? 'DELETED' }))
  const current = cards.find((card) => card.status === 'ACTIVE') ?? cards.at(-1)
  return {
    cardSystem: cardSystemBody(registry, membership.cardSystem),
    ...(current?.status === 'ACTIVE' && { uitpasNumber: current.uitpasNumber }),
    ...(current && { currentCard: { uitpasNumber: current.uitpasNumber, cardType: current.cardType, status: current.status } }),
    status: membership.status,
    ...socialTariffOf(membership),
  }
}

function socialTariffOf({ socialTariff, socialTariffEndsAt }: Membership): Pick<MembershipBody, 'socialTariff'> {
  if (socialTariff === 'NONE' || socialTariffEndsAt === undefined) return {}
  return {
    socialTariff: {
      status: socialTariff === 'GRACE' ? 'ACTIVE' : socialTariff,
      endDate: formatInstant(socialTariffEndsAt),
      inGracePeriod: socialTariff === 'GRACE',
      expired: socialTariff === 'EXPIRED',
    },
  }
}
