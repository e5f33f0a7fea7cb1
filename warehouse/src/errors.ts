/**
 * What the caller should do about a failed call.
 * `retry`: infrastructure; the same call may succeed later, without end.
 * `poison`: a row cannot be stored as it is; find it by bisection and put it aside.
 * `bug`: neither; the program or the schema is wrong and somebody has to look.
 */
export type WarehouseErrorKind = 'retry' | 'poison' | 'bug'

/** Codes of our own, for failures that no ClickHouse code describes. */
export const LOCAL_ERRORS = {
  /** The server could not be reached, or the connection broke: it is unknown whether the call was carried out. */
  UNREACHABLE: 'retry',
  /** More reads are waiting than the queue holds. */
  BUSY: 'retry',
  /** The warehouse was closed. */
  CLOSED: 'bug',
  /** The folder cannot be opened: another process owns it, or it is not ours to write. */
  FOLDER: 'bug',
  /** A line is not a row of the table: another set or order of columns. */
  ROW: 'poison',
  /** The call itself is wrong: a parameter is missing, there are too many lines, a migration was changed. */
  CALL: 'bug',
} as const satisfies Record<string, WarehouseErrorKind>
export type LocalErrorCode = keyof typeof LOCAL_ERRORS

/**
 * ClickHouse codes of infrastructure, which pass by themselves or by an operator's hand. The names are those of
 * `errorCodeToName`; a test compares them with the engine's.
 */
export const RETRY_CODES: ReadonlyMap<number, string> = new Map([
  [74, 'CANNOT_READ_FROM_FILE_DESCRIPTOR'],
  [75, 'CANNOT_WRITE_TO_FILE_DESCRIPTOR'],
  [76, 'CANNOT_OPEN_FILE'],
  [159, 'TIMEOUT_EXCEEDED'],
  [160, 'TOO_SLOW'],
  [198, 'DNS_ERROR'],
  [202, 'TOO_MANY_SIMULTANEOUS_QUERIES'],
  [203, 'NO_FREE_CONNECTION'],
  [204, 'CANNOT_FSYNC'],
  [209, 'SOCKET_TIMEOUT'],
  [210, 'NETWORK_ERROR'],
  [225, 'NO_ZOOKEEPER'],
  [236, 'ABORTED'],
  [241, 'MEMORY_LIMIT_EXCEEDED'],
  [242, 'TABLE_IS_READ_ONLY'],
  [243, 'NOT_ENOUGH_SPACE'],
  [252, 'TOO_MANY_PARTS'],
  [254, 'NO_ACTIVE_REPLICAS'],
  [279, 'ALL_CONNECTION_TRIES_FAILED'],
  [285, 'TOO_FEW_LIVE_REPLICAS'],
  [319, 'UNKNOWN_STATUS_OF_INSERT'],
  [394, 'QUERY_WAS_CANCELLED'],
  [439, 'CANNOT_SCHEDULE_TASK'],
  [473, 'DEADLOCK_AVOIDED'],
  [999, 'KEEPER_EXCEPTION'],
])

/** ClickHouse codes of a value that its column does not take. */
export const POISON_CODES: ReadonlyMap<number, string> = new Map([
  [6, 'CANNOT_PARSE_TEXT'],
  [25, 'CANNOT_PARSE_ESCAPE_SEQUENCE'],
  [26, 'CANNOT_PARSE_QUOTED_STRING'],
  [27, 'CANNOT_PARSE_INPUT_ASSERTION_FAILED'],
  [32, 'ATTEMPT_TO_READ_AFTER_EOF'],
  [38, 'CANNOT_PARSE_DATE'],
  [41, 'CANNOT_PARSE_DATETIME'],
  [53, 'TYPE_MISMATCH'],
  [69, 'ARGUMENT_OUT_OF_BOUND'],
  [70, 'CANNOT_CONVERT_TYPE'],
  [72, 'CANNOT_PARSE_NUMBER'],
  [117, 'INCORRECT_DATA'],
  [130, 'CANNOT_READ_ARRAY_FROM_TEXT'],
  [131, 'TOO_LARGE_STRING_SIZE'],
  [190, 'SIZES_OF_ARRAYS_DONT_MATCH'],
  [321, 'VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE'],
  [349, 'CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN'],
  [376, 'CANNOT_PARSE_UUID'],
  [467, 'CANNOT_PARSE_BOOL'],
  [469, 'VIOLATED_CONSTRAINT'],
])

/** Characters of a foreign message that are kept: enough for the reason and the row number, not for a whole batch. */
const MESSAGE_CHARS_MAX = 600

/** The one error of this workspace. Decide by `kind` (or `retry` and `poison`), never by the message. */
export class WarehouseError extends Error {
  /** ClickHouse's number, or one of {@link LOCAL_ERRORS}. */
  readonly code: number | LocalErrorCode
  readonly kind: WarehouseErrorKind

  constructor(code: number | LocalErrorCode, message: string, options?: { cause?: unknown }) {
    super(message.length > MESSAGE_CHARS_MAX ? `${message.slice(0, MESSAGE_CHARS_MAX)}…` : message, options)
    this.name = 'WarehouseError'
    this.code = code
    this.kind = typeof code === 'number' ? kindOfCode(code) : LOCAL_ERRORS[code]
  }

  get retry(): boolean {
    return this.kind === 'retry'
  }

  get poison(): boolean {
    return this.kind === 'poison'
  }
}

export function kindOfCode(code: number): WarehouseErrorKind {
  if (RETRY_CODES.has(code)) return 'retry'
  return POISON_CODES.has(code) ? 'poison' : 'bug'
}
