import type { JournalRecord } from './contracts/journal.ts'
import type { Guard } from './guard.ts'

/** A set of guards and the record that is journalled when all of them hold. */
export interface Entry {
  readonly guards: readonly Guard[]
  readonly record: JournalRecord
  /**
   * Further records that are journalled with it or not at all, right behind it: the n-th has the sequence of `record` plus n.
   * At most {@link FURTHER_RECORDS_MAX}; for requests that are all or nothing.
   */
  readonly further?: readonly JournalRecord[]
}

/** An array of ticket sales has at most one more. */
export const FURTHER_RECORDS_MAX = 99

/**
 * What {@link decide} proposes. `otherwise` is for facts, which happened already: when a guard of the entry fails,
 * `otherwise` is journalled instead (flagged, its own guards carry no bounds), so the fact does not vanish.
 */
export interface Proposal extends Entry {
  readonly otherwise?: Entry
}

/** Idempotency of one request: the key in the scope of its client, and what the request said. */
export interface RequestKey {
  /** Keyed hash of client and `Idempotency-Key`; letters and digits of base64url. */
  readonly id: string
  /** Hash of method, path, body and client; as the id. */
  readonly fingerprint: string
}

/** One item for {@link Ledger.commit}. */
export interface CommitItem {
  /** Dense number of the holder (or reward) whose lane takes the item: all of its records, whoever they and its guards are about. */
  readonly owner: number
  /** Absent when the request refuses by rule and only its answer has to be remembered. */
  readonly proposal?: Proposal | undefined
  readonly request?: RequestKey | undefined
  /** Opaque text that is stored with the request key and given back when the request comes again. */
  readonly answer?: string | undefined
  /** Registry entries that the decision used, e.g. `holder/12`, `event/4711`. A later change of one makes it stale. */
  readonly entities: readonly string[]
  /** Version of the registry that the decision saw in the lane. */
  readonly registryVersion: number
  /** The same for other lanes, where entities of the decision may have changed: each lane keeps its own holders. */
  readonly furtherVersions?: readonly LaneVersion[]
}

export interface LaneVersion {
  readonly lane: number
  readonly registryVersion: number
}

/** Where a record stands in the journal: a lane and the id of its stream entry. Orders the records of a lane. */
export interface Position {
  readonly lane: number
  /** Epoch ms of the commit, by the ledger's clock. */
  readonly ms: number
  /** Sequence number within the millisecond. */
  readonly sequence: number
}

export type CommitOutcome =
  /** `values`: the counters after the commit, one for each guard of the entry that was journalled. */
  | { readonly kind: 'committed'; readonly position: Position; readonly values: readonly number[]; readonly otherwise: boolean }
  /** The guard at `index` failed and there was no `otherwise`; `value`: the counter as it stands. */
  | { readonly kind: 'failed'; readonly index: number; readonly value: number }
  /** The answer of a refusal was stored under the request key. */
  | { readonly kind: 'remembered' }
  /** The same request came before: its outcome (never itself replayed) and the stored answer. */
  | { readonly kind: 'replayed'; readonly outcome: CommitOutcome; readonly answer: string }
  /** The request key is known with another fingerprint. */
  | { readonly kind: 'conflict' }
  /** The registry moved on under the decision: reload, decide again. */
  | { readonly kind: 'stale' }

/** The shared state behind decisions. {@link MemoryLedger} and the commit script in Redis answer alike. */
export interface Ledger {
  /** Outcomes in the order of the items. Rejects when it is unknown whether the items were journalled. */
  commit(items: readonly CommitItem[]): Promise<readonly CommitOutcome[]>
}
