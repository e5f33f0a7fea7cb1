import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { FaultyFront } from './faulty-front.ts'
import type { Ground } from './ground.ts'

/** ClickHouse's HTTP protocol with chDB behind it: that of the warehouse's own tests. */
const SERVER = fileURLToPath(new URL('../../warehouse/test/chdb-http-server.ts', import.meta.url))

/** A warehouse that is no part of the installation but a server, with a front that breaks what is asked of it. */
export class WarehouseElsewhere implements Ground {
  readonly front: FaultyFront
  readonly #server: ChildProcess
  readonly #folder: string

  private constructor(parts: { readonly front: FaultyFront; readonly server: ChildProcess; readonly folder: string }) {
    this.front = parts.front
    this.#server = parts.server
    this.#folder = parts.folder
  }

  /** @throws {Error} when the server does not come up */
  static async open(): Promise<WarehouseElsewhere> {
    const folder = mkdtempSync(join(tmpdir(), 'zuil-clickhouse-'))
    const server = spawn(process.execPath, [SERVER, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
    const ended = new Promise<never>((_, reject) =>
      server.once('exit', (code) => reject(new Error(`The warehouse's server ended with exit code ${code}`))),
    )
    ended.catch(() => undefined) // later its end is asked for
    const lines = createInterface({ input: server.stdout })
    const line = await Promise.race([new Promise<string>((resolve) => lines.once('line', resolve)), ended])
    const { port } = JSON.parse(line) as { port: number } // its first line
    return new WarehouseElsewhere({ front: await FaultyFront.open(port), server, folder })
  }

  get settings(): Readonly<Record<string, string>> {
    return { ZUIL_CLICKHOUSE_URL: `http://127.0.0.1:${this.front.port}` }
  }

  async close(): Promise<void> {
    await this.front[Symbol.asyncDispose]()
    const gone = new Promise<void>((resolve) => this.#server.once('exit', () => resolve()))
    this.#server.stdin?.end()
    await gone
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
