import { BASIS_POINTS, type CostParts } from '../cost-sharing.ts'
import type { OrganizersPaidBy, SettlementBasis } from './agreement.ts'
import type { Settlement } from './settlement.ts'
import type { SettlementSpan } from './settlement-ticket.ts'

/** A settlement with all that a statement says of it, names included: what was closed reads the same for ever. */
export interface SettlementDocument extends SettlementSpan, Settlement {
  readonly cardSystem: number
  /** Name of the card system. */
  readonly region: string
  /** By NIS code. */
  readonly municipalities: Readonly<Record<string, string>>
  /** By canonical id. */
  readonly organizers: Readonly<Record<string, string>>
  /** Absent: the period is open, and what is here may change. */
  readonly closing?: {
    /** 1 for the first of a card system. */
    readonly number: number
    /** Epoch ms. */
    readonly closedAt: number
    /** Id of the account. */
    readonly closedBy: string
  }
  /** Of a closing: SHA-256 of its file in the record. Each file names that of the closing before. */
  readonly record?: { readonly sha256: string }
  /** Present: nothing that happened, but what these would have made of the tickets that were sold in the period. */
  readonly whatIf?: WhatIf
}

/** Other percentages than those that were agreed; what is absent is as it was. */
export interface WhatIf {
  /** How every ticket would have been shared. */
  readonly parts?: CostParts
  /** Part that would have been borne by use, in basis points. */
  readonly useBasisPoints?: number
  readonly organizersPaidBy?: OrganizersPaidBy
}

/** Parts in basis points of the price; the organizer bears the rest. Undefined when they are more than the price. */
export function priceShares({ participant, localGovernment, flemishGovernment }: PriceShares): CostParts | undefined {
  const share = (basisPoints: number) => ({ type: 'SHARE', basisPoints }) as const
  const rest = BASIS_POINTS - participant - localGovernment - flemishGovernment
  if (rest < 0) return undefined
  return {
    participant: share(participant),
    localGovernment: share(localGovernment),
    flemishGovernment: share(flemishGovernment),
    organizer: share(rest),
  }
}

interface PriceShares {
  readonly participant: number
  readonly localGovernment: number
  readonly flemishGovernment: number
}

export function whatIfBasis({ terms, members }: SettlementBasis, { useBasisPoints, organizersPaidBy }: WhatIf): SettlementBasis {
  return {
    members,
    terms: {
      ...terms,
      ...(useBasisPoints !== undefined && { basis: 'MIXED', useBasisPoints }),
      ...(organizersPaidBy !== undefined && { organizersPaidBy }),
    },
  }
}
