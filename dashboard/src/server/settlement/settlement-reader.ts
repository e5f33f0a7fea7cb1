import type { ReportingPeriod, SettlementDocument } from '@zuil/core'
import type { SettlementScope } from '../scope/settlement-scope.ts'

/** Who read what of the exact amounts. */
export interface SettlementAccess {
  readonly who: string
  readonly what: 'READ'
  readonly cardSystem: number
  /** Empty: the list of what was closed. */
  readonly period: string
  readonly part: string
  readonly format: string
}

/** Where settlements come from; the composition root has the desk and its log. */
export interface SettlementSource {
  readonly closings: (cardSystem: number) => Promise<readonly SettlementDocument[]>
  /** The settlement, or why there is none and what to do. */
  readonly settlement: (cardSystem: number, period: ReportingPeriod) => Promise<SettlementDocument | { readonly refusal: string }>
  /** Durable when it resolves. */
  readonly note: (access: SettlementAccess) => Promise<void>
}

/** Somebody who reads settlements, and how. */
export interface SettlementReading {
  readonly scope: SettlementScope
  readonly who: string
  readonly part: string
  readonly format: string
}

/** A card system was asked for that the scope does not have: a fault of the caller, who has to ask the scope first. */
export class OutsideSettlementScopeError extends Error {
  override readonly name = 'OutsideSettlementScopeError'
  readonly code = 'OUTSIDE_SETTLEMENT_SCOPE'
}

/** The one way from settlements to an answer: within the scope only, and noted before anything is given. */
export class SettlementReader {
  readonly #source: SettlementSource

  constructor(source: SettlementSource) {
    this.#source = source
  }

  /** What the regions of the scope closed. */
  async closings({ scope, who, part, format }: SettlementReading): Promise<readonly SettlementDocument[]> {
    const all: SettlementDocument[] = []
    for (const cardSystem of scope.cardSystems) {
      all.push(...(await this.#source.closings(cardSystem)))
      await this.#source.note({ who, what: 'READ', cardSystem, period: '', part, format })
    }
    return all
  }

  /** @throws {OutsideSettlementScopeError} before anything is read */
  async settlement(
    { scope, who, part, format }: SettlementReading,
    cardSystem: number,
    period: ReportingPeriod,
  ): Promise<SettlementDocument | { readonly refusal: string }> {
    if (!scope.mayRead(cardSystem)) throw new OutsideSettlementScopeError(`Card system ${cardSystem} is outside of the scope`)
    const found = await this.#source.settlement(cardSystem, period)
    if (!('refusal' in found)) await this.#source.note({ who, what: 'READ', cardSystem, period: period.key, part, format })
    return found
  }
}
