import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { TABLE_NAMES, TABLES } from '@zuil/warehouse'
import { describe, expect, it } from 'vitest'
import { migrate, splitStatements } from '../src/migrate.ts'
import { openEmbedded } from '../src/transports/embedded.ts'
import type { Transport } from '../src/transports/transport.ts'
import { temporaryFolder } from './fresh-warehouse.ts'

const MIGRATIONS = new URL('../migrations/', import.meta.url)

describe('Migrations', () => {
  it('make the columns that the row text of core has, in its order', async () => {
    await using place = await emptyEngine()
    await migrate(place.transport)
    const columns = await columnsByTable(place.transport)
    for (const table of TABLE_NAMES) {
      expect([table, columns.get(table)]).toEqual([table, TABLES[table].map(({ name, type }) => `${name} ${type}`)])
    }
  })

  it('keep every time in UTC', async () => {
    await using place = await emptyEngine()
    await migrate(place.transport)
    const columns = [...(await columnsByTable(place.transport)).values()].flat()
    expect(columns.filter((column) => column.includes('DateTime') && !column.includes("'UTC'"))).toEqual([])
  })

  it('end in the same schema wherever they were stopped before', async () => {
    const expected = await schemaAfter(async (transport) => void (await migrate(transport)))
    const statements = (await statementsByFile()).flat().length
    for (const stopAfter of [1, 2, Math.floor(statements / 2), statements - 1]) {
      const schema = await schemaAfter(async (transport) => {
        await expect(migrate(stoppingAfter(transport, stopAfter))).rejects.toThrow('stopped here')
        await migrate(transport)
      })
      expect(schema).toEqual(expected)
    }
  })

  it('can carry out every file again from its beginning, wherever in it they were stopped', async () => {
    await using place = await emptyEngine()
    for (const statements of await statementsByFile()) {
      for (const [index, sql] of statements.entries()) {
        await place.transport.command(sql)
        for (const again of statements.slice(0, index + 1)) await place.transport.command(again)
      }
    }
  })

  it('only report in a dry run', async () => {
    await using place = await emptyEngine()
    const names = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort()
    expect(await migrate(place.transport, { dryRun: true })).toEqual({ applied: names, present: [] })
    expect(await columnsByTable(place.transport)).toEqual(new Map())
    await migrate(place.transport)
    expect(await migrate(place.transport, { dryRun: true })).toEqual({ applied: [], present: names })
  })

  it('refuse a file that was changed after it had been applied, and say which statement', async () => {
    await using place = await emptyEngine()
    await using copy = await copyOfMigrations()
    await migrate(place.transport, { folder: copy.url })
    await copy.edit('0002_refusals.sql', (text) => text.replace('times UInt32', 'times UInt64'))
    await expect(migrate(place.transport, { folder: copy.url })).rejects.toMatchObject({
      code: 'CALL',
      message: expect.stringContaining('Statement 1 of 0002_refusals.sql was changed'),
    })
  })

  it('take a better comment for no change', async () => {
    await using place = await emptyEngine()
    await using copy = await copyOfMigrations()
    await migrate(place.transport, { folder: copy.url })
    await copy.edit('0002_refusals.sql', (text) => `-- one more line\n${text}`)
    expect((await migrate(place.transport, { folder: copy.url })).applied).toEqual([])
  })

  it('refuse a warehouse that a newer version has migrated', async () => {
    await using place = await emptyEngine()
    await using copy = await copyOfMigrations()
    await copy.edit('9999_later.sql', () => 'CREATE TABLE IF NOT EXISTS later (a UInt8) ENGINE = Memory;\n')
    await migrate(place.transport, { folder: copy.url })
    await expect(migrate(place.transport)).rejects.toMatchObject({ message: expect.stringContaining('the warehouse is newer') })
  })

  it('split at a semicolon that ends a line, and nowhere else', () => {
    const statements = splitStatements("-- a;\nSELECT ';' AS a,\n  1;\n\nSELECT 2; -- no\nSELECT 3;")
    expect(statements.map(({ sql }) => sql)).toEqual(["SELECT ';' AS a,\n  1", 'SELECT 2; -- no\nSELECT 3'])
  })
})

async function emptyEngine(): Promise<{ transport: Transport } & AsyncDisposable> {
  const folder = await temporaryFolder()
  const transport = await openEmbedded({ path: folder.path, memoryBytesMax: 1_000_000_000 })
  return {
    transport,
    async [Symbol.asyncDispose]() {
      await transport.close()
      await folder[Symbol.asyncDispose]()
    },
  }
}

async function schemaAfter(work: (transport: Transport) => Promise<void>): Promise<string[]> {
  await using place = await emptyEngine()
  await work(place.transport)
  const sql = 'SELECT create_table_query AS sql FROM system.tables WHERE database = currentDatabase() ORDER BY name'
  return (await rows<{ sql: string }>(place.transport, sql)).map((row) => row.sql)
}

/** As a process that dies: the statement is carried out, and nothing after it. */
function stoppingAfter(transport: Transport, statements: number): Transport {
  // the ledger itself is made first
  let left = statements + 1
  return {
    kind: transport.kind,
    async command(sql) {
      if (--left < 0) throw new Error('stopped here')
      await transport.command(sql)
    },
    read: (request) => transport.read(request),
    stream: (request) => transport.stream(request),
    cancel: (origin) => transport.cancel(origin),
    close: () => transport.close(),
    insertNative: (table, blocks) => transport.insertNative(table, blocks),
    insert: (table, body) => transport.insert(table, body),
  }
}

async function statementsByFile(): Promise<string[][]> {
  const names = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort()
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, MIGRATIONS), 'utf8')))
  return texts.map((text) => splitStatements(text).map(({ sql }) => sql))
}

async function copyOfMigrations() {
  const folder = await temporaryFolder()
  await cp(MIGRATIONS, folder.path, { recursive: true })
  const url = pathToFileURL(`${folder.path}/`)
  return {
    url,
    async edit(name: string, change: (text: string) => string) {
      const text = await readFile(new URL(name, url), 'utf8').catch(() => '')
      await writeFile(new URL(name, url), change(text))
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

async function columnsByTable(transport: Transport): Promise<Map<string, string[]>> {
  const sql = `SELECT table, groupArray(name || ' ' || type) AS columns
FROM (SELECT table, name, type FROM system.columns WHERE database = currentDatabase() ORDER BY table, position)
GROUP BY table`
  return new Map((await rows<{ table: string; columns: string[] }>(transport, sql)).map((row) => [row.table, row.columns]))
}

async function rows<Row>(transport: Transport, sql: string): Promise<Row[]> {
  const text = await transport.read({ sql, parameters: {}, origin: 'test', door: 'own' })
  // rows of the SQL beside it
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]))
}
