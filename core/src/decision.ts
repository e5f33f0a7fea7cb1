import type { CheckinWindows } from './checkin-window.ts'
import type { Proposal } from './ledger.ts'
import type { ProgrammeBook } from './programme.ts'
import type { Refusal } from './refusal.ts'

/** The settings of the rules; everything else is in the command. */
export interface DecisionRules {
  readonly windows: CheckinWindows
  /** Age in days above which a fact is late, at most `OFFLINE_DAYS_MAX`. */
  readonly offlineDaysMax: number
  readonly programmes: ProgrammeBook
}

export type Decision =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** To be committed: what remains open are the guards, which need the shared state. */
  | { readonly kind: 'proposed'; readonly proposal: Proposal }
