/** What does not agree. `detail` names tables, counts and keys of lanes; never a person. */
export interface Finding {
  readonly check: ReconcileCheck
  readonly lane: number
  /** 0 when the finding is about the lane. */
  readonly range: number
  readonly detail: string
}

export const RECONCILE_CHECKS = ['archive', 'warehouse', 'positions', 'counters'] as const
export type ReconcileCheck = (typeof RECONCILE_CHECKS)[number]
