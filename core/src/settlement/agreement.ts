import { BASIS_POINTS } from '../cost-sharing.ts'

/** Who pays the organizers' expense notes first: where the holder lives, or where the organizer is. */
export const ORGANIZERS_PAID_BY = ['HOME', 'HOST'] as const
export type OrganizersPaidBy = (typeof ORGANIZERS_PAID_BY)[number]

/**
 * What municipalities bear in the end. USE: what the tickets of their own residents cost. INHABITANTS: their part, by inhabitants, of what
 * all of them cost. MIXED: a percentage by use, the rest by inhabitants.
 */
export const SOLIDARITY_BASES = ['USE', 'INHABITANTS', 'MIXED'] as const
export type SolidarityBasis = (typeof SOLIDARITY_BASES)[number]

/** What a region agreed, from a day on. */
export interface AgreementTerms {
  /** First day, `yyyy-mm-01`: terms hold for whole months. */
  readonly from: string
  readonly organizersPaidBy: OrganizersPaidBy
  readonly basis: SolidarityBasis
  /** Part that is borne by use, in basis points: 10,000 for USE, 0 for INHABITANTS. */
  readonly useBasisPoints: number
}

/** How the municipalities of a card system settle among each other. */
export interface SettlementAgreement {
  readonly cardSystem: number
  /** By their first day, ascending; each holds until the next. At least one. */
  readonly terms: readonly AgreementTerms[]
}

/** The terms of a span of days (`yyyy-mm-dd`), or why there are none. */
export function termsOf(
  { terms }: Pick<SettlementAgreement, 'terms'>,
  { firstDay, lastDay }: { readonly firstDay: string; readonly lastDay: string },
): { readonly terms: AgreementTerms } | { readonly problem: 'NONE_YET' | 'CHANGES'; readonly day: string } {
  const change = terms.find(({ from }) => from > firstDay && from <= lastDay)
  const held = terms.findLast(({ from }) => from <= firstDay)
  if (!held) return { problem: 'NONE_YET', day: terms[0]?.from ?? '' }
  return change ? { problem: 'CHANGES', day: change.from } : { terms: held }
}

/** A municipality that takes part in the redistribution. */
export interface SettlementMember {
  readonly nis: number
  readonly inhabitants: number
}

/** All that the redistribution of a period rests on, as it was when the period was closed. */
export interface SettlementBasis {
  readonly terms: AgreementTerms
  /** Ascending by NIS code. */
  readonly members: readonly SettlementMember[]
}

export function basisPointsOfUse(basis: SolidarityBasis, useBasisPoints: number): number {
  switch (basis) {
    case 'USE':
      return BASIS_POINTS
    case 'INHABITANTS':
      return 0
    case 'MIXED':
      return useBasisPoints
  }
}
