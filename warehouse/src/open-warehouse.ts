import { type CompactRows, compactRows, compactValues } from './compact-row.ts'
import { contentSql, survivorsSql } from './content.ts'
import { WarehouseError } from './errors.ts'
import { migrate } from './migrate.ts'
import type { NativeRows } from './native-rows.ts'
import type { TableName } from './tables.ts'
import type { EmbeddedOptions } from './transports/embedded.ts'
import type { ServerOptions } from './transports/server.ts'
import type { ReadRequest, Transport } from './transports/transport.ts'
import {
  type Content,
  type DamagedPart,
  INSERT_ROWS_MAX,
  type MigrationReport,
  type Parameters,
  type Place,
  type RowValue,
  type Span,
  type TableStorage,
  type Warehouse,
} from './warehouse.ts'

export type WarehouseLocation = ({ readonly kind: 'embedded' } & EmbeddedOptions) | ({ readonly kind: 'server' } & ServerOptions)

/**
 * Opens the warehouse; {@link Warehouse.migrate} makes its tables.
 * @throws {WarehouseError} FOLDER when another process owns the folder, UNREACHABLE when the server does not answer.
 */
export async function openWarehouse(location: WarehouseLocation): Promise<Warehouse> {
  return new OpenedWarehouse(await openTransport(location))
}

/**
 * The engine is loaded where it is opened and nowhere else: a thread that only wants to know what a cube is, and loaded it beside, was
 * seen to take the engine of the whole process with it when it ended.
 */
async function openTransport(location: WarehouseLocation): Promise<Transport> {
  if (location.kind === 'embedded') return await (await import('./transports/embedded.ts')).openEmbedded(location)
  return await (await import('./transports/server.ts')).openServer(location)
}

class OpenedWarehouse implements Warehouse {
  readonly kind: Warehouse['kind']
  readonly #transport: Transport
  readonly #underWay = new Set<Promise<unknown>>()
  #closed = false

  constructor(transport: Transport) {
    this.kind = transport.kind
    this.#transport = transport
  }

  async migrate(options?: { dryRun?: boolean }): Promise<MigrationReport> {
    return await this.#track(migrate(this.#open(), options))
  }

  async insert(table: TableName, rows: readonly string[] | NativeRows): Promise<void> {
    const count = 'body' in rows ? rows.rows : rows.length
    if (count === 0) return
    if (count > INSERT_ROWS_MAX) throw new WarehouseError('CALL', `An insert takes at most ${INSERT_ROWS_MAX} rows, not ${count}`)
    const transport = this.#open()
    await this.#track(
      'body' in rows ? transport.insertNative(table, rows.body) : transport.insert(table, compactRows(table, rows).body),
    )
  }

  async contentByRange(table: TableName, span: Span): Promise<Map<number, Content>> {
    return await this.#contents(contentSql(table), { ...span }, `content ${table}`)
  }

  async content(table: TableName, place: Place): Promise<Content> {
    const contents = await this.contentByRange(table, { lane: place.lane, from: place.range, to: place.range })
    return contents.get(place.range) ?? { rows: 0, hash: 0n }
  }

  async contentOfSurvivors(table: TableName, span: Span): Promise<Map<number, Content>> {
    return await this.#contents(survivorsSql(table), { ...span }, `survivors ${table}`)
  }

  async removeRange(table: TableName, place: Place): Promise<void> {
    // both are checked to be integers, so they can stand in the text: mutations take no parameters
    const [lane, range] = [wholeNumber(place.lane), wholeNumber(place.range)]
    await this.#command(`ALTER TABLE ${table} DELETE WHERE lane = ${lane} AND range = ${range} SETTINGS mutations_sync = 2`)
  }

  async truncate(table: TableName): Promise<void> {
    await this.#command(`TRUNCATE TABLE ${table}`)
  }

  async change(sql: string, parameters: Parameters, origin: string): Promise<void> {
    await this.#track(this.#open().command(sql, { parameters, origin }))
  }

  async append(table: string, values: readonly (readonly RowValue[])[] | CompactRows): Promise<void> {
    const { rows, body } = 'body' in values ? values : compactValues(values)
    if (rows === 0) return
    if (rows > INSERT_ROWS_MAX) throw new WarehouseError('CALL', `An insert takes at most ${INSERT_ROWS_MAX} rows, not ${rows}`)
    await this.#track(this.#open().insert(table, body))
  }

  async cancel(origin: string): Promise<void> {
    await this.#track(this.#open().cancel(origin))
  }

  async query<Row>(sql: string, parameters: Parameters, origin: string): Promise<Row[]> {
    return parseRows<Row>(await this.#read({ sql, parameters, origin, door: 'page' }))
  }

  async *stream<Row>(sql: string, parameters: Parameters, origin: string): AsyncIterable<Row[]> {
    for await (const text of this.lines(sql, parameters, origin)) {
      const rows = parseRows<Row>(text)
      if (rows.length > 0) yield rows
    }
  }

  lines(sql: string, parameters: Parameters, origin: string): AsyncIterable<string> {
    return this.#open().stream({ sql, parameters, origin, door: 'own' })
  }

  async checkTable(table: TableName): Promise<readonly DamagedPart[]> {
    const rows = await this.#own<{ part_path: string; is_passed: number; message: string }>(
      `CHECK TABLE ${table}`,
      {},
      `check ${table}`,
    )
    return rows.filter((row) => row.is_passed !== 1).map((row) => ({ part: row.part_path, reason: row.message }))
  }

  async setDamagedAside(table: TableName): Promise<readonly DamagedPart[]> {
    const damaged = await this.checkTable(table)
    for (const { part } of damaged) await this.#command(`ALTER TABLE ${table} DETACH PART '${partName(part)}'`)
    return damaged
  }

  async freeBytes(): Promise<number> {
    const transport = this.#open()
    if (transport.freeBytes) return await transport.freeBytes()
    const rows = await this.#own<{ free: number }>('SELECT min(free_space) AS free FROM system.disks', {}, 'free bytes')
    return rows[0]?.free ?? 0
  }

  async stopMerges(): Promise<void> {
    await this.#command('SYSTEM STOP MERGES')
  }

  async startMerges(): Promise<void> {
    await this.#command('SYSTEM START MERGES')
  }

  async mergeMonth(month: number): Promise<void> {
    await this.#command(`OPTIMIZE TABLE transactions PARTITION ${wholeNumber(month)} FINAL`)
  }

  async storage(): Promise<readonly TableStorage[]> {
    return await this.#own<TableStorage>(STORAGE_SQL, {}, 'storage')
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await Promise.allSettled(this.#underWay)
    await this.#transport.close()
  }

  async largestPartitionBytes(): Promise<number> {
    const rows = await this.#own<{ bytes: number }>(LARGEST_PARTITION_SQL, {}, 'largest partition')
    return rows[0]?.bytes ?? 0
  }

  async #contents(sql: string, parameters: Parameters, origin: string): Promise<Map<number, Content>> {
    const rows = await this.#own<{ range: number; rows: number; hash: string }>(sql, parameters, origin)
    return new Map(rows.map((row) => [row.range, { rows: row.rows, hash: BigInt(row.hash) }]))
  }

  async #own<Row>(sql: string, parameters: Parameters, origin: string): Promise<Row[]> {
    return parseRows<Row>(await this.#read({ sql, parameters, origin, door: 'own' }))
  }

  #read(request: ReadRequest): Promise<string> {
    return this.#track(this.#open().read(request))
  }

  #command(sql: string): Promise<void> {
    return this.#track(this.#open().command(sql))
  }

  #open(): Transport {
    if (this.#closed) throw new WarehouseError('CLOSED', 'The warehouse is closed')
    return this.#transport
  }

  async #track<Result>(work: Promise<Result>): Promise<Result> {
    this.#underWay.add(work)
    try {
      return await work
    } finally {
      this.#underWay.delete(work)
    }
  }
}

const STORAGE_SQL = `SELECT table, sum(rows) AS rows, sum(bytes_on_disk) AS bytes, count() AS parts
FROM system.parts
WHERE active AND database = currentDatabase()
GROUP BY table
ORDER BY table`

const LARGEST_PARTITION_SQL = `SELECT sum(bytes_on_disk) AS bytes
FROM system.parts
WHERE active AND database = currentDatabase()
GROUP BY table, partition
ORDER BY bytes DESC
LIMIT 1`

/** `as` holds where a row is what its SQL selects: the golden tests of the queries hold both sides together. */
function parseRows<Row>(text: string): Row[] {
  // line ends inside values are escaped, so each one that stands there ends a row; one call takes half the time of one for each row
  return JSON.parse(`[${text.trim().replaceAll(/\n+/g, ',')}]`) as Row[]
}

/** Names that the engine gives to parts; checked, because a part's name is no parameter. */
function partName(name: string): string {
  if (/^[0-9a-z_]+$/.test(name)) return name
  throw new WarehouseError('CALL', `"${name}" is no name of a part`)
}

function wholeNumber(value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw new WarehouseError('CALL', `${value} is not a whole number`)
}
