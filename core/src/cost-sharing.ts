/** What one payer pays of a ticket. Amounts in cents; shares in basis points, 100 of them are one per cent. */
export type CostPart =
  | { readonly type: 'FIXED'; readonly cents: number }
  /** Of the regular price. */
  | { readonly type: 'SHARE'; readonly basisPoints: number }
  /** Of what fixed amounts and shares of the price leave. */
  | { readonly type: 'REMAINDER_SHARE'; readonly basisPoints: number }

/** The parts of the four payers. What nobody pays is the organizer's, so that a ticket is always paid for. */
export interface CostParts {
  readonly participant: CostPart
  readonly organizer: CostPart
  /** The municipality where the holder lives. */
  readonly localGovernment: CostPart
  readonly flemishGovernment: CostPart
}

/** Cents that each payer pays; they add up to the regular price. */
export interface CostShares {
  readonly participant: number
  readonly organizer: number
  readonly localGovernment: number
  readonly flemishGovernment: number
}

export const BASIS_POINTS = 10_000

/**
 * Shares a price of whole cents. Each part is rounded to the cent, halves up, and capped at what is left of the price:
 *
 * 1. fixed amounts and shares of the price: participant, local government, Flemish government, then the organizer;
 * 2. shares of the remainder that these leave: participant, local government, Flemish government;
 * 3. the organizer pays all that is left, whatever its part says.
 */
export function shareCosts(price: number, parts: CostParts): CostShares {
  const { participant, localGovernment, flemishGovernment } = parts
  const payers = [participant, localGovernment, flemishGovernment, parts.organizer]
  let left = price
  const paid = payers.map((part) => {
    const cents = Math.min(left, directCents(price, part))
    left -= cents
    return cents
  })
  const remainder = left
  for (const [index, part] of [participant, localGovernment, flemishGovernment].entries()) {
    if (part.type !== 'REMAINDER_SHARE') continue
    const cents = Math.min(left, shareOf(remainder, part.basisPoints))
    paid[index] = cents
    left -= cents
  }
  const [ofParticipant = 0, ofLocalGovernment = 0, ofFlemishGovernment = 0, ofOrganizer = 0] = paid
  return {
    participant: ofParticipant,
    organizer: ofOrganizer + left,
    localGovernment: ofLocalGovernment,
    flemishGovernment: ofFlemishGovernment,
  }
}

function directCents(price: number, part: CostPart): number {
  switch (part.type) {
    case 'FIXED':
      return part.cents
    case 'SHARE':
      return shareOf(price, part.basisPoints)
    case 'REMAINDER_SHARE':
      return 0
  }
}

/** Halves up, in integers: both factors are small enough for exact products. */
function shareOf(cents: number, basisPoints: number): number {
  return Math.floor((cents * basisPoints + BASIS_POINTS / 2) / BASIS_POINTS)
}
