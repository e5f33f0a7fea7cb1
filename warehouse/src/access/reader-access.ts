import type { Warehouse } from '../warehouse.ts'

/** Role of a ClickHouse server for whoever shows figures: pages, data API, exports. */
export const READER_ROLE = 'zuil_reader'

/** What the role reads: releases and their cells, the benchmark that is made of them, and names and counts that are open data. No persons. */
export const READER_TABLES = [
  'releases',
  'published_cells',
  'benchmark_groups',
  'benchmark_quartiles',
  'municipalities',
  'municipalities_now',
  'card_systems',
  'card_systems_now',
  'organizers',
  'organizers_now',
  'events',
  'events_now',
  'rewards',
  'rewards_now',
  'region_municipalities',
  'merged_municipalities',
  'inhabitants',
  'increased_reimbursement',
] as const

/**
 * Rows of `published_cells` that the role sees: those of releases that are published. Cells stand there a moment before their release
 * does, while they are read back.
 */
export function publishedOnly(database: string): string {
  return `release IN (SELECT release FROM ${database}.releases WHERE state = 'PUBLISHED')`
}

/**
 * Statements that give the role what it reads and nothing else; carried out again they change nothing, and take away what an older
 * version granted. A table with a policy for one role shows nothing to others on servers that are set so, hence the second one.
 */
export function readerAccess(database: string): readonly string[] {
  const policy = (name: string, condition: string, who: string) =>
    `CREATE ROW POLICY OR REPLACE ${name} ON ${database}.published_cells FOR SELECT USING ${condition} TO ${who}`
  return [
    `CREATE ROLE IF NOT EXISTS ${READER_ROLE}`,
    // the policy first: no moment at which the role reads cells without it
    policy('zuil_published_only', publishedOnly(database), READER_ROLE),
    policy('zuil_everything', '1', `ALL EXCEPT ${READER_ROLE}`),
    `REVOKE ALL ON ${database}.* FROM ${READER_ROLE}`,
    ...READER_TABLES.map((table) => `GRANT SELECT ON ${database}.${table} TO ${READER_ROLE}`),
  ]
}

/** Makes the role on a server, or brings it up to date. Returns what was carried out. @throws {WarehouseError} */
export async function grantReaderAccess(warehouse: Pick<Warehouse, 'change'>, database: string): Promise<readonly string[]> {
  const statements = readerAccess(database)
  for (const statement of statements) await warehouse.change(statement, {}, 'access')
  return statements
}
