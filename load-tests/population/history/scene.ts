import type { JournalRecord } from '@zuil/core/contracts/journal'
import type { Dice } from '../dice.ts'
import type { World } from '../world.ts'
import type { HistoryQueue } from './actions.ts'
import type { CompactLedger } from './compact-ledger.ts'
import type { HolderState } from './holder-state.ts'
import type { HistoryRecord } from './record.ts'

/** What those who act in a history share. */
export interface Scene {
  readonly world: World
  readonly state: HolderState
  readonly queue: HistoryQueue
  readonly ledger: CompactLedger
  readonly dice: Dice
  /** The first instant after the history, epoch ms. */
  readonly endsAt: number
  /** Takes the records in commit order. */
  readonly emit: (record: HistoryRecord) => void
}

/** Journals a record that needs no counter. */
export function journal({ ledger, emit }: Scene, record: JournalRecord, at: number): void {
  emit({ position: ledger.position(at), record, isTakenBack: false })
}
