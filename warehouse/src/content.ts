import { crc32 } from 'node:zlib'
import { WarehouseError } from './errors.ts'
import { columnNames, type TableName } from './tables.ts'

const HASH_BITS = 64

/**
 * The hash of rows as it is read back: the sum of CRC32 over the lines (UTF-8, each with its line feed) modulo
 * 2^64. A sum, so it does not depend on the order that the engine stores rows in.
 */
export function contentHash(lines: readonly string[]): bigint {
  let total = 0n
  for (let from = 0; from < lines.length; from += EXACT_SUMS) {
    let sum = 0
    for (const line of lines.slice(from, from + EXACT_SUMS)) sum += lineHash(line)
    total += BigInt(sum)
  }
  return BigInt.asUintN(HASH_BITS, total)
}

function lineHash(line: string): number {
  // looking for a line feed also makes one piece of a string that was concatenated from seventy, which crc32 and whoever
  // comes after it would otherwise walk through each time: ten times slower
  if (line.includes(LINE_FEED)) throw new WarehouseError('ROW', 'A line of a row has no line feed in it')
  return crc32(LINE_FEED, crc32(line))
}

const LINE_FEED = '\n'

/** 2^21 sums of 32 bits are exact in a double. */
const EXACT_SUMS = 2 ** 21

const SPAN = 'lane = {lane:UInt16} AND range BETWEEN {from:UInt32} AND {to:UInt32}'

/**
 * Rows and hash per range as stored. DISTINCT: rows that were inserted twice alike are there once; two rows with one key
 * and different text are both counted and show as a wrong hash. Inside the span a void hides the row it replaces, whether
 * or not a merge has dropped that row yet.
 */
export function contentSql(table: TableName): string {
  const hidden = `(version > 1 OR id NOT IN (SELECT id FROM transactions WHERE version > 1 AND ${SPAN}))`
  return perRange(rowsOf(table, table, table === 'transactions' ? `${SPAN} AND ${hidden}` : SPAN))
}

/**
 * Rows and hash per range with everything that was loaded since taken into account. FINAL leaves out voided keys, so the
 * voids are added: a void is the highest version there is, and always survives.
 */
export function survivorsSql(table: TableName): string {
  const surviving = rowsOf(table, `${table} FINAL`, SPAN)
  if (table !== 'transactions') return perRange(surviving)
  return perRange(`${surviving}\n    UNION ALL\n    ${rowsOf(table, table, `voided = 1 AND ${SPAN}`)}`)
}

/** Every column is read, so a part that lost its data cannot agree. */
function rowsOf(table: TableName, source: string, condition: string): string {
  return `SELECT DISTINCT range, ${identityOf(table)}, CRC32(${lineSql(table)}) AS hash FROM ${source} WHERE ${condition}`
}

/**
 * The line of the archive, with its line feed: what `formatRow('JSONEachRow', …)` gives, put together column by column. That takes half the
 * time, because a text that many rows share is quoted once.
 */
function lineSql(table: TableName): string {
  const cells = columnNames(table).map((name, index) => `'${index === 0 ? '{' : ','}"${name}":', toJSONString(${name})`)
  return `concat(${cells.join(', ')}, '}\\n')`
}

function perRange(rows: string): string {
  return `SELECT range, count() AS rows, toString(sum(hash)) AS hash
FROM (
    ${rows}
)
GROUP BY range
ORDER BY range`
}

/** What makes two rows of one range different rows, besides their text. */
function identityOf(table: TableName): string {
  if (table === 'transactions') return 'id, version'
  return table === 'refusals' ? 'recorded_at, sequence, item' : 'recorded_at, sequence'
}
