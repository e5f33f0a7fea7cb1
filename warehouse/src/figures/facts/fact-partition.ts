import { WarehouseError } from '../../errors.ts'
import type { Parameters, Warehouse } from '../../warehouse.ts'

/** What building facts needs of the warehouse. */
export type FactsWarehouse = Pick<Warehouse, 'append' | 'change' | 'query' | 'stream'>

export type FactTable = 'participations' | 'holder_periods' | 'organizer_periods' | 'point_flows'

/** One partition of a table of facts, and the rows that belong in it. */
export interface FactPartition {
  readonly table: FactTable
  /** As `ALTER TABLE` names it: a month `202511`, or `('YEAR', '2025')`. Never text from outside. */
  readonly partition: string
  /** Gives all its rows, in the columns of the table; the same rows each time. */
  readonly sql: string
  readonly parameters: Parameters
  /** What it is built from, as a number that changes with it. */
  readonly origin: bigint
}

interface RowsContent {
  readonly rows: number
  readonly hash: string
}

/**
 * Builds a partition anew and exchanges it in one step, so that a reader sees the old rows or the new ones. The embedded engine may
 * acknowledge what it did not write: the rows are counted and hashed once more from their origin, where they were built, and
 * where they stand.
 * @returns the number of rows
 * @throws {WarehouseError} ROW when they are not the same; the old rows then still stand, or the build is not remembered
 */
export async function buildPartition(warehouse: FactsWarehouse, fact: FactPartition): Promise<number> {
  const { table, partition, sql, parameters } = fact
  const building = `${table}_building`
  const origin = `build ${table}`
  await warehouse.change(`TRUNCATE TABLE ${building}`, {}, origin)
  await warehouse.change(`INSERT INTO ${building} ${sql}`, parameters, origin)
  const wanted = await contentOf(warehouse, { from: `(${sql})`, parameters, origin })
  await expectContent(warehouse, wanted, { from: building, parameters: {}, origin })
  // the engine refuses to replace by nothing
  const exchange = wanted.rows > 0 ? `REPLACE PARTITION ${partition} FROM ${building}` : `DROP PARTITION ${partition}`
  await warehouse.change(`ALTER TABLE ${table} ${exchange}`, {}, origin)
  const standing = `(SELECT * FROM ${table} WHERE _partition_value = tuple(${partition.replaceAll(/[()]/g, '')}))`
  await expectContent(warehouse, wanted, { from: standing, parameters: {}, origin })
  await rememberBuild(warehouse, {
    fact: table,
    part: partition,
    origin: fact.origin,
    rows: wanted.rows,
    hash: BigInt(wanted.hash),
  })
  return wanted.rows
}

/** Keeps what a partition was built from. */
export async function rememberBuild(
  warehouse: Pick<Warehouse, 'change'>,
  build: { readonly fact: string; readonly part: string; readonly origin: bigint; readonly rows: number; readonly hash: bigint },
): Promise<void> {
  await warehouse.change(
    `INSERT INTO fact_builds (fact, part, origin, rows, hash)
SELECT {fact:String}, {part:String}, {origin:UInt64}, {rows:UInt64}, {hash:UInt64}`,
    { ...build },
    `build ${build.fact}`,
  )
}

interface ContentPlace {
  readonly from: string
  readonly parameters: Parameters
  readonly origin: string
}

async function expectContent(warehouse: FactsWarehouse, wanted: RowsContent, place: ContentPlace): Promise<void> {
  const found = await contentOf(warehouse, place)
  if (found.rows === wanted.rows && found.hash === wanted.hash) return
  const difference = `${found.rows} rows with hash ${found.hash} instead of ${wanted.rows} with ${wanted.hash}`
  throw new WarehouseError('ROW', `${place.origin}: ${difference}. Build it again.`)
}

/** By the text of the rows, which is the same whatever types their values had on the way. */
async function contentOf(warehouse: FactsWarehouse, { from, parameters, origin }: ContentPlace): Promise<RowsContent> {
  const sql = `SELECT count() AS rows, toString(sum(cityHash64(formatRowNoNewline('JSONCompactEachRow', *)))) AS hash FROM ${from}`
  for await (const [row] of warehouse.stream<RowsContent>(sql, parameters, origin)) if (row) return row
  throw new WarehouseError('ROW', `${origin}: no content was given`)
}
