import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseReportingPeriod } from '@zuil/core'
import {
  benchmarkOf,
  grantReaderAccess,
  openWarehouse,
  type Parameters,
  placesNow,
  publishedCells,
  publishedOnly,
  publishedReleases,
  READER_TABLES,
  readerAccess,
  referenceCells,
  type Warehouse,
} from '@zuil/warehouse'
import { drainPending, Session } from 'chdb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bindings } from '../../src/transports/parameters.ts'
import { temporaryFolder } from '../fresh-warehouse.ts'

const NO_PRIVILEGE = 497
const DATABASE = 'zuil'
const YEAR = parseReportingPeriod('2025')

/** A release that is published, and one whose cells stand there while it is not. */
async function fill(warehouse: Warehouse): Promise<void> {
  const release = (number: number, state: string) =>
    [number, '2026-01-15 00:00:00.000', state, 0, 'YEAR', '2025', 10, ['holders'], 1, 0, '{}', 1, 7n] as const
  await warehouse.append('releases', [release(1, 'PUBLISHED'), release(2, 'FAILED')])
  const cell = (number: number) => [number, 'holders', 'YEAR', '2025', 'all', '', [], 'people', 125, 'ok'] as const
  await warehouse.append('published_cells', [cell(1), cell(2), cell(3)])
}

/**
 * The engine in this process has no place for roles of its own, but takes users from a file, with grants and a condition on rows
 * (docs/publication.md): its only user gets those of the role.
 */
async function usersFile(folder: string): Promise<string> {
  const text = (value: string) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const grants = readerAccess(DATABASE)
    .filter((statement) => statement.startsWith('GRANT '))
    .map((statement) => `<query>${text(statement.replace(/ TO .*$/, ''))}</query>`)
  const [users, config] = [join(folder, 'users.xml'), join(folder, 'config.xml')]
  await writeFile(
    users,
    `<clickhouse><profiles><default/></profiles><quotas><default/></quotas><users><default><password></password>
<networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota><grants>${grants.join('')}</grants>
<databases><${DATABASE}><published_cells><filter>${text(publishedOnly(DATABASE))}</filter></published_cells></${DATABASE}></databases>
</default></users></clickhouse>`,
  )
  await writeFile(config, `<clickhouse><users_config>${users}</users_config></clickhouse>`)
  return config
}

describe('Whoever shows figures, with the grants of its role', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>
  let tables: readonly string[]
  let session: Session
  const reader: Pick<Warehouse, 'query'> = {
    async query<Row>(sql: string, parameters: Parameters) {
      const result = await session.queryAsync(bindings(parameters) + sql, { format: 'JSONEachRow' })
      return result
        .text()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Row) // what the SQL selects
    },
  }

  beforeAll(async () => {
    folder = await temporaryFolder()
    const path = join(folder.path, 'warehouse')
    const warehouse = await openWarehouse({ kind: 'embedded', path, memoryBytesMax: 1_500_000_000 })
    await warehouse.migrate()
    await fill(warehouse)
    const sql = 'SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY name'
    tables = (await warehouse.query<{ name: string }>(sql, {}, 'test')).map(({ name }) => name)
    await warehouse.close()
    session = new Session(path, { connectionArgs: [`--config-file=${await usersFile(folder.path)}`] })
    await session.queryAsync(`USE ${DATABASE}`)
  })

  afterAll(async () => {
    session?.close()
    await drainPending()
    await folder?.[Symbol.asyncDispose]()
  })

  test('reads all that pages and data API show', async () => {
    const [release] = await publishedReleases(reader)
    if (!release || !YEAR) throw new Error('The release of 2025 is there')
    const asked = { release: 1, cube: 'holders', columns: ['people'], dimensions: [], places: ['all'] }
    expect(await publishedCells(reader, asked)).toMatchObject([{ value: 125, status: 'ok' }])
    expect(await benchmarkOf(reader, { release, organizer: 'nobody' })).toEqual([])
    expect(await placesNow(reader)).toMatchObject({ organizers: [] })
    for (const id of ['inhabitants', 'increased-reimbursement'] as const)
      expect(await referenceCells(reader, id, { places: ['all'], period: YEAR })).toBeDefined()
  })

  test('is refused every other table there is, record keys and protecting cells among them', async () => {
    const others = tables.filter((table) => !(READER_TABLES as readonly string[]).includes(table))
    expect(others).toEqual(
      expect.arrayContaining(['transactions', 'holders', 'participations', 'record_keys', 'protecting_cells']),
    )
    for (const table of others)
      await expect(session.queryAsync(`SELECT count() FROM ${table}`), table).rejects.toMatchObject({
        clickhouseCode: NO_PRIVILEGE,
      })
  })

  test('does not see cells of a release that is not published, and writes nothing', async () => {
    expect(await reader.query('SELECT release FROM published_cells', {}, 'test')).toEqual([{ release: 1 }])
    await expect(session.queryAsync('TRUNCATE TABLE published_cells')).rejects.toMatchObject({ clickhouseCode: NO_PRIVILEGE })
    await expect(session.queryAsync('INSERT INTO releases (release) VALUES (9)')).rejects.toMatchObject({
      clickhouseCode: NO_PRIVILEGE,
    })
  })
})

describe('The role of a server', () => {
  test('gets its condition on rows before its first grant, and loses what it had', async () => {
    const statements: string[] = []
    const change = async (sql: string) => void statements.push(sql)
    await grantReaderAccess({ change }, 'figures')
    expect(statements).toEqual(readerAccess('figures'))
    const firstOf = (begin: string) => statements.findIndex((statement) => statement.startsWith(begin))
    expect(firstOf('CREATE ROLE')).toBe(0)
    expect(firstOf('CREATE ROW POLICY')).toBeLessThan(firstOf('REVOKE ALL'))
    expect(firstOf('REVOKE ALL')).toBeLessThan(firstOf('GRANT'))
  })

  test('is made by statements that can be carried out again', () => {
    for (const statement of readerAccess(DATABASE))
      expect(statement).toMatch(/^(CREATE ROLE IF NOT EXISTS|CREATE ROW POLICY OR REPLACE|REVOKE ALL ON|GRANT SELECT ON) /)
  })
})
