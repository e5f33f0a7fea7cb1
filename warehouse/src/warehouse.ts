import type { CompactRows } from './compact-row.ts'
import type { NativeRows } from './native-rows.ts'
import type { TableName } from './tables.ts'

/**
 * The warehouse in our words: a projection of the archive that can be thrown away and built again. Two transports carry
 * it, chDB inside this process and a ClickHouse server over HTTP, and one conformance suite runs against both. What is
 * left out on purpose: SQL from outside, sessions and settings.
 *
 * Every call rejects with a {@link WarehouseError}; its `kind` says whether to retry, to put a row aside, or to look.
 */
export interface Warehouse {
  readonly kind: 'embedded' | 'server'

  /** Brings the schema up to date; resumes after a stop, refuses a file that changed. `dryRun` only reports. */
  migrate(options?: { dryRun?: boolean }): Promise<MigrationReport>

  /**
   * One insert is one block: all rows or none, except across months. Lines are rows as JSON objects with the columns of
   * the table in their order (as `formatLine` and the archive write them), without line end; whoever has the cells makes a {@link NativeBlock}
   * of them, which costs the engine less. At most {@link INSERT_ROWS_MAX}.
   * Resolves when the engine says the rows are stored. Believe it only after {@link content} agrees: some values that do not
   * fit their column (null, a number too large, 31 February) are bent without an error.
   */
  insert(table: TableName, rows: readonly string[] | NativeRows): Promise<void>

  /**
   * What really stands in the table for some ranges of a lane, by range: reads every column back. Rows that
   * were inserted twice alike count once, and a void hides the row it replaces when both are in the span. For ranges that
   * were just loaded: a void that is loaded later makes its row of an earlier range vanish. Ranges without rows are absent.
   */
  contentByRange(table: TableName, span: Span): Promise<Map<number, Content>>

  /** {@link contentByRange} of one range; no rows when it is absent. */
  content(table: TableName, place: Place): Promise<Content>

  /**
   * The same with every void taken into account, wherever it was loaded: what a replay of the whole archive would leave of
   * these ranges. Slower, since it looks at all rows with the same keys; for reconciling many ranges at once.
   */
  contentOfSurvivors(table: TableName, span: Span): Promise<Map<number, Content>>

  /** Takes the rows of one range away, so that it can be loaded anew. For repair only. */
  removeRange(table: TableName, place: Place): Promise<void>

  /** Takes all rows of a table away, to rebuild it. */
  truncate(table: TableName): Promise<void>

  /**
   * Carries out a statement of ours that gives no rows, with typed parameters: derived tables are filled and exchanged by it
   * (`INSERT … SELECT`, `ALTER TABLE … REPLACE PARTITION`). Statements that alter take no parameters. Never text from outside.
   */
  change(sql: string, parameters: Parameters, origin: string): Promise<void>

  /**
   * Appends whole rows to a table that no archive fills, values in its columns' order, or made ready by `compactValues`. One block,
   * at most {@link INSERT_ROWS_MAX}.
   */
  append(table: string, rows: readonly (readonly RowValue[])[] | CompactRows): Promise<void>

  /**
   * Ends the statements under way whose origin begins with this text: their calls reject with the engine's QUERY_WAS_CANCELLED (394).
   * What begins a moment later runs.
   */
  cancel(origin: string): Promise<void>

  /**
   * A read with typed parameters (`{name:Type}`), on a door of its own: read-only, bounded in time, memory and rows, at most
   * {@link READS_AT_ONCE} at a time. `origin` names the caller and is visible in the engine's list of queries.
   */
  query<Row>(sql: string, parameters: Parameters, origin: string): Promise<Row[]>

  /**
   * As {@link query}, in portions and without the limits of a page. A server streams; the embedded engine makes the whole result first,
   * some 35 bytes a row (docs/decisions/0004).
   */
  stream<Row>(sql: string, parameters: Parameters, origin: string): AsyncIterable<Row[]>

  /** As {@link stream}, for whoever parses the rows elsewhere: a JSON object a line, in portions that end with a line. */
  lines(sql: string, parameters: Parameters, origin: string): AsyncIterable<string>

  /** Verifies checksums of the table's parts. Damaged parts by name; empty when all is well. */
  checkTable(table: TableName): Promise<readonly DamagedPart[]>

  /**
   * Takes damaged parts out of the table; they stay on disk as `detached`. Reads that met them work again, without their rows:
   * every range of the table has to be compared and, where it differs, loaded anew. Returns what was taken out.
   */
  setDamagedAside(table: TableName): Promise<readonly DamagedPart[]>

  /** Free bytes on the volume of the warehouse: the folder's, or the smallest disk of the server. */
  freeBytes(): Promise<number>

  /** Merges need room for their result. Stopped by the free-space guard, not remembered by a restart. */
  stopMerges(): Promise<void>
  startMerges(): Promise<void>

  /** Merges a closed month to one part, which makes FINAL cheap. `month` is `yyyymm`. */
  mergeMonth(month: number): Promise<void>

  storage(): Promise<readonly TableStorage[]>

  /** Size of the largest partition of all tables: what the largest merge may need twice. 0 when there is none. */
  largestPartitionBytes(): Promise<number>

  /** Waits for what is under way, then closes; afterwards every call rejects with `CLOSED`. */
  close(): Promise<void>
}

/** A frozen range of one lane's journal. */
export interface Place {
  readonly lane: number
  readonly range: number
}

/** Ranges of one lane, both ends included. */
export interface Span {
  readonly lane: number
  readonly from: number
  readonly to: number
}

/** Rows, and the sum of the CRC32 of their lines modulo 2^64: the same as `contentHash(lines)`, in any order. */
export interface Content {
  readonly rows: number
  readonly hash: bigint
}

export type ParameterValue = number | bigint | string | boolean | readonly (number | bigint | string)[]
/** What a column takes as JSON; 64-bit numbers as bigint. */
export type RowValue = number | bigint | string | readonly (number | string)[]

export type Parameters = Readonly<Record<string, ParameterValue>>

export interface MigrationReport {
  /** Names of the migrations that this call applied, or with `dryRun` would apply. */
  readonly applied: readonly string[]
  /** Names of those that were there already. */
  readonly present: readonly string[]
}

export interface DamagedPart {
  readonly part: string
  readonly reason: string
}

export interface TableStorage {
  readonly table: string
  readonly rows: number
  readonly bytes: number
  readonly parts: number
}

/** Rows of one insert: more than any range has (5,000), few enough for one block and some 100 MB of text. */
export const INSERT_ROWS_MAX = 100_000

/** Reads at a time. libuv has few threads and the loader needs one; two cores gain nothing from more. */
export const READS_AT_ONCE = 2

/** Reads that may wait for their turn; beyond it they are refused as BUSY instead of piling up. */
export const READS_WAITING_MAX = 200
