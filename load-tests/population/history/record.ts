import type { JournalledRecord } from '@zuil/core'

/** A record of the journal as the history makes it. */
export interface HistoryRecord extends JournalledRecord {
  /** The transaction is taken back before the history ends: for the truth, which need not remember it then. */
  readonly isTakenBack: boolean
}
