import Type, { type Static } from 'typebox'
import { BASIS_POINTS } from '../cost-sharing.ts'
import {
  type AgreementTerms,
  basisPointsOfUse,
  ORGANIZERS_PAID_BY,
  type SettlementAgreement,
  SOLIDARITY_BASES,
} from '../settlement/agreement.ts'
import { CardSystemRef, type Faults, parserOf } from './shape.ts'

/** A change a year for a lifetime. */
const TERMS_MAX = 100

const Terms = Type.Object({
  /** First day of a month: periods of settlement are whole months, and each has one agreement. */
  from: Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-01$' }),
  organizersPaidBy: Type.Enum([...ORGANIZERS_PAID_BY]),
  basis: Type.Enum([...SOLIDARITY_BASES]),
  usePercentage: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
})

/** Ours: no official shape exists. */
const Shape = Type.Object({
  cardSystem: CardSystemRef,
  terms: Type.Array(Terms, { minItems: 1, maxItems: TERMS_MAX }),
})

export const parseSettlementAgreement = parserOf(Shape, (document, faults, _context: unknown): SettlementAgreement => {
  const terms = document.terms.map((each, index) => termsFrom(each, `/terms/${index}`, faults))
  for (const [index, { from }] of terms.entries()) {
    const before = terms[index - 1]
    if (before && before.from >= from) faults.add(`/terms/${index}/from`, 'Terms stand in the order of their first days.')
  }
  return { cardSystem: document.cardSystem.id, terms }
})

function termsFrom(
  { from, organizersPaidBy, basis, usePercentage }: Static<typeof Terms>,
  at: string,
  faults: Faults,
): AgreementTerms {
  if ((basis === 'MIXED') !== (usePercentage !== undefined)) {
    faults.add(`${at}/usePercentage`, 'A mixed basis says which percentage is by use; no other does.')
  }
  const points = Math.round(((usePercentage ?? 0) * BASIS_POINTS) / 100)
  return { from, organizersPaidBy, basis, useBasisPoints: basisPointsOfUse(basis, points) }
}
