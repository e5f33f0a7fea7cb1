import type { ReportingPeriodKind } from '@zuil/core'
import type { Roles } from '@zuil/core/contracts/roles'
import type { NamedPlace } from './place-book.ts'
import type { Scope } from './scope.ts'
import type { SettlementScope } from './settlement-scope.ts'

/** A period that something was published for. */
export interface PublishedPeriod {
  /** `2026-11`, `2026-Q4`, `2026` or `2026-2027`. */
  readonly period: string
  readonly kind: ReportingPeriodKind
  /** Its figures may still change. */
  readonly provisional: boolean
  /** Number of the release that is valid for it. */
  readonly release: number
  /** Epoch ms of that release. */
  readonly publishedAt: number
}

/** Somebody who signed in at the pages, and what they can choose there. */
export interface Principal {
  /** Id of the account, for the log of sign-ins and exports; never shown to others. */
  readonly account: string
  /** Names the reader where requests are counted. */
  readonly owner: string
  readonly roles: Roles
  readonly scope: Scope
  /** Whose exact amounts: for the page of settlements, and no other. */
  readonly settles: SettlementScope
  /** Places that the scope reads and that have a name: the own ones first, then the others in the order of the lists. */
  readonly places: readonly NamedPlace[]
  /** What was published, newest first. */
  readonly periods: readonly PublishedPeriod[]
}
