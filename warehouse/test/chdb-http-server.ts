/**
 * A ClickHouse server for tests: the HTTP protocol as far as @clickhouse/client speaks it, with chDB behind it. Run it as
 * a process of its own, because a process owns one chDB folder: `node test/chdb-http-server.ts <folder>` writes
 * `{"port":…}` to its output and ends when its input ends.
 *
 * `PUT /faults` with `{"kind":…,"times":n,"match":"INSERT"}` breaks the next n requests whose statement contains `match`:
 * `refuse` answers 500 without a code, `code` answers ClickHouse's error `code`, `drop-before` closes the connection before
 * the statement is carried out, `drop-after` afterwards.
 */
import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { drainPending, Session } from 'chdb'

export interface Fault {
  readonly kind: 'refuse' | 'code' | 'drop-before' | 'drop-after'
  readonly times: number
  readonly match?: string
  readonly code?: number
}

const BODY_BYTES_MAX = 512 * 1024 * 1024

/** What the HTTP layer of ClickHouse keeps for itself; all other names are settings. */
const NOT_SETTINGS =
  /^(query|query_id|database|user|password|role|session_id|compress|decompress|default_format|param_.*|.*http.*|wait_end_of_query)$/

let fault: Fault | undefined

function main(folder: string): void {
  // keeps the engine open between requests
  const engine = new Session(folder, { connectionArgs: ['--max_server_memory_usage=1500000000'] })
  const server = createServer((request, response) => {
    answer(folder, request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1', () => {
    // a server that listens on a TCP port has an AddressInfo
    process.stdout.write(`${JSON.stringify({ port: (server.address() as AddressInfo).port })}\n`)
  })
  process.stdin.resume().on('end', () => {
    server.closeAllConnections()
    server.close(() => {
      engine.close()
      drainPending().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  })
}

async function answer(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const body = await bodyOf(request)
  if (url.pathname === '/ping') return void response.end('Ok.\n')
  if (url.pathname === '/faults') {
    fault = JSON.parse(body.toString()) as Fault // written by the tests of this folder
    return void response.end()
  }
  const inUrl = url.searchParams.get('query')
  const statement = inUrl ?? body.toString()
  const broken = takeFault(statement)
  if (broken?.kind === 'drop-before') return void request.socket.destroy()
  if (broken?.kind === 'refuse') return void response.writeHead(500).end('upstream is away')
  if (broken?.kind === 'code') return fail(response, `Code: ${broken.code}. DB::Exception: Injected. (INJECTED)`)
  try {
    const text = await carryOut(folder, url.searchParams, inUrl === null ? { statement } : { statement, body })
    if (broken?.kind === 'drop-after') return void request.socket.destroy()
    response.setHeader('X-ClickHouse-Query-Id', url.searchParams.get('query_id') ?? '')
    response.setHeader('X-ClickHouse-Summary', '{}')
    response.end(text)
  } catch (error) {
    fail(response, error instanceof Error ? error.message : String(error))
  }
}

function fail(response: ServerResponse, message: string): void {
  response.setHeader('X-ClickHouse-Exception-Code', /Code: (\d+)/.exec(message)?.[1] ?? '1002')
  response.writeHead(500).end(message)
}

/** A session per request, so that settings and parameters of one request mean nothing to the next. */
async function carryOut(
  folder: string,
  search: URLSearchParams,
  work: { statement: string; body?: Buffer },
): Promise<Uint8Array> {
  const settings = [...search].filter(([name]) => !NOT_SETTINGS.test(name)).map(([name, value]) => `--${name}=${value}`)
  const session = new Session(folder, { connectionArgs: settings })
  try {
    const database = search.get('database')
    if (database) await session.queryAsync(`USE ${database}`)
    for (const [name, value] of search) {
      if (!name.startsWith('param_')) continue
      await session.queryAsync(`SET ${name} = '${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`)
    }
    if (work.body && work.statement.endsWith(' FORMAT Native'))
      return await takeBlocks(session, folder, { ...work, body: work.body })
    const sql = work.body ? Buffer.concat([Buffer.from(`${work.statement}\n`), work.body]).toString() : work.statement
    return (await session.queryAsync(sql, { format: search.get('default_format') ?? 'TabSeparated' })).bytes()
  } finally {
    session.close()
  }
}

/** chDB takes statements as text only; bytes come from a file. */
async function takeBlocks(session: Session, folder: string, work: { statement: string; body: Buffer }): Promise<Uint8Array> {
  const file = join(folder, `${randomUUID()}.native`)
  await writeFile(file, work.body)
  try {
    const insert = work.statement.replace(/ FORMAT Native$/, ` SELECT * FROM file('${file}', 'Native')`)
    return (await session.queryAsync(insert, { format: 'TabSeparated' })).bytes()
  } finally {
    await rm(file)
  }
}

function takeFault(statement: string): Fault | undefined {
  if (!fault || fault.times <= 0 || !statement.includes(fault.match ?? '')) return undefined
  const taken = fault
  fault = { ...fault, times: fault.times - 1 }
  return taken
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = chunk as Buffer // a request without encoding gives buffers
    size += bytes.length
    if (size > BODY_BYTES_MAX) throw new RangeError('The body is too large')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

const [folder] = process.argv.slice(2)
if (folder) main(folder)
