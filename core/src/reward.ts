import type { PeriodLimit } from './event.ts'

/** What points can be exchanged for (POINTS), or what a new member gets once (WELCOME). Instants in epoch ms. */
export interface Reward {
  readonly id: string
  readonly title: string
  readonly type: 'POINTS' | 'WELCOME'
  /** 0 for a welcome reward. */
  readonly points: number
  readonly redeemFrom?: number
  readonly redeemUntil?: number
  /** Absent: unlimited. */
  readonly unitsMax?: number
  readonly redeemLimit?: PeriodLimit
  /** Empty: all card systems. */
  readonly cardSystems: readonly number[]
  readonly owningCardSystem: number
  /** Organizers where it can be redeemed; empty: all. */
  readonly organizers: readonly string[]
  readonly online: boolean
  readonly status: 'ACTIVE' | 'INACTIVE' | 'DELETED'
}
