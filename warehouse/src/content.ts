import { crc32 } from 'node:zlib'
import { columnNames, type TableName } from './tables.ts'

const HASH_BITS = 64

/**
 * The hash of rows as `content` reads them back: the sum of CRC32 over the lines (UTF-8, without line end) modulo 2^64.
 * A sum, so it does not depend on the order that the engine stores rows in.
 */
export function contentHash(lines: readonly string[]): bigint {
  // 2^21 sums of 32 bits stay exact in a double; larger batches go through a bigint in portions
  let total = 0n
  for (let from = 0; from < lines.length; from += EXACT_SUMS) {
    let sum = 0
    for (const line of lines.slice(from, from + EXACT_SUMS)) sum += crc32(line)
    total += BigInt(sum)
  }
  return BigInt.asUintN(HASH_BITS, total)
}

const EXACT_SUMS = 2 ** 21

/**
 * Rows and hash of one range as stored. DISTINCT: a range that was inserted twice alike is there once; two rows with one
 * key and different text are both counted and show as a wrong hash.
 */
export function contentSql(table: TableName): string {
  return `SELECT count() AS rows, toString(sum(hash)) AS hash
FROM (
    SELECT DISTINCT ${identity(table)}, ${lineHash(table)} AS hash
    FROM ${table}
    WHERE lane = {lane:UInt16} AND range = {range:UInt32}
)`
}

/**
 * Rows and hash per range, later versions taken into account. FINAL leaves out voided keys, so the voids are added: a
 * void is the highest version there is, and always survives.
 */
export function survivorsSql(table: TableName): string {
  const span = 'lane = {lane:UInt16} AND range BETWEEN {from:UInt32} AND {to:UInt32}'
  const rows = (source: string, condition: string) =>
    `SELECT DISTINCT range, ${identity(table)}, ${lineHash(table)} AS hash FROM ${source} WHERE ${condition}`
  const surviving = rows(`${table} FINAL`, span)
  const source =
    table === 'transactions' ? `${surviving}\n    UNION ALL\n    ${rows(table, `voided = 1 AND ${span}`)}` : surviving
  return `SELECT range, count() AS rows, toString(sum(hash)) AS hash
FROM (
    ${source}
)
GROUP BY range
ORDER BY range`
}

/** formatRow reads every column, so a part that lost its data cannot agree; its text is the line of the archive. */
function lineHash(table: TableName): string {
  return `CRC32(formatRowNoNewline('JSONEachRow', ${columnNames(table).join(', ')}))`
}

/** What makes two rows of one range different rows, besides their text. */
function identity(table: TableName): string {
  if (table === 'transactions') return 'id, version'
  return table === 'refusals' ? 'recorded_at, sequence, item' : 'recorded_at, sequence'
}
