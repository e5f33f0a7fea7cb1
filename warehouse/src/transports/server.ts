import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { WarehouseError } from '../errors.ts'
import { Pool } from '../pool.ts'
import { READS_AT_ONCE, READS_WAITING_MAX } from '../warehouse.ts'
import { assertParameters } from './parameters.ts'
import {
  type CommandOptions,
  INSERT_SETTINGS,
  OWN_LIMITS,
  PAGE_LIMITS,
  type ReadRequest,
  SESSION_SETTINGS,
  SPILL_SETTINGS,
  type Transport,
} from './transport.ts'

export interface ServerOptions {
  /** `http(s)://user:password@host:8123`. */
  readonly url: string
  readonly database: string
  /** The account may read only: the database is there, or nothing works. */
  readonly isReader?: boolean
  /** How long the server may say nothing while it works for us. */
  readonly silenceMs?: number
}

/** Above the engine's own limit of a page (10 s), below the patience of whoever asked. */
const REQUEST_TIMEOUT_MS = 30_000

/**
 * A connection on which nothing moves for this long is given up, whatever the statement: a server at work sends a header of progress
 * every 20 s, for as long as it may take. With the ten minutes that a statement may take, one that a silent server never answers
 * would hold up all loading for as long.
 */
const OWN_SILENCE_MS = 90_000
const PROGRESS_MS = 20_000

/** Below the keep-alive of a ClickHouse server (10 s by default), so that no request meets a closing socket. */
const IDLE_SOCKET_MS = 2_500

/** A database's name stands in SQL text, so it is checked instead of quoted. */
const DATABASE_NAME = /^[a-z_][a-z0-9_]{0,63}$/

/** A ClickHouse server over HTTP. */
export async function openServer(options: ServerOptions): Promise<Transport> {
  const { url, database, isReader = false, silenceMs = OWN_SILENCE_MS } = options
  if (!DATABASE_NAME.test(database))
    throw new WarehouseError('CALL', `"${database}" is no name for a database: small letters, digits and _`)
  const connect = (timeoutMs: number, name?: string) =>
    createClient({
      url,
      ...(name ? { database: name } : {}),
      request_timeout: timeoutMs,
      keep_alive: { idle_socket_ttl: IDLE_SOCKET_MS },
      max_open_connections: READS_AT_ONCE + 2,
      application: 'zuil',
      // every failure reaches the caller as an error, who knows whether it matters
      log: { level: ClickHouseLogLevel.OFF },
      // headers that trickle keep a proxy from closing a connection on which a long statement runs
      clickhouse_settings: { send_progress_in_http_headers: 1, http_headers_progress_interval_ms: String(PROGRESS_MS) },
    })
  const first = connect(REQUEST_TIMEOUT_MS)
  try {
    await first.command({ query: isReader ? 'SELECT 1' : `CREATE DATABASE IF NOT EXISTS ${database}` }).catch(rethrow)
  } finally {
    await first.close()
  }
  return new ServerTransport(connect(REQUEST_TIMEOUT_MS, database), connect(silenceMs, database))
}

class ServerTransport implements Transport {
  readonly kind = 'server'
  readonly #clients: Readonly<Record<ReadRequest['door'], ClickHouseClient>>
  readonly #pools: Readonly<Record<ReadRequest['door'], Pool<ClickHouseClient>>>

  constructor(page: ClickHouseClient, own: ClickHouseClient) {
    this.#clients = { page, own }
    const slots = (client: ClickHouseClient) => new Pool(new Array(READS_AT_ONCE).fill(client), READS_WAITING_MAX)
    this.#pools = { page: slots(page), own: slots(own) }
  }

  async command(sql: string, options: Partial<CommandOptions> = {}): Promise<void> {
    const { parameters = {}, origin = '' } = options
    assertParameters(sql, parameters)
    const settings = { clickhouse_settings: { ...SESSION_SETTINGS, ...SPILL_SETTINGS, log_comment: origin } }
    await this.#clients.own.command({ query: sql, query_params: parameters, ...settings }).catch(rethrow)
  }

  async insert(table: string, rows: Uint8Array): Promise<void> {
    await this.#insert(table, 'JSONCompactEachRow', rows)
  }

  async insertNative(table: string, blocks: Uint8Array): Promise<void> {
    await this.#insert(table, 'Native', blocks)
  }

  /** exec sends the bytes as they are; the client's insert takes objects or rows only, and would format them again. */
  async #insert(table: string, format: string, bytes: Uint8Array): Promise<void> {
    const { stream } = await this.#clients.own
      .exec({
        query: `INSERT INTO ${table} FORMAT ${format}`,
        values: Readable.from([bytes], { objectMode: false }),
        clickhouse_settings: INSERT_SETTINGS,
      })
      .catch(rethrow)
    await finished(stream.resume()).catch(rethrow)
  }

  async read(request: ReadRequest): Promise<string> {
    assertParameters(request.sql, request.parameters)
    return await this.#pools[request.door].use(async (client) => {
      const result = await client.query(queryOf(request)).catch(rethrow)
      return await result.text().catch(rethrow)
    })
  }

  async *stream(request: ReadRequest): AsyncIterable<string> {
    assertParameters(request.sql, request.parameters)
    const pool = this.#pools[request.door]
    const client = await pool.take()
    try {
      const result = await client.query(queryOf(request))
      for await (const rows of result.stream()) yield rows.map((row) => row.text).join('\n')
    } catch (error) {
      rethrow(error)
    } finally {
      pool.give(client)
    }
  }

  async cancel(origin: string): Promise<void> {
    const query = "KILL QUERY WHERE startsWith(Settings['log_comment'], {origin:String}) ASYNC"
    await this.#clients.own.command({ query, query_params: { origin } }).catch(rethrow)
  }

  async close(): Promise<void> {
    await Promise.all([this.#clients.page.close(), this.#clients.own.close()])
  }
}

function queryOf(request: ReadRequest) {
  return {
    query: request.sql,
    query_params: request.parameters,
    format: 'JSONEachRow' as const,
    clickhouse_settings: {
      ...SESSION_SETTINGS,
      ...(request.door === 'page' ? PAGE_LIMITS : OWN_LIMITS),
      readonly: '1',
      log_comment: request.origin,
    },
  }
}

/** What is no answer of ClickHouse is a broken or missing connection: the call may or may not have been carried out. */
function rethrow(error: unknown): never {
  if (error instanceof WarehouseError) throw error
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof ClickHouseError) throw new WarehouseError(Number(error.code), message, { cause: error })
  throw new WarehouseError('UNREACHABLE', `The ClickHouse server did not answer: ${message}`, { cause: error })
}
