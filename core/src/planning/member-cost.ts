import { BASIS_POINTS, shareCosts } from '../cost-sharing.ts'

/** How far use may turn out from what was expected, either way. Judgement: a first year is no other region's year. */
export const USE_UNCERTAINTY = 0.25

/** What is expected of a municipality that joins. */
export interface ExpectedMember {
  readonly inhabitants: number
  /** Inhabitants with increased reimbursement of health care, whom the social tariff is for. */
  readonly increasedReimbursement: number
  /** Part of the inhabitants that will have a pass. */
  readonly reach: number
  /** Passholders with the social tariff, per person with increased reimbursement; may be above 1. */
  readonly coverage: number
  /** Tickets at the social tariff that such a passholder buys in a year. */
  readonly ticketsPerHolder: number
  /** Mean regular price of those tickets. */
  readonly regularPriceCents: number
  /** Key of the region, in basis points of the regular price; the rest is the organizer's. */
  readonly participant: number
  readonly localGovernment: number
}

export interface MemberCost {
  readonly holders: number
  readonly targetHolders: number
  readonly tickets: number
  /** Cents a year, by payer; they add up to the regular price of all tickets. */
  readonly participantCents: number
  readonly localGovernmentCents: number
  readonly organizerCents: number
  /** Of the municipality, with {@link USE_UNCERTAINTY} less and more use. */
  readonly lowCents: number
  readonly highCents: number
}

/** What the social tariff costs in a year, by the key of the region, with every ticket shared as at its sale. */
export function memberCost(expected: ExpectedMember): MemberCost {
  const { inhabitants, increasedReimbursement, reach, coverage, ticketsPerHolder, regularPriceCents } = expected
  const targetHolders = Math.round(increasedReimbursement * coverage)
  const tickets = Math.round(targetHolders * ticketsPerHolder)
  const { participant, localGovernment, organizer } = shareCosts(regularPriceCents, {
    participant: { type: 'SHARE', basisPoints: expected.participant },
    localGovernment: { type: 'SHARE', basisPoints: expected.localGovernment },
    flemishGovernment: { type: 'FIXED', cents: 0 },
    organizer: { type: 'REMAINDER_SHARE', basisPoints: BASIS_POINTS },
  })
  const localGovernmentCents = tickets * localGovernment
  return {
    targetHolders,
    tickets,
    localGovernmentCents,
    // nobody has the social tariff without a pass
    holders: Math.max(targetHolders, Math.round(inhabitants * reach)),
    participantCents: tickets * participant,
    organizerCents: tickets * organizer,
    lowCents: Math.round(localGovernmentCents * (1 - USE_UNCERTAINTY)),
    highCents: Math.round(localGovernmentCents * (1 + USE_UNCERTAINTY)),
  }
}
