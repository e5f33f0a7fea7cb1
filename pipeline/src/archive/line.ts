/** What can be told of a row from its line without parsing it; columns stand in the order of `@zuil/warehouse` TABLES. */

const ID_START = '{"id":"'.length
const ID_END = ID_START + 36

/** Rows of one table with one key replace each other, the later one wins. Only transactions do; other rows are never replaced. */
export function keyOfLine(table: string, line: string): string {
  return table === 'transactions' ? line.slice(ID_START, ID_END) : line
}

/** True for a row of version 2 or higher: it replaces an earlier one. */
export function isReplacingLine(table: string, line: string): boolean {
  return table === 'transactions' && !line.startsWith('","version":1,', ID_END)
}

// no text that anybody chose stands before the range in any table
const RANGE = /,"range":(\d{1,10})[,}]/

/** @throws {TypeError} when the line has no range. */
export function rangeOfLine(line: string): number {
  const digits = RANGE.exec(line)?.[1]
  if (digits === undefined) throw new TypeError('A row has no range')
  return Number(digits)
}
