import { type AgreementTerms, termsOf } from '@zuil/core'
import { parseSettlementAgreement } from '@zuil/core/registry/settlement-agreement'
import { describe, expect, test } from 'vitest'

const USE = { from: '2025-01-01', organizersPaidBy: 'HOME', basis: 'USE' } as const
const MIXED = { from: '2026-01-01', organizersPaidBy: 'HOST', basis: 'MIXED', usePercentage: 62.5 } as const
const parsed = (...terms: readonly object[]) => parseSettlementAgreement({ cardSystem: { id: 14 }, terms }, undefined)

describe('an agreement of the registry', () => {
  test('says for each term who pays first and which part is borne by use, in basis points', () => {
    expect(parsed(USE, MIXED)).toEqual({
      ok: true,
      value: {
        cardSystem: 14,
        terms: [
          { from: '2025-01-01', organizersPaidBy: 'HOME', basis: 'USE', useBasisPoints: 10_000 },
          { from: '2026-01-01', organizersPaidBy: 'HOST', basis: 'MIXED', useBasisPoints: 6_250 },
        ],
      },
    })
  })

  test.each([
    ['begins in the middle of a month', [{ ...USE, from: '2025-01-15' }], '/terms/0/from'],
    ['has its terms in no order', [MIXED, USE], '/terms/1/from'],
    ['is mixed without a percentage', [{ ...MIXED, usePercentage: undefined }], '/terms/0/usePercentage'],
    ['has a percentage and is not mixed', [{ ...USE, usePercentage: 50 }], '/terms/0/usePercentage'],
    ['has no terms', [], '/terms'],
  ])('that %s is refused', (_what, terms, jsonPointer) => {
    const clean = JSON.parse(JSON.stringify(terms)) as object[] // a list of objects, as it went in
    expect(parsed(...clean)).toMatchObject({ ok: false, errors: [{ jsonPointer }] })
  })
})

describe('the terms of a period', () => {
  const terms = (from: string): AgreementTerms => ({ from, organizersPaidBy: 'HOME', basis: 'USE', useBasisPoints: 10_000 })
  const agreement = { terms: [terms('2025-01-01'), terms('2025-05-01')] }

  test('are those that hold on all of its days', () => {
    expect(termsOf(agreement, { firstDay: '2025-01-01', lastDay: '2025-03-31' })).toEqual({ terms: terms('2025-01-01') })
    expect(termsOf(agreement, { firstDay: '2025-05-01', lastDay: '2025-05-31' })).toEqual({ terms: terms('2025-05-01') })
  })

  test('are none before the first, and none when they change on the way', () => {
    expect(termsOf(agreement, { firstDay: '2024-10-01', lastDay: '2024-12-31' })).toEqual({
      problem: 'NONE_YET',
      day: '2025-01-01',
    })
    expect(termsOf(agreement, { firstDay: '2025-04-01', lastDay: '2025-06-30' })).toEqual({
      problem: 'CHANGES',
      day: '2025-05-01',
    })
  })
})
