import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openWarehouse, type Warehouse } from '@zuil/warehouse'
import type { Fault } from './chdb-http-server.ts'

/** Limits the engine in tests, where several run at a time. */
const MEMORY_BYTES_MAX = 1_500_000_000

export interface FreshWarehouse extends AsyncDisposable {
  readonly warehouse: Warehouse
}

export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'zuil-warehouse-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** Migrated, in a folder of its own. One at a time: a process owns one folder. */
export async function freshEmbedded(): Promise<FreshWarehouse> {
  const folder = await temporaryFolder()
  const warehouse = await openWarehouse({ kind: 'embedded', path: folder.path, memoryBytesMax: MEMORY_BYTES_MAX })
  await warehouse.migrate()
  return {
    warehouse,
    async [Symbol.asyncDispose]() {
      await warehouse.close()
      await folder[Symbol.asyncDispose]()
    },
  }
}

export interface TestServer extends AsyncDisposable {
  readonly url: string
  fault(fault: Fault): Promise<void>
}

export async function startServer(): Promise<TestServer> {
  const folder = await temporaryFolder()
  const script = fileURLToPath(new URL('chdb-http-server.ts', import.meta.url))
  const child = spawn(process.execPath, [script, folder.path], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = await once(createInterface(child.stdout), 'line')
  const { port } = JSON.parse(String(line)) as { port: number } // first line of chdb-http-server
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    async fault(fault) {
      await fetch(`${url}/faults`, { method: 'PUT', body: JSON.stringify(fault) })
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit')
      child.stdin.end()
      await ended
      await folder[Symbol.asyncDispose]()
    },
  }
}

let databases = 0

/** Migrated, in a database of its own on the server. */
export async function freshOnServer(server: TestServer): Promise<FreshWarehouse> {
  const warehouse = await openWarehouse({ kind: 'server', url: server.url, database: `test_${++databases}` })
  await warehouse.migrate()
  return { warehouse, [Symbol.asyncDispose]: () => warehouse.close() }
}
