import type { SettlementRefusalCode } from '@zuil/core'
import type { WhatIfField } from '../../lib/settlement/settlement-view.ts'

/** Why the page shows something else than what was asked for. `NOT_CONFIRMED`: the period was not typed. */
export type SettlementFault = SettlementRefusalCode | 'NOT_CONFIRMED'

/** Words of the page "Afrekening" that its tables do not have. Numbers and times arrive formatted. */
export interface SettlementMessages {
  readonly choice: string
  readonly region: string
  readonly period: string
  readonly nextPeriods: string
  readonly closedPeriods: string
  readonly show: string
  readonly back: string
  readonly closed: (period: string) => string
  readonly faults: Readonly<Record<SettlementFault, (detail: string) => string>>
  readonly findings: {
    readonly region: (facts: { borne: string; tickets: string; one: boolean; transfers: number }) => string
    readonly nothing: string
    readonly gets: (facts: { name: string; amount: string }) => string
    readonly owes: (facts: { name: string; amount: string }) => string
    readonly even: (name: string) => string
    readonly note: (facts: { name: string; amount: string; tickets: string; one: boolean }) => string
  }
  readonly keyFigures: {
    readonly label: string
    readonly tickets: string
    readonly ticketsNote: string
    readonly local: string
    readonly localNote: (share: string) => string
    readonly moved: string
    readonly movedNote: (transfers: number) => string
    readonly corrections: string
    readonly correctionsNote: (tickets: string) => string
  }
  readonly notes: Readonly<
    Record<
      'amounts' | 'paid' | 'received' | 'due' | 'municipalities' | 'transfers' | 'organizers' | 'corrections' | 'findings',
      string
    >
  >
  readonly none: Readonly<Record<'transfers' | 'corrections' | 'findings' | 'other', string>>
  readonly whatIf: {
    readonly title: string
    readonly note: string
    readonly fields: Readonly<Record<WhatIfField, string>>
    readonly paidBy: string
    readonly asAgreed: string
    readonly home: string
    readonly host: string
    readonly show: string
    readonly wrong: string
    readonly payers: string
    readonly payersNote: string
    readonly municipalities: string
    readonly municipalitiesNote: string
    readonly payerNames: Readonly<
      Record<'participant' | 'organizerShare' | 'localGovernment' | 'flemishGovernment' | 'regularPrice', string>
    >
    readonly heads: Readonly<Record<'who' | 'agreed' | 'supposed' | 'difference' | 'agreedBalance' | 'supposedBalance', string>>
  }
  readonly closing: {
    readonly title: string
    readonly note: string
    readonly notOver: (day: string) => string
    readonly confirm: (period: string) => string
    readonly accept: (findings: number) => string
    readonly close: (period: string) => string
  }
}
