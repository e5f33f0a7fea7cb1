import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { CommandError, EXIT } from './command.ts'
import type { Settings } from './config.ts'
import { installationSecrets } from './secrets.ts'

/** Entries in one request; `PUT /registry/{kind}` takes no more. */
const CHUNK_ENTRIES = 500
/** Stays below the body limit of `PUT /registry/{kind}`. */
const CHUNK_CHARACTERS = 1_500_000
/** Longest line: the largest official shape is a few kilobytes. */
const LINE_CHARACTERS_MAX = 256_000
/** Refused lines that are reported one by one; the rest is only counted. */
const REFUSED_LINES_MAX = 1_000
const ATTEMPTS_MAX = 10
const RETRY_AFTER_MS = 1_000
const REQUEST_TIMEOUT_MS = 60_000

export interface ImportReport {
  readonly lines: number
  readonly taken: number
  readonly refusedCount: number
  readonly refused: readonly RefusedLine[]
}

export interface RefusedLine {
  readonly line: number
  readonly reason: string
}

interface Entry {
  readonly line: number
  readonly data: string
}

/** Result of one entry, as `PUT /registry/{kind}` gives it. */
interface ItemResult {
  readonly index: number
  readonly ok: boolean
  readonly problem?: {
    readonly title?: string
    readonly detail?: string
    readonly schemaErrors?: readonly { jsonPointer: string; error: string }[]
  }
}

/** Sends the lines `{"kind":…,"data":…}` of a file to the running API, in order; a bad line does not stop the others. */
export async function importFile(settings: Settings, file: string, onProgress?: (lines: number) => void): Promise<ImportReport> {
  const registry = new RegistryImport(settings)
  const input = createReadStream(file)
  const opened = new Promise<void>((resolve, reject) => {
    input.once('open', () => resolve())
    input.once('error', (error: NodeJS.ErrnoException) =>
      reject(new CommandError(`Cannot read ${file} (${error.code}).`, EXIT.unavailable)),
    )
  })
  await opened
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    await registry.add(line)
    onProgress?.(registry.lines)
  }
  return registry.finish()
}

class RegistryImport {
  readonly #settings: Settings
  readonly #refused: RefusedLine[] = []
  #refusedCount = 0
  #taken = 0
  #kind = ''
  #entries: Entry[] = []
  #characters = 0
  lines = 0

  constructor(settings: Settings) {
    this.#settings = settings
  }

  async add(text: string): Promise<void> {
    this.lines += 1
    if (text.trim() === '') return
    const parsed = parseLine(text)
    if (typeof parsed === 'string') return this.#refuse(this.lines, parsed)
    const isFull = this.#entries.length >= CHUNK_ENTRIES || this.#characters + parsed.data.length > CHUNK_CHARACTERS
    if (parsed.kind !== this.#kind || isFull) await this.#send()
    this.#kind = parsed.kind
    this.#entries.push({ line: this.lines, data: parsed.data })
    this.#characters += parsed.data.length
  }

  async finish(): Promise<ImportReport> {
    await this.#send()
    return { lines: this.lines, taken: this.#taken, refusedCount: this.#refusedCount, refused: this.#refused }
  }

  #refuse(line: number, reason: string): void {
    this.#refusedCount += 1
    if (this.#refused.length < REFUSED_LINES_MAX) this.#refused.push({ line, reason })
  }

  async #send(): Promise<void> {
    const entries = this.#entries
    if (entries.length === 0) return
    this.#entries = []
    this.#characters = 0
    const body = `[${entries.map((entry) => entry.data).join(',')}]`
    const results = await putRegistry(this.#settings, this.#kind, body)
    if (typeof results === 'string') {
      for (const entry of entries) this.#refuse(entry.line, results)
      return
    }
    for (const result of results) {
      const entry = entries[result.index]
      if (!entry) continue
      if (result.ok) this.#taken += 1
      else this.#refuse(entry.line, describe(result))
    }
  }
}

/** The entry of a line, or the reason why it is none. */
function parseLine(text: string): { kind: string; data: string } | string {
  if (text.length > LINE_CHARACTERS_MAX) return `longer than ${LINE_CHARACTERS_MAX} characters`
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('kind' in value) || !('data' in value))
      return 'expected {"kind": …, "data": …}'
    if (typeof value.kind !== 'string' || !/^[a-z-]{1,32}$/.test(value.kind)) return 'the member "kind" is not the name of a kind'
    return { kind: value.kind, data: JSON.stringify(value.data) }
  } catch {
    return 'not valid JSON'
  }
}

function describe(result: ItemResult): string {
  const schema = result.problem?.schemaErrors?.map((error) => `${error.jsonPointer}: ${error.error}`).join('; ')
  return schema || result.problem?.detail || result.problem?.title || 'refused without a reason'
}

/** Results per entry, or one reason that holds for all of them. Waits and tries again while the API is busy or starting. */
async function putRegistry(settings: Settings, kind: string, body: string): Promise<readonly ItemResult[] | string> {
  const url = `http://${settings.host}:${settings.ingestPort}/registry/${kind}`
  const headers = {
    authorization: `Bearer ${installationSecrets(settings).token('operator')}`,
    'content-type': 'application/json',
  }
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, { method: 'PUT', headers, body, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) }).catch(
      () => undefined,
    )
    if (response?.ok) {
      const answer = (await response.json()) as { results: readonly ItemResult[] } // our own API, whose contract this is
      return answer.results
    }
    if (response && response.status < 500 && response.status !== 429) {
      const problem = (await response.json().catch(() => ({}))) as { title?: string; detail?: string }
      return problem.detail ?? problem.title ?? `refused with status ${response.status}`
    }
    if (attempt >= ATTEMPTS_MAX) {
      throw new CommandError(
        `The API at http://${settings.host}:${settings.ingestPort} does not take the import: start Zuil first (npm start).`,
      )
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS))
  }
}
