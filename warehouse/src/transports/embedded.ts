import { mkdirSync, readFileSync } from 'node:fs'
import { readdir, rm, statfs, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { drainPending, Session } from 'chdb'
import { WarehouseError } from '../errors.ts'
import { Pool } from '../pool.ts'
import { READS_AT_ONCE, READS_WAITING_MAX } from '../warehouse.ts'
import { assertParameters, bindings } from './parameters.ts'
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

type Settings = Readonly<Record<string, string | number>>

export interface EmbeddedOptions {
  /** Folder of the engine; made when it is missing. One process at a time, and one folder per process. */
  readonly path: string
  /** Memory of the whole engine. Its own default is 90 % of the machine, which would starve Redis. */
  readonly memoryBytesMax?: number
}

const MEMORY_BYTES_MAX = 3 * 1024 ** 3

/** Of a portion of a stream; it ends with the line. */
const PORTION_CHARACTERS = 1_000_000

const DATABASE = 'zuil'

/** Files that blocks come in through. */
const INCOMING = /^incoming-\d+\.native$/

/** One thread, and one block of all that is in the file. */
const BLOCK_SETTINGS = { max_threads: 1, max_insert_threads: 1, schema_inference_use_cache_for_file: 0 } as const

/**
 * chDB in this process. A session runs one query at a time, sessions run in parallel: two write, the others can only
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
  let isOpening = true
  const open = (settings: Settings) => {
    const session = openSession(path, [memory, ...argumentsOf(SESSION_SETTINGS), ...argumentsOf(settings)])
    if (isOpening) opened.push(session)
    return session
  }
  try {
    const writer = open({})
    await removeLeftOver(path)
    await run(writer, `CREATE DATABASE IF NOT EXISTS ${DATABASE}`)
    const changer = open(SPILL_SETTINGS)
    for (const session of [writer, changer]) await run(session, `USE ${DATABASE}`)
    const readers = async (limits: Settings) => {
      const openReader = () => open({ readonly: '1', ...limits })
      return await Promise.all(Array.from({ length: READS_AT_ONCE }, () => Reader.open(openReader)))
    }
    const transport = new EmbeddedTransport(
      path,
      { writer, changer },
      { page: await readers(PAGE_LIMITS), own: await readers(OWN_LIMITS) },
    )
    isOpening = false
    return transport
  } catch (error) {
    for (const session of opened) session.close()
    await drainPending()
    throw error
  }
}

/**
 * A read-only session that is renewed after a read that failed: chDB 3.4.0 was seen to give the rows that a failed query had made so
 * far to the next query of the session, as its result and without an error.
 */
class Reader {
  readonly #open: () => Session
  #session: Session

  private constructor(open: () => Session) {
    this.#open = open
    this.#session = open()
  }

  static async open(open: () => Session): Promise<Reader> {
    const reader = new Reader(open)
    await run(reader.#session, `USE ${DATABASE}`)
    return reader
  }

  async read(sql: string): Promise<string> {
    try {
      return await run(this.#session, sql)
    } catch (error) {
      await this.#renew()
      throw error
    }
  }

  close(): void {
    this.#session.close()
  }

  async #renew(): Promise<void> {
    this.#session.close()
    this.#session = this.#open()
    await run(this.#session, `USE ${DATABASE}`)
  }
}

/** One inserts rows, one carries out everything else that writes. */
interface Writers {
  readonly writer: Session
  readonly changer: Session
}

class EmbeddedTransport implements Transport {
  readonly kind = 'embedded'
  readonly #path: string
  readonly #writer: Pool<Session>
  /** Merges and the building of derived tables take long: what was accepted is loaded meanwhile. */
  readonly #changer: Pool<Session>
  readonly #readers: Readonly<Record<ReadRequest['door'], Pool<Reader>>>
  readonly #opened: readonly (Session | Reader)[]
  #inserts = 0

  constructor(path: string, { writer, changer }: Writers, readers: Readonly<Record<ReadRequest['door'], readonly Reader[]>>) {
    this.#path = path
    this.#writer = new Pool([writer], READS_WAITING_MAX)
    this.#changer = new Pool([changer], READS_WAITING_MAX)
    this.#readers = {
      page: new Pool(readers.page, READS_WAITING_MAX),
      own: new Pool(readers.own, READS_WAITING_MAX),
    }
    this.#opened = [writer, changer, ...readers.page, ...readers.own]
  }

  async command(sql: string, options: Partial<CommandOptions> = {}): Promise<void> {
    const { parameters = {}, origin = '' } = options
    assertParameters(sql, parameters)
    await this.#changer.use((session) => run(session, bindings(parameters) + commented({ sql, origin })))
  }

  async insert(table: string, rows: Uint8Array): Promise<void> {
    const format = 'JSONCompactEachRow'
    await this.#writer.use((session) => session.insert({ table, values: rows, format, settings: INSERT_SETTINGS }).catch(rethrow))
  }

  /**
   * `Session.insert` takes text only, so the blocks go through a file of this process, which never reaches the disk when memory is not
   * short: still a sixth of the work of text.
   */
  async insertNative(table: string, blocks: Uint8Array): Promise<void> {
    await this.#writer.use(async (session) => {
      const file = join(this.#path, `incoming-${++this.#inserts}.native`)
      try {
        await writeFile(file, blocks)
        const from = `file('${file.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}', 'Native')`
        const settings = Object.entries({ ...INSERT_SETTINGS, ...BLOCK_SETTINGS }).map(([name, value]) => `${name} = '${value}'`)
        await run(session, `INSERT INTO ${table} SELECT * FROM ${from} SETTINGS ${settings.join(', ')}`)
      } finally {
        await rm(file, { force: true })
      }
    })
  }

  async read(request: ReadRequest): Promise<string> {
    assertParameters(request.sql, request.parameters)
    return await this.#readers[request.door].use((reader) => reader.read(statement(request)))
  }

  /**
   * The whole result at once, given on in portions: some 35 bytes a row stay in memory meanwhile. A stream of the engine's that
   * ends early or fails would leave its rest in the session; see {@link Reader}.
   */
  async *stream(request: ReadRequest): AsyncIterable<string> {
    const text = await this.read(request)
    for (let start = 0; start < text.length; ) {
      const lineEnd = text.indexOf('\n', start + PORTION_CHARACTERS)
      const end = lineEnd < 0 ? text.length : lineEnd + 1
      yield text.slice(start, end)
      start = end
    }
  }

  /** By the writer: what is to end may have the changer. */
  async cancel(origin: string): Promise<void> {
    const sql = `${bindings({ begin: `/* ${origin}` })}KILL QUERY WHERE startsWith(query, {begin:String}) ASYNC`
    await this.#writer.use(async (session) => void (await run(session, sql)))
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#path)
    return bavail * bsize
  }

  async close(): Promise<void> {
    await drainPending()
    for (const session of this.#opened) session.close()
    await drainPending()
  }
}

/** Of a process that was killed: this one owns the folder now. */
async function removeLeftOver(path: string): Promise<void> {
  for (const name of await readdir(path)) if (INCOMING.test(name)) await rm(join(path, name), { force: true })
}

async function run(session: Session, sql: string): Promise<string> {
  const result = await session.queryAsync(sql, { format: 'JSONEachRow' }).catch(rethrow)
  return result.text()
}

function statement(request: ReadRequest): string {
  return bindings(request.parameters) + commented(request)
}

/** A read-only session refuses log_comment with every other setting, so the origin leads the text instead. */
function commented(request: Pick<ReadRequest, 'sql' | 'origin'>): string {
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
