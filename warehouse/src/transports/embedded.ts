import { mkdirSync, readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { drainPending, Session } from 'chdb'
import { WarehouseError } from '../errors.ts'
import { Pool } from '../pool.ts'
import { READS_AT_ONCE, READS_WAITING_MAX } from '../warehouse.ts'
import { assertParameters, bindings } from './parameters.ts'
import { INSERT_SETTINGS, OWN_LIMITS, PAGE_LIMITS, type ReadRequest, SESSION_SETTINGS, type Transport } from './transport.ts'

type Settings = Readonly<Record<string, string | number>>

export interface EmbeddedOptions {
  /** Folder of the engine; made when it is missing. One process at a time, and one folder per process. */
  readonly path: string
  /** Memory of the whole engine. Its own default is 90 % of the machine, which would starve Redis. */
  readonly memoryBytesMax?: number
}

const MEMORY_BYTES_MAX = 3 * 1024 ** 3

const DATABASE = 'zuil'

/**
 * chDB in this process. A session runs one query at a time, sessions run in parallel: one writes, the others can only
 * read, which nothing said in SQL can undo. The synchronous query is never used: it stops the event loop.
 *
 * `createChdbConnection` of chdb/connection is not used: it cannot make a read-only session or set the engine's memory,
 * binds parameters one query at a time for the whole process, and turns every insert into one string.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Transport> {
  const path = resolve(options.path)
  makeFolder(path)
  const memory = `--max_server_memory_usage=${options.memoryBytesMax ?? MEMORY_BYTES_MAX}`
  const opened: Session[] = []
  const open = (settings: Settings) => {
    const session = openSession(path, [memory, ...argumentsOf(SESSION_SETTINGS), ...argumentsOf(settings)])
    opened.push(session)
    return session
  }
  try {
    const writer = open({})
    await run(writer, `CREATE DATABASE IF NOT EXISTS ${DATABASE}`)
    const readers = (limits: Settings) => Array.from({ length: READS_AT_ONCE }, () => open({ readonly: '1', ...limits }))
    const pools = { page: readers(PAGE_LIMITS), own: readers(OWN_LIMITS) }
    for (const session of opened) await run(session, `USE ${DATABASE}`)
    return new EmbeddedTransport(path, writer, pools)
  } catch (error) {
    for (const session of opened) session.close()
    await drainPending()
    throw error
  }
}

class EmbeddedTransport implements Transport {
  readonly kind = 'embedded'
  readonly #path: string
  readonly #writer: Pool<Session>
  readonly #readers: Readonly<Record<ReadRequest['door'], Pool<Session>>>
  readonly #sessions: readonly Session[]

  constructor(path: string, writer: Session, readers: Readonly<Record<ReadRequest['door'], readonly Session[]>>) {
    this.#path = path
    this.#writer = new Pool([writer], READS_WAITING_MAX)
    this.#readers = {
      page: new Pool(readers.page, READS_WAITING_MAX),
      own: new Pool(readers.own, READS_WAITING_MAX),
    }
    this.#sessions = [writer, ...readers.page, ...readers.own]
  }

  async command(sql: string): Promise<void> {
    await this.#writer.use((session) => run(session, sql))
  }

  async insert(table: string, rows: Buffer): Promise<void> {
    const format = 'JSONCompactEachRow'
    await this.#writer.use((session) => session.insert({ table, values: rows, format, settings: INSERT_SETTINGS }).catch(rethrow))
  }

  async read(request: ReadRequest): Promise<string> {
    assertParameters(request.sql, request.parameters)
    return await this.#readers[request.door].use((session) => run(session, statement(request)))
  }

  async *stream(request: ReadRequest): AsyncIterable<string> {
    assertParameters(request.sql, request.parameters)
    const pool = this.#readers[request.door]
    const session = await pool.take()
    try {
      const binding = bindings(request.parameters)
      if (binding) await run(session, binding)
      for await (const chunk of session.queryStream(commented(request), { format: 'JSONEachRow' })) yield chunk.text()
    } catch (error) {
      rethrow(error)
    } finally {
      pool.give(session)
    }
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#path)
    return bavail * bsize
  }

  async close(): Promise<void> {
    await drainPending()
    for (const session of this.#sessions) session.close()
    await drainPending()
  }
}

async function run(session: Session, sql: string): Promise<string> {
  const result = await session.queryAsync(sql, { format: 'JSONEachRow' }).catch(rethrow)
  return result.text()
}

function statement(request: ReadRequest): string {
  return bindings(request.parameters) + commented(request)
}

/** A read-only session refuses log_comment with every other setting, so the origin leads the text instead. */
function commented(request: ReadRequest): string {
  return `/* ${request.origin.replaceAll('*', '')} */ ${request.sql}`
}

function argumentsOf(settings: Settings): string[] {
  return Object.entries(settings).map(([name, value]) => `--${name}=${value}`)
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true })
  } catch (cause) {
    throw new WarehouseError('FOLDER', `The warehouse folder ${path} cannot be made: ${reasonOf(cause)}`, { cause })
  }
}

function openSession(path: string, connectionArgs: readonly string[]): Session {
  try {
    return new Session(path, { connectionArgs })
  } catch (cause) {
    const owner = ownerOf(path)
    const reason = owner
      ? `The warehouse folder ${path} is in use by process ${owner}. Stop it first: one process at a time can own the folder.`
      : `The warehouse folder ${path} cannot be opened: ${reasonOf(cause)}`
    throw new WarehouseError('FOLDER', reason, { cause })
  }
}

/** Process id in the engine's lock file, when that process lives and is not this one. */
function ownerOf(path: string): number | undefined {
  try {
    const owner = Number(/PID: (\d+)/.exec(readFileSync(join(path, 'status'), 'utf8'))?.[1])
    if (!(owner > 0) || owner === process.pid) return undefined
    process.kill(owner, 0)
    return owner
  } catch {
    // no lock file, or nobody by that id: then the reason is another one, and the caller says so
    return undefined
  }
}

/** The engine's errors carry ClickHouse's number; one without it comes from the binding and is a mistake of ours. */
function rethrow(error: unknown): never {
  if (error instanceof WarehouseError) throw error
  const { clickhouseCode, code } = error as { clickhouseCode?: number; code?: string } // chdb's documented error shape
  const kind = code === 'CHDB_CLOSED' ? 'CLOSED' : 'CALL'
  throw new WarehouseError(clickhouseCode ?? kind, reasonOf(error), { cause: error })
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
