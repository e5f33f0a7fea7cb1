import { appendFile, mkdir, open, readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { ACCESS_KINDS, type AccessEntry, type AccessLog } from './access-log.ts'

/** Months that are kept beside the running one: a yearly check still sees the whole year. */
const MONTHS_KEPT = 13
/** Entries that wait for the disk; more than that and they are reported instead of kept. */
const WAITING_MAX = 10_000
/** Longer addresses are cut. */
const WHAT_LENGTH_MAX = 500
/** Read from the end of a month's file: some thousand entries. */
const TAIL_BYTES_MAX = 512 * 1024

const FILE = /^\d{4}-\d{2}\.ndjson$/

export interface FileAccessLogOptions {
  /** Made when it is not there. */
  readonly folder: string
  /** Epoch ms. */
  readonly clock: () => number
  readonly onFailure: (error: unknown) => void
}

/** A file a month, a line an entry; files older than {@link MONTHS_KEPT} months are deleted. */
export class FileAccessLog implements AccessLog {
  readonly #options: FileAccessLogOptions
  #lines: { readonly month: string; readonly text: string }[] = []
  #writing: Promise<void> | undefined
  #month = ''

  constructor(options: FileAccessLogOptions) {
    this.#options = options
  }

  write({ kind, account, what }: Omit<AccessEntry, 'at'>): void {
    if (this.#lines.length >= WAITING_MAX) {
      this.#options.onFailure(new Error('The log of sign-ins and exports cannot be written as fast as it grows'))
      return
    }
    const at = this.#options.clock()
    const entry: AccessEntry = { at, kind, account, what: what.slice(0, WHAT_LENGTH_MAX) }
    this.#lines.push({ month: monthOf(at), text: `${JSON.stringify(entry)}\n` })
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined
    })
  }

  async latest(count: number): Promise<readonly AccessEntry[]> {
    await this.flushed()
    const entries: AccessEntry[] = []
    for (const name of (await this.#files()).toReversed()) {
      const lines = (await tailOf(join(this.#options.folder, name))).split('\n').toReversed()
      entries.push(...lines.flatMap((line) => entryOf(line) ?? []))
      if (entries.length >= count) break
    }
    return entries.slice(0, count)
  }

  /** Everything that was written so far stands in its file. */
  async flushed(): Promise<void> {
    await this.#writing
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#lines.length > 0) {
        const month = this.#lines[0]?.month ?? ''
        const batch = this.#lines.filter((line) => line.month === month)
        this.#lines = this.#lines.filter((line) => line.month !== month)
        if (month !== this.#month) await this.#turnTo(month)
        await appendFile(join(this.#options.folder, `${month}.ndjson`), batch.map(({ text }) => text).join(''), { mode: 0o600 })
      }
    } catch (error) {
      this.#options.onFailure(error)
    }
  }

  async #turnTo(month: string): Promise<void> {
    await mkdir(this.#options.folder, { recursive: true, mode: 0o700 })
    this.#month = month
    const files = await this.#files()
    for (const name of files.slice(0, -MONTHS_KEPT)) await unlink(join(this.#options.folder, name))
  }

  /** Oldest first. */
  async #files(): Promise<readonly string[]> {
    try {
      return (await readdir(this.#options.folder)).filter((name) => FILE.test(name)).sort()
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
      throw error
    }
  }
}

function monthOf(at: number): string {
  return new Date(at).toISOString().slice(0, 7)
}

async function tailOf(path: string): Promise<string> {
  await using file = await open(path)
  const { size } = await file.stat()
  const length = Math.min(size, TAIL_BYTES_MAX)
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(length), position: size - length })
  return buffer.toString('utf8', 0, bytesRead)
}

/** The first line of a tail may be half of one, and so is the last after a power cut. */
function entryOf(line: string): AccessEntry | undefined {
  try {
    const entry: Partial<AccessEntry> | null = JSON.parse(line)
    const { at, kind, account, what } = entry ?? {}
    const isWhole = typeof at === 'number' && ACCESS_KINDS.some((each) => each === kind)
    return isWhole && kind && typeof account === 'string' && typeof what === 'string' ? { at, kind, account, what } : undefined
  } catch {
    return undefined
  }
}
