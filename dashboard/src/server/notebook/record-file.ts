import { open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeFolder, OWN_FOLDER_MODE, syncFolder, writeOwnFile } from '@zuil/warehouse/durable-file'

/** What is kept has a name of its own. */
export interface KeptRecord {
  readonly id: string
}

export interface RecordFileOptions<T extends KeptRecord> {
  /** Its folder is made when it is not there. */
  readonly path: string
  /** A line as it was written; undefined when it is none of these records, e.g. half of one after a power cut. */
  readonly read: (value: unknown) => T | undefined
}

/** Lines of what was changed or removed, beyond which a file is written anew when it is opened. */
const OLD_LINES_MAX = 1_000

/** Records in the order in which they were first put; each change is a line, on disk before it counts. One process writes. */
export class RecordFile<T extends KeptRecord> {
  readonly #path: string
  readonly #records: Map<string, T>
  #last: Promise<unknown> = Promise.resolve()

  private constructor(path: string, records: Map<string, T>) {
    this.#path = path
    this.#records = records
  }

  static async open<T extends KeptRecord>({ path, read }: RecordFileOptions<T>): Promise<RecordFile<T>> {
    await makeFolder(dirname(path), OWN_FOLDER_MODE)
    const lines = (await textOf(path)).split('\n').filter((line) => line !== '')
    const records = new Map<string, T>()
    for (const line of lines) {
      const value = parsedLine(line)
      const record = read(value)
      if (record) records.set(record.id, record)
      else if (isRemoval(value)) records.delete(value.removed)
    }
    const file = new RecordFile(path, records)
    if (lines.length - records.size > OLD_LINES_MAX) await file.#writeAnew()
    return file
  }

  get all(): readonly T[] {
    return [...this.#records.values()]
  }

  get(id: string): T | undefined {
    return this.#records.get(id)
  }

  /** Adds a record, or puts it in the place of the one with its id. */
  async put(record: T): Promise<void> {
    await this.#append(record)
    this.#records.set(record.id, record)
  }

  async remove(id: string): Promise<void> {
    if (!this.#records.has(id)) return
    await this.#append({ removed: id })
    this.#records.delete(id)
  }

  #append(line: unknown): Promise<void> {
    const written = this.#last.then(async () => {
      {
        await using file = await open(this.#path, 'a', 0o600)
        // Begins a line of its own also after half a line.
        await file.appendFile(`\n${JSON.stringify(line)}\n`)
        await file.sync()
      }
      // the first line makes the file, whose name has to be on disk as well
      if (this.#records.size === 0) await syncFolder(dirname(this.#path))
    })
    this.#last = written.catch(() => undefined)
    return written
  }

  async #writeAnew(): Promise<void> {
    await writeOwnFile(this.#path, this.all.map((record) => `${JSON.stringify(record)}\n`).join(''))
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined // half a line: the process died while it wrote it, so nobody was told that it is kept
  }
}

function isRemoval(value: unknown): value is { readonly removed: string } {
  return typeof value === 'object' && value !== null && 'removed' in value && typeof value.removed === 'string'
}
