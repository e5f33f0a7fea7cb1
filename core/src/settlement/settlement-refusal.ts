/**
 * Why a period is not settled or not closed. UNKNOWN_REGION, NO_MEMBERS: the registry. UNKNOWN_PERIOD, NOT_AN_OFFICER: who asks. NO_AGREEMENT,
 * AGREEMENT_CHANGES: the agreement of the region. NOT_OVER, NOT_LOADED: wait. NOT_NEXT, ALREADY_CLOSED: the order of periods. UNKNOWN_KEY,
 * TICKETS_MISSING: nothing would add up. FINDINGS: somebody has to accept what was found. CHANGED: it is no longer what was looked at.
 */
export const SETTLEMENT_REFUSALS = [
  'UNKNOWN_REGION',
  'UNKNOWN_PERIOD',
  'NOT_AN_OFFICER',
  'NO_MEMBERS',
  'NO_AGREEMENT',
  'AGREEMENT_CHANGES',
  'NOT_OVER',
  'NOT_LOADED',
  'NOT_NEXT',
  'ALREADY_CLOSED',
  'UNKNOWN_KEY',
  'TICKETS_MISSING',
  'FINDINGS',
  'CHANGED',
] as const
export type SettlementRefusalCode = (typeof SETTLEMENT_REFUSALS)[number]

/** A settlement that there is not, and why. */
export interface RefusedSettlement {
  readonly code: SettlementRefusalCode
  /** What happened and what to do, in English. */
  readonly message: string
  /** What it is about, for who says it in other words: a day, keys, a number; may be empty. */
  readonly detail: string
}
