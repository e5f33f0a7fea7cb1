import {
  BASIS_POINTS,
  formatDay,
  parseDay,
  type RefusedSettlement,
  type SettlementBasis,
  type SettlementFinding,
  type SettlementRefusalCode,
  type SettlementSpan,
} from '@zuil/core'
import type { ClosedDocument } from './closing-record.ts'

/** There is no settlement, or nothing is closed; says what to do. */
export class SettlementRefusal extends Error implements RefusedSettlement {
  override readonly name = 'SettlementRefusal'
  readonly code: SettlementRefusalCode
  readonly detail: string

  constructor(code: SettlementRefusalCode, message: string, detail = '') {
    super(message)
    this.code = code
    this.detail = detail
  }
}

export function alreadyClosed({ period, closing }: ClosedDocument): SettlementRefusal {
  const when = new Date(closing.closedAt).toISOString()
  const reason = `${period} was closed on ${when} by ${closing.closedBy}; what came since is settled with the next period`
  return new SettlementRefusal('ALREADY_CLOSED', reason)
}

export function notAccepted(findings: readonly SettlementFinding[]): SettlementRefusal {
  const named = findings.slice(0, NAMED_MAX).map(({ code, subject, detail }) => [code, subject, detail].filter(Boolean).join(' '))
  const more = findings.length > NAMED_MAX ? ` and ${findings.length - NAMED_MAX} more` : ''
  return new SettlementRefusal('FINDINGS', `Look at these and accept them to close: ${named.join('; ')}${more}`)
}

/** Findings of one message. */
const NAMED_MAX = 10

export function noTerms(
  { problem, day }: { readonly problem: 'NONE_YET' | 'CHANGES'; readonly day: string },
  region: string,
  { period }: SettlementSpan,
): SettlementRefusal {
  if (problem === 'CHANGES') {
    const reason = `The agreement of ${region} changes on ${day}, within ${period}: settle the months before and from that day on apart`
    return new SettlementRefusal('AGREEMENT_CHANGES', reason, day)
  }
  const since = day === '' ? 'has no agreement' : `has an agreement from ${day} on only`
  const reason = `${region} ${since}: put its settlement-agreements entry with terms that hold in ${period} (docs/settlement.md)`
  return new SettlementRefusal('NO_AGREEMENT', reason, day)
}

/** What is divided by inhabitants needs some. */
export function requireMembers(basis: SettlementBasis, region: string): SettlementBasis {
  if (basis.terms.useBasisPoints === BASIS_POINTS || basis.members.some(({ inhabitants }) => inhabitants > 0)) return basis
  const reason = `${region} has no municipalities whose inhabitants are known: put its cities and these municipalities`
  throw new SettlementRefusal('NO_MEMBERS', reason)
}

/** Periods of a region follow each other without a gap, so that no ticket lies between them and none in two. */
export function requireNext({ period, firstDay }: SettlementSpan, last: SettlementSpan | undefined): void {
  if (!last) return
  const next = formatDay((parseDay(last.lastDay) ?? 0) + 1)
  if (firstDay === next) return
  const reason = `${last.period} was closed last, so the next period begins on ${next}; ${period} begins on ${firstDay}`
  throw new SettlementRefusal('NOT_NEXT', reason, next)
}
