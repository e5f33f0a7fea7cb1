import type { ReportingPeriodKind } from '@zuil/core'

export const PLACE_KINDS = ['ALL', 'REGION', 'MUNICIPALITY', 'ORGANIZER'] as const
export type PlaceKind = (typeof PLACE_KINDS)[number]

/** Where something is counted: a NIS code, the number of a card system or the id of an organizer; empty for all. */
export interface TruthPlace {
  readonly kind: PlaceKind
  readonly id: string
}

/** Weeks are for B12, days for D2, D4 and D11; figures about people have reporting periods. */
export type TruthPeriodKind = ReportingPeriodKind | 'WEEK' | 'DAY'

/** One true answer. */
export interface TruthCell {
  /** Id of the measure catalogue, `A1` to `D15`. */
  readonly measure: string
  /** What is counted: `people`, or whatever else the measure adds up. */
  readonly column: string
  readonly periodKind: TruthPeriodKind
  /** As `ReportingPeriod.key`; `2026-W07` and `2026-02-13` for weeks and days. */
  readonly period: string
  readonly place: TruthPlace
  /** Only the dimensions that the cell is told apart by; without any it is the total of its place. */
  readonly dimensions: Readonly<Record<string, string>>
  readonly value: number
}
