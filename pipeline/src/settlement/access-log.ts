import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeFolder, syncFolder } from '@zuil/warehouse/durable-file'

/** Who got exact amounts, or closed a period. */
export interface SettlementAccess {
  /** Token, person or the operator's command line. */
  readonly who: string
  readonly what: 'READ' | 'CLOSE' | 'WHAT_IF'
  readonly cardSystem: number
  /** Key of a period; empty for a list of periods. */
  readonly period: string
  /** What of it, e.g. `municipalities/73107`; empty for all of it. */
  readonly part: string
  /** Of the file that was made. */
  readonly format: string
}

/** Appends a line for each access, on disk before the amounts leave. */
export class SettlementAccessLog {
  readonly #path: string
  readonly #clock: () => number
  #last: Promise<unknown> = Promise.resolve()

  /** @param clock epoch ms */
  constructor(path: string, clock: () => number) {
    this.#path = path
    this.#clock = clock
  }

  note(access: SettlementAccess): Promise<void> {
    const written = this.#last.then(() => this.#append(access))
    this.#last = written.catch(() => undefined)
    return written
  }

  async #append(access: SettlementAccess): Promise<void> {
    const folder = dirname(this.#path)
    await makeFolder(folder)
    const file = await open(this.#path, 'a', 0o600)
    try {
      const isNew = (await file.stat()).size === 0
      await file.writeFile(`${JSON.stringify({ at: new Date(this.#clock()).toISOString(), ...access })}\n`)
      await file.sync()
      // later the folder names it already, and whoever asked waits for one write and not for two
      if (isNew) await syncFolder(folder)
    } finally {
      await file.close()
    }
  }
}
