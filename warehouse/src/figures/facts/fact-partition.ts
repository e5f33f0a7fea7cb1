import { WarehouseError } from '../../errors.ts'
import type { Parameters, Warehouse } from '../../warehouse.ts'

/** What building facts needs of the warehouse. */
export type FactsWarehouse = Pick<Warehouse, 'append' | 'change' | 'query' | 'stream'>

export type FactTable =
  | 'participations'
  | 'social_tariff_tickets'
  | 'redemptions'
  | 'holder_periods'
  | 'organizer_periods'
  | 'offer_periods'
  | 'point_flows'

/** Partitions of a table of facts that are built by one statement, and the rows that belong in them. */
export interface FactPartitions {
  readonly table: FactTable
  readonly partitions: readonly FactPartition[]
  /** Gives all their rows, in the columns of the table; the same rows each time. */
  readonly sql: string
  readonly parameters: Parameters
}

export interface FactPartition {
  /** As `ALTER TABLE` names it: a month `202511`, or `('YEAR', '2025')`. Never text from outside. */
  readonly name: string
  /** What it is built from, as a number that changes with it. */
  readonly origin: bigint
}

interface RowsContent {
  readonly rows: number
  readonly hash: string
}

/**
 * Builds partitions anew and exchanges each in one step, so that a reader sees the old rows or the new ones. The embedded engine may
 * acknowledge what it did not write: the rows are counted and hashed on their way in, where they were built, and where they stand.
 * Their origin is read once: check-ins arrive meanwhile, and late ones and voids in months that are long over.
 * @throws {WarehouseError} ROW when they are not the same; what was exchanged by then is not remembered, and so built again
 */
export async function buildPartitions(warehouse: FactsWarehouse, facts: FactPartitions): Promise<void> {
  const { table, partitions, sql, parameters } = facts
  const building = `${table}_building`
  const origin = `build ${table}`
  for (const emptied of [building, 'facts_told']) await warehouse.change(`TRUNCATE TABLE ${emptied}`, {}, origin)
  await warehouse.change(`INSERT INTO ${building} ${sql}`, parameters, origin)
  const told = await contentTold(warehouse, table)
  await expectContent(warehouse, told, { from: building, origin })
  for (const { name } of partitions) await exchange(warehouse, table, name)
  const values = partitions.map(({ name }) => partitionValue(name)).join(', ')
  const standing = `(SELECT * FROM ${table} WHERE _partition_value IN (${values}))`
  await expectContent(warehouse, told, { from: standing, origin })
  for (const { name, origin: from } of partitions) await rememberBuild(warehouse, { fact: table, part: name, origin: from })
}

async function exchange(warehouse: FactsWarehouse, table: FactTable, partition: string): Promise<void> {
  const building = `${table}_building`
  const origin = `build ${table}`
  const sql = `SELECT count() AS rows FROM ${building} WHERE _partition_value = ${partitionValue(partition)}`
  const [found] = await warehouse.query<{ rows: number }>(sql, {}, origin)
  // the engine refuses to replace by nothing
  const change = found && found.rows > 0 ? `REPLACE PARTITION ${partition} FROM ${building}` : `DROP PARTITION ${partition}`
  await warehouse.change(`ALTER TABLE ${table} ${change}`, {}, origin)
}

/** The value of a partition as the column `_partition_value` has it. */
function partitionValue(partition: string): string {
  return `tuple(${partition.replaceAll(/[()]/g, '')})`
}

/** Keeps what a partition was built from. */
export async function rememberBuild(
  warehouse: Pick<Warehouse, 'change'>,
  build: { readonly fact: string; readonly part: string; readonly origin: bigint },
): Promise<void> {
  await warehouse.change(
    'INSERT INTO fact_builds (fact, part, origin) SELECT {fact:String}, {part:String}, {origin:UInt64}',
    { ...build },
    `build ${build.fact}`,
  )
}

/** Of the blocks that went into the table in which facts are built. */
async function contentTold(warehouse: FactsWarehouse, table: FactTable): Promise<RowsContent> {
  const sql = 'SELECT sum(rows) AS rows, toString(sum(hash)) AS hash FROM facts_told WHERE fact = {table:String}'
  return await contentBy(warehouse, { sql, parameters: { table }, origin: `build ${table}` })
}

interface ContentPlace {
  readonly from: string
  readonly origin: string
}

async function expectContent(warehouse: FactsWarehouse, told: RowsContent, { from, origin }: ContentPlace): Promise<void> {
  // by the text of the rows, as the views `…_told` have it
  const sql = `SELECT count() AS rows, toString(sum(cityHash64(formatRowNoNewline('JSONCompactEachRow', *)))) AS hash FROM ${from}`
  const found = await contentBy(warehouse, { sql, parameters: {}, origin })
  if (found.rows === told.rows && found.hash === told.hash) return
  const difference = `${found.rows} rows with hash ${found.hash} instead of ${told.rows} with ${told.hash}`
  throw new WarehouseError('ROW', `${origin}: ${difference}. Build it again.`)
}

interface ContentQuery {
  readonly sql: string
  readonly parameters: Parameters
  readonly origin: string
}

async function contentBy(warehouse: FactsWarehouse, { sql, parameters, origin }: ContentQuery): Promise<RowsContent> {
  for await (const [row] of warehouse.stream<RowsContent>(sql, parameters, origin)) if (row) return row
  throw new WarehouseError('ROW', `${origin}: no content was given`)
}
