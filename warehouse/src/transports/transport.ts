import type { Parameters } from '../warehouse.ts'

/** What the two engines have in common; everything above it is the same code. All methods reject with a WarehouseError. */
export interface Transport {
  readonly kind: 'embedded' | 'server'
  /** A statement without result: schema, SYSTEM, mutations, derived tables. */
  command(sql: string, options?: CommandOptions): Promise<void>
  /** One block of rows as JSONCompactEachRow. */
  insert(table: string, rows: Uint8Array): Promise<void>
  /** Rows as blocks of the format Native, stored as one. */
  insertNative(table: string, blocks: Uint8Array): Promise<void>
  /** Rows as JSONEachRow text. */
  read(request: ReadRequest): Promise<string>
  /** The same in portions that end at a line end. */
  stream(request: ReadRequest): AsyncIterable<string>
  /** Ends statements under way whose origin begins with a text. */
  cancel(origin: string): Promise<void>
  /** Bytes free on the volume, where the transport knows better than the engine. */
  freeBytes?(): Promise<number>
  close(): Promise<void>
}

export interface CommandOptions {
  readonly parameters: Parameters
  /** Name of the caller. */
  readonly origin: string
}

export interface ReadRequest {
  readonly sql: string
  readonly parameters: Parameters
  /** Name of the caller. */
  readonly origin: string
  /** `page`: read-only with tight limits, for what people ask. `own`: read-only, for read-back, repair and rebuild. */
  readonly door: 'page' | 'own'
}

/**
 * Formats and meaning that every session of both transports shares. FINAL per partition is exact, because the partition
 * follows from a column of the key; 64-bit numbers and slashes are plain because row text is compared byte for byte.
 */
export const SESSION_SETTINGS = {
  do_not_merge_across_partitions_select_final: 1,
  output_format_json_quote_64bit_integers: 0,
  output_format_json_escape_forward_slashes: 0,
  session_timezone: 'UTC',
} as const

/**
 * Settings of an insert. async_insert is on by default since 26.3 and would gather rows of several inserts; an insert
 * may touch any number of months; the strict, simple parsers are enough for lines that we wrote ourselves.
 */
export const INSERT_SETTINGS = {
  async_insert: 0,
  input_format_parallel_parsing: 0,
  date_time_input_format: 'basic',
  max_partitions_per_insert_block: '0',
  // rows of one key come from one range, which has them once: merging inside the block would only cost time
  optimize_on_insert: 0,
  // a quarter of an insert's time; merges make them, and a part that is not merged yet is small enough to be read whole
  exclude_materialize_skip_indexes_on_insert: 'by_holder, by_event',
} as const

/**
 * Limits of the `page` door: a page that needs more is a wrong query. Indexes skip granules before FINAL puts versions together:
 * exact, because all versions of a key agree in the columns that pages filter on (holder, event_number). `range` differs between
 * a transaction and its void, so only the `own` door may filter on it.
 */
export const PAGE_LIMITS = {
  use_skip_indexes_if_final_exact_mode: 0,
  max_execution_time: 10,
  max_memory_usage: String(1024 ** 3),
  max_rows_to_read: String(400_000_000),
  max_result_rows: String(100_000),
  result_overflow_mode: 'throw',
} as const

/**
 * What groups need beyond this goes to disk: facts of a year and cells of five thousand organizers are grouped by person, millions at a
 * time, in a process that does other things as well.
 */
export const SPILL_SETTINGS = {
  max_bytes_before_external_group_by: String(400 * 1024 ** 2),
  max_bytes_before_external_sort: String(400 * 1024 ** 2),
} as const

/** Limits of the `own` door: reading back, checking and streaming whole tables; still an end to everything. */
export const OWN_LIMITS = {
  max_execution_time: 600,
  // portions of a stream are parsed in one go, and must not stop the event loop for long
  max_block_size: '8192',
  ...SPILL_SETTINGS,
  max_memory_usage: String(2 * 1024 ** 3),
} as const
