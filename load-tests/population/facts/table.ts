import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type TableRow = Readonly<Record<string, string>>

/** The rows of one of the CSV files of this folder, by the names of its first line. */
export function readTable(name: string): readonly TableRow[] {
  const [header = '', ...lines] = readFileSync(join(import.meta.dirname, `${name}.csv`), 'utf8')
    .trimEnd()
    .split('\n')
  const names = cellsOf(header)
  return lines.map((line) => {
    const cells = cellsOf(line)
    return Object.fromEntries(names.map((column, index) => [column, cells[index] ?? '']))
  })
}

/** Values between commas; one with a comma in it stands in double quotes. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((match) => match[1] ?? match[2] ?? '')
}
