import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { WarehouseError } from './errors.ts'
import type { Transport } from './transports/transport.ts'
import type { MigrationReport } from './warehouse.ts'

const FOLDER = new URL('../migrations/', import.meta.url)

const FILE_NAME = /^\d{4}_[a-z_]+\.sql$/

/**
 * One line per statement that was carried out, written when all of its file were: an insert for each would take longer than all statements
 * of an empty warehouse together. After a stop between a statement and its line the file runs again from its beginning, so its statements
 * say IF NOT EXISTS.
 */
const LEDGER_SQL = `CREATE TABLE IF NOT EXISTS schema_ledger
(
    migration String,
    statement UInt16,
    checksum String,
    applied_at DateTime64(3, 'UTC') MATERIALIZED now64(3)
)
ENGINE = ReplacingMergeTree
ORDER BY (migration, statement)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`

interface Migration {
  readonly name: string
  readonly statements: readonly Statement[]
}

interface Statement {
  readonly sql: string
  readonly checksum: string
}

/**
 * Applies what is missing, so that a stop in the middle is no state of its own.
 * @throws {WarehouseError} CALL when an applied statement reads otherwise now, or its file is gone.
 */
export async function migrate(transport: Transport, options: { dryRun?: boolean; folder?: URL } = {}): Promise<MigrationReport> {
  const migrations = await readMigrations(options.folder ?? FOLDER)
  if (!options.dryRun) await transport.command(LEDGER_SQL)
  const ledger = await readLedger(transport)
  refuseUnknown(ledger, migrations)

  const applied: string[] = []
  const present: string[] = []
  for (const migration of migrations) {
    const missing = missingStatements(ledger, migration)
    if (missing.length === 0) present.push(migration.name)
    else applied.push(migration.name)
    if (options.dryRun) continue
    if (missing.length > 0) await apply(transport, migration, missing)
  }
  return { applied, present }
}

async function apply(transport: Transport, { name, statements }: Migration, missing: readonly number[]): Promise<void> {
  const lines: string[] = []
  for (const [index, { sql, checksum }] of statements.entries()) {
    if (!missing.includes(index)) continue
    await transport.command(sql)
    lines.push(`${JSON.stringify([name, index, checksum])}\n`)
  }
  await transport.insert('schema_ledger', Buffer.from(lines.join('')))
}

function missingStatements(ledger: Ledger, migration: Migration): number[] {
  const missing: number[] = []
  for (const [index, statement] of migration.statements.entries()) {
    const checksum = ledger.get(migration.name)?.get(index)
    if (checksum === undefined) missing.push(index)
    else if (checksum !== statement.checksum)
      throw new WarehouseError(
        'CALL',
        `Statement ${index + 1} of ${migration.name} was changed after it had been applied. Put it back and write a new migration.`,
      )
  }
  return missing
}

function refuseUnknown(ledger: Ledger, migrations: readonly Migration[]): void {
  for (const [name, statements] of ledger) {
    const count = migrations.find((migration) => migration.name === name)?.statements.length
    if (count === undefined)
      throw new WarehouseError('CALL', `${name} was applied to this warehouse and is not known here: the warehouse is newer.`)
    if (Math.max(...statements.keys()) >= count)
      throw new WarehouseError('CALL', `${name} had more statements when it was applied. Put them back.`)
  }
}

/** Migration → number of the statement → checksum. */
type Ledger = ReadonlyMap<string, ReadonlyMap<number, string>>

async function readLedger(transport: Transport): Promise<Ledger> {
  const text = await transport.read({ sql: LEDGER_ROWS_SQL, parameters: {}, origin: 'migrate', door: 'own' }).catch((error) => {
    // before the first migration there is no ledger, and a dry run does not make one
    if (error instanceof WarehouseError && error.code === UNKNOWN_TABLE) return ''
    throw error
  })
  const ledger = new Map<string, Map<number, string>>()
  for (const line of text.split('\n')) {
    if (line === '') continue
    const row = JSON.parse(line) as { migration: string; statement: number; checksum: string } // columns of LEDGER_ROWS_SQL
    const statements = ledger.get(row.migration) ?? new Map<number, string>()
    ledger.set(row.migration, statements.set(row.statement, row.checksum))
  }
  return ledger
}

const UNKNOWN_TABLE = 60

const LEDGER_ROWS_SQL = 'SELECT migration, statement, checksum FROM schema_ledger FINAL ORDER BY migration, statement'

async function readMigrations(folder: URL): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  const wrong = names.find((name) => !FILE_NAME.test(name))
  if (wrong) throw new WarehouseError('CALL', `${wrong} is no name for a migration: four digits, _, small letters, .sql`)
  return Promise.all(
    names.map(async (name) => ({ name, statements: splitStatements(await readFile(new URL(name, folder), 'utf8')) })),
  )
}

/** A statement ends with `;` at the end of a line. Comments of full lines do not count, so they may be improved. */
export function splitStatements(text: string): Statement[] {
  return text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('--'))
    .join('\n')
    .split(/;[ \t]*(?:\n|$)/)
    .map((sql) => sql.trim())
    .filter((sql) => sql !== '')
    .map((sql) => ({ sql, checksum: createHash('sha256').update(sql).digest('hex') }))
}
