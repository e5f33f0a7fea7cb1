import type { RefusedSettlement, ReportingPeriod, SettlementDocument, WhatIf } from '@zuil/core'
import type { SettlementScope } from '../scope/settlement-scope.ts'

/** Who read what of the exact amounts, or closed a period. */
export interface SettlementAccess {
  readonly who: string
  readonly what: 'READ' | 'WHAT_IF' | 'CLOSE'
  readonly cardSystem: number
  /** Empty: the list of what was closed. */
  readonly period: string
  readonly part: string
  readonly format: string
}

/** A settlement, or why there is none and what to do. */
export type FoundSettlement = SettlementDocument | { readonly refusal: RefusedSettlement }

/** What is closed for good, and by whom. */
export interface ClosingOrder {
  readonly cardSystem: number
  readonly period: ReportingPeriod
  /** Id of the account; it stands in the closing. */
  readonly by: string
  /** What was found is known, and right. */
  readonly accepted: boolean
  /** Whether it is still what somebody looked at. */
  readonly isAsSeen: (document: SettlementDocument) => boolean
}

/** A closing by its period and number. */
export interface ClosedSettlement {
  readonly period: string
  readonly number: number
}

/** Where settlements come from; the composition root has the desk and its log. */
export interface SettlementSource {
  readonly closings: (cardSystem: number) => Promise<readonly SettlementDocument[]>
  /** With `whatIf` only the tickets that were sold, as other percentages would have shared and divided them. */
  readonly settlement: (cardSystem: number, period: ReportingPeriod, whatIf?: WhatIf) => Promise<FoundSettlement>
  readonly close: (order: ClosingOrder) => Promise<FoundSettlement>
  /** Durable when it resolves. */
  readonly note: (access: SettlementAccess) => Promise<void>
  /** Reads ahead what the first reader would wait for, and gives nobody any of it. */
  readonly prepare: () => Promise<void>
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

  /** What regions closed, by default all of the scope. @throws {OutsideSettlementScopeError} before anything is read */
  async closings(reading: SettlementReading, cardSystems = reading.scope.cardSystems): Promise<readonly SettlementDocument[]> {
    const { who, part, format } = reading
    const all: SettlementDocument[] = []
    for (const cardSystem of cardSystems) {
      requireInside(reading, cardSystem)
      all.push(...(await this.#source.closings(cardSystem)))
      await this.#source.note({ who, what: 'READ', cardSystem, period: '', part, format })
    }
    return all
  }

  /** Which periods a region closed, oldest first, and no amounts: nothing that would be noted. @throws {OutsideSettlementScopeError} */
  async closedPeriods(reading: SettlementReading, cardSystem: number): Promise<readonly ClosedSettlement[]> {
    requireInside(reading, cardSystem)
    const documents = await this.#source.closings(cardSystem)
    return documents.flatMap(({ period, closing }) => (closing ? [{ period, number: closing.number }] : []))
  }

  /** Notes that papers are read that were made before. @throws {OutsideSettlementScopeError} before that */
  async readAgain(reading: SettlementReading, read: Pick<ClosingOrder, 'cardSystem' | 'period'>): Promise<void> {
    requireInside(reading, read.cardSystem)
    await this.#note('READ', reading, read)
  }

  /** @throws {OutsideSettlementScopeError} before anything is read */
  async settlement(reading: SettlementReading, cardSystem: number, period: ReportingPeriod): Promise<FoundSettlement> {
    requireInside(reading, cardSystem)
    const found = await this.#source.settlement(cardSystem, period)
    if (!('refusal' in found)) await this.#note('READ', reading, { cardSystem, period })
    return found
  }

  /**
   * What the tickets that were sold in a period make by the agreement, and what they would have made by other percentages.
   * @throws {OutsideSettlementScopeError} before anything is read
   */
  async supposed(
    reading: SettlementReading,
    question: SupposedQuestion,
  ): Promise<Supposed | { readonly refusal: RefusedSettlement }> {
    const { cardSystem, period, whatIf } = question
    requireInside(reading, cardSystem)
    const agreed = await this.#source.settlement(cardSystem, period, {})
    if ('refusal' in agreed) return agreed
    const supposed = await this.#source.settlement(cardSystem, period, whatIf)
    if ('refusal' in supposed) return supposed
    await this.#note('WHAT_IF', reading, { cardSystem, period })
    return { agreed, supposed }
  }

  /**
   * Closes a period for good.
   * @throws {OutsideSettlementScopeError} before anything is done
   */
  async close(closer: SettlementReading, order: ClosingOrder): Promise<FoundSettlement> {
    requireInside(closer, order.cardSystem)
    const closed = await this.#source.close(order)
    if (!('refusal' in closed)) await this.#note('CLOSE', closer, order)
    return closed
  }

  async #note(
    what: SettlementAccess['what'],
    { who, part, format }: SettlementReading,
    { cardSystem, period }: Pick<ClosingOrder, 'cardSystem' | 'period'>,
  ): Promise<void> {
    await this.#source.note({ who, what, cardSystem, period: period.key, part, format })
  }
}

export interface SupposedQuestion {
  readonly cardSystem: number
  readonly period: ReportingPeriod
  readonly whatIf: WhatIf
}

export interface Supposed {
  readonly agreed: SettlementDocument
  readonly supposed: SettlementDocument
}

function requireInside({ scope }: SettlementReading, cardSystem: number): void {
  if (!scope.mayRead(cardSystem)) throw new OutsideSettlementScopeError(`Card system ${cardSystem} is outside of the scope`)
}
