import { formatInstant, type Holder } from '@zuil/core'
import { type GrouppassBody, type PassholderDetailsBody, UITID_STATUSES } from '@zuil/core/contracts/http-holder'
import { cardSystemBody } from '../checkins/card-system-view.ts'
import { organizerBody } from '../checkins/kiosk-view.ts'
import { type PassholderView, passholderBody } from '../checkins/passholder-view.ts'
import type { RegisteredIdentity, Registry } from '../registry/registry.ts'

export interface HolderDetailsView extends PassholderView {
  readonly registry: PassholderView['registry'] & Pick<Registry, 'organizer'>
}

/** A passholder with all that the registry was given; `points` is the balance at the time. */
export function passholderDetailsBody(
  holder: Holder,
  identity: RegisteredIdentity,
  view: HolderDetailsView,
): PassholderDetailsBody {
  const given = membersOf(identity.data)
  const { inszNumber, gender, street, postalCode, city } = identity
  const organizer = membersOf(given.registrationOrganizer).id
  const uitidStatus = UITID_STATUSES.find((status) => status === given.uitidStatus)
  return {
    ...passholderBody(holder, identity, view),
    ...(inszNumber !== '' && { inszNumber }),
    ...textsOf(given, ['email', 'creationDate', 'phoneNumber', 'nationality']),
    ...(uitidStatus && { uitidStatus }),
    ...(gender !== '' && { gender }),
    ...(typeof organizer === 'string' && { registrationOrganizer: organizerBody(organizer, view.registry.organizer(organizer)) }),
    address: { ...(street !== '' && { street }), postalCode, city },
    city,
  }
}

export interface GrouppassView {
  readonly registry: PassholderView['registry']
  /** Tickets at the social tariff that the group bought this year. */
  readonly ticketsTaken: number
}

/** A group pass, with the status of its card as it is now. */
export function grouppassBody(
  holder: Holder,
  identity: RegisteredIdentity,
  { registry, ticketsTaken }: GrouppassView,
): GrouppassBody | undefined {
  const { id, name, street, postalCode, city, uitpasNumber } = identity
  const [membership] = holder.memberships
  const card = registry.byUitpasNumber(uitpasNumber)?.card
  if (!membership || !card) return undefined
  const { socialTariff, socialTariffEndsAt } = membership
  const { ticketsPerYear } = holder
  const isActive = socialTariff === 'ACTIVE' || socialTariff === 'GRACE'
  return {
    id,
    uitpasNumber,
    ...(name !== '' && { name }),
    cardStatus: card.status,
    ...textsOf(membersOf(identity.data), ['email', 'creationDate', 'telephone']),
    ...(socialTariff !== 'NONE' && {
      socialTariff: {
        status: isActive ? ('ACTIVE' as const) : ('EXPIRED' as const),
        ...(socialTariffEndsAt !== undefined && { endDate: formatInstant(socialTariffEndsAt) }),
        ...(ticketsPerYear !== undefined && {
          totalTicketsPerYear: ticketsPerYear,
          availableTickets: Math.max(0, ticketsPerYear - ticketsTaken),
        }),
      },
    }),
    cardSystem: cardSystemBody(registry, membership.cardSystem),
    ...(postalCode !== '' && { address: { ...(street !== '' && { street }), postalCode, city } }),
  }
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** The members of these names that are texts: what came with the body and no decision needs. */
function textsOf<Name extends string>(given: Readonly<Record<string, unknown>>, names: readonly Name[]) {
  const texts: { [N in Name]?: string } = {}
  for (const name of names) {
    const text = given[name]
    if (typeof text === 'string') texts[name] = text
  }
  return texts
}
