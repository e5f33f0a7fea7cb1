import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { WarehouseError } from '../../errors.ts'
import type { RowValue, Warehouse } from '../../warehouse.ts'
import { SECTORS } from '../dimensions.ts'
import { rememberBuild } from './fact-partition.ts'

const FOLDER = new URL('../../../reference/', import.meta.url)
const ORIGIN = 'references'

interface ReferenceTable {
  readonly table: string
  readonly file: string
  readonly rowOf: (cells: readonly string[]) => readonly RowValue[]
}

const TABLES: readonly ReferenceTable[] = [
  {
    table: 'event_sectors',
    file: 'event-sectors.csv',
    rowOf: ([term = '', sector = '', name = '']) => [term, knownSector(sector), name],
  },
  {
    table: 'inhabitants',
    file: 'inhabitants.csv',
    rowOf: ([nis, year, ageBand = '', persons, source = '']) => [whole(nis), whole(year), ageBand, whole(persons), source],
  },
  {
    table: 'increased_reimbursement',
    file: 'increased-reimbursement.csv',
    rowOf: ([nis, year, persons, source = '']) => [whole(nis), whole(year), whole(persons), source],
  },
]

/**
 * Brings the tables that others publish up to date with the files of `reference/`: a table whose file did not change is left alone.
 * @returns names of the tables that were filled
 */
export async function loadReferences(warehouse: Pick<Warehouse, 'append' | 'change' | 'query'>): Promise<readonly string[]> {
  const filled: string[] = []
  for (const reference of TABLES) {
    const text = await readFile(new URL(reference.file, FOLDER), 'utf8')
    const rows = rowsOf(text, reference)
    if (await isLoaded(warehouse, reference.table, { text, rows: rows.length })) continue
    await warehouse.change(`TRUNCATE TABLE ${reference.table}`, {}, ORIGIN)
    await warehouse.append(reference.table, rows)
    await rememberBuild(warehouse, {
      fact: 'reference',
      part: reference.table,
      origin: hashOf(text),
    })
    filled.push(reference.table)
  }
  return filled
}

/** By the file that it was filled from, and by its rows: a table that was lost is filled again. */
async function isLoaded(
  warehouse: Pick<Warehouse, 'query'>,
  table: string,
  { text, rows }: { readonly text: string; readonly rows: number },
): Promise<boolean> {
  const [row] = await warehouse.query<{ loaded: number }>(
    `SELECT count() > 0 AS loaded FROM fact_builds FINAL
WHERE fact = 'reference' AND part = {table:String} AND origin = {origin:UInt64} AND (SELECT count() FROM ${table}) = {rows:UInt64}`,
    { table, origin: hashOf(text), rows },
    ORIGIN,
  )
  return row?.loaded === 1
}

function rowsOf(text: string, { rowOf }: ReferenceTable): readonly (readonly RowValue[])[] {
  const [, ...lines] = text.trimEnd().split('\n')
  return lines.map((line) => rowOf(cellsOf(line)))
}

/** Values between commas; one with a comma in it stands in double quotes. */
function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((match) => match[1] ?? match[2] ?? '')
}

function hashOf(text: string): bigint {
  return createHash('sha256').update(text).digest().readBigUInt64BE()
}

function whole(text = ''): number {
  const value = Number(text)
  if (text !== '' && Number.isSafeInteger(value) && value >= 0) return value
  throw new WarehouseError('CALL', `"${text}" is not a whole number`)
}

function knownSector(text: string): string {
  if (SECTORS.some((sector) => sector === text)) return text
  throw new WarehouseError('CALL', `"${text}" is not a sector`)
}
