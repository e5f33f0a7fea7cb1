import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { CommandError, EXIT } from './command.ts'
import type { Settings } from './config.ts'
import { type Predecessor, predecessorPass } from './predecessor-pass.ts'
import { installationSecrets } from './secrets.ts'

/** Entries in one request; `PUT /registry/{kind}` takes no more. */
const CHUNK_ENTRIES = 500
/** Stays below the body limit of `PUT /registry/{kind}`. */
const CHUNK_CHARACTERS = 1_500_000
/** Longest line: the largest official shape is a few kilobytes. */
const LINE_CHARACTERS_MAX = 256_000
/** Refused lines that are reported one by one; the rest is only counted. */
const REFUSED_LINES_MAX = 1_000
/** To an API that is starting. */
const ATTEMPTS_MAX = 10
/** The registry refuses entries for as long as the copy of its log is behind: a minute or two at worst. */
const BUSY_WAIT_MS_MAX = 120_000
/** Somebody looks at it: too much at once is over by then, and a full Redis is not. */
const ENTRY_BUSY_WAIT_MS_MAX = 3_000
/** Where the answer does not say when to come back. */
const RETRY_AFTER_MS = 1_000
/** Asked for longer than this, it is looked whether it may be sooner. */
const RETRY_AFTER_MS_MAX = 30_000
const REQUEST_TIMEOUT_MS = 60_000

export interface ImportReport {
  readonly lines: number
  readonly taken: number
  readonly refusedCount: number
  readonly refused: readonly RefusedLine[]
  /** Passes of a predecessor whose points were given, and those that had theirs already. */
  readonly points: { readonly given: number; readonly before: number }
}

export interface ImportOptions {
  /** The passholders are of another programme, and may bring points. */
  readonly predecessor?: Predecessor | undefined
  readonly onProgress?: (lines: number) => void
}

export interface RefusedLine {
  readonly line: number
  readonly reason: string
}

interface Entry {
  readonly line: number
  readonly data: string
  /** Comes after the entry was taken: points that it brings. */
  readonly bonus?: string
}

/** An entry that goes. */
interface Removal {
  readonly kind: string
  readonly remove: string
}

/** Result of one entry, as `PUT /registry/{kind}` gives it. */
interface ItemResult {
  readonly index: number
  readonly ok: boolean
  readonly changed?: boolean
  readonly problem?: {
    readonly title?: string
    readonly detail?: string
    readonly schemaErrors?: readonly { jsonPointer: string; error: string }[]
  }
}

/**
 * Sends the lines `{"kind":…,"data":…}` of a file to the running API, and removes what `{"kind":…,"remove":"<id>"}` names, in order; a
 * bad line does not stop the others.
 */
export async function importFile(settings: Settings, file: string, options: ImportOptions = {}): Promise<ImportReport> {
  const { predecessor, onProgress } = options
  const registry = new RegistryImport(settings, predecessor)
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

interface Taken<E> {
  readonly entry: E
  readonly changed: boolean
}

class RegistryImport {
  readonly #settings: Settings
  readonly #predecessor: Predecessor | undefined
  readonly #refused: RefusedLine[] = []
  #refusedCount = 0
  #taken = 0
  #given = 0
  #givenBefore = 0
  #kind = ''
  #entries: Entry[] = []
  #characters = 0
  lines = 0

  constructor(settings: Settings, predecessor: Predecessor | undefined) {
    this.#settings = settings
    this.#predecessor = predecessor
  }

  async add(text: string): Promise<void> {
    this.lines += 1
    if (text.trim() === '') return
    const parsed = parseLine(text, this.#predecessor)
    if (typeof parsed === 'string') return this.#refuse(this.lines, parsed)
    if ('remove' in parsed) return await this.#remove(parsed)
    const isFull = this.#entries.length >= CHUNK_ENTRIES || this.#characters + parsed.data.length > CHUNK_CHARACTERS
    if (parsed.kind !== this.#kind || isFull) await this.#send()
    this.#kind = parsed.kind
    const { data, bonus } = parsed
    this.#entries.push({ line: this.lines, data, ...(bonus !== undefined && { bonus }) })
    this.#characters += parsed.data.length
  }

  async finish(): Promise<ImportReport> {
    await this.#send()
    const points = { given: this.#given, before: this.#givenBefore }
    return { lines: this.lines, taken: this.#taken, refusedCount: this.#refusedCount, refused: this.#refused, points }
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
    const taken = await this.#put(this.#kind, entries, ({ data }) => data)
    const bringing = taken.flatMap(({ entry }) => (entry.bonus === undefined ? [] : [{ ...entry, bonus: entry.bonus }]))
    this.#taken += taken.length - bringing.length
    if (bringing.length === 0) return
    // Only who is known can get points; whose points are refused is named, and taken all the same.
    const given = await this.#put('bonuses', bringing, ({ bonus }) => bonus)
    this.#taken += given.length
    for (const { changed } of given) {
      if (changed) this.#given += 1
      else this.#givenBefore += 1
    }
  }

  /** After what stands before it was sent. What is gone already counts as taken: the same file again changes nothing. */
  async #remove({ kind, remove }: Removal): Promise<void> {
    await this.#send()
    const response = await askRegistry(this.#settings, { method: 'DELETE', path: `${kind}/${encodeURIComponent(remove)}` })
    if (response.ok || response.status === 404) this.#taken += 1
    else this.#refuse(this.lines, await reasonOf(response))
  }

  /** Sends what `bodyOf` makes of the entries; gives back those that were taken, and names the others. */
  async #put<E extends Entry>(kind: string, entries: readonly E[], bodyOf: (entry: E) => string): Promise<readonly Taken<E>[]> {
    const results = await putRegistry(this.#settings, kind, `[${entries.map(bodyOf).join(',')}]`)
    if (typeof results === 'string') {
      for (const entry of entries) this.#refuse(entry.line, results)
      return []
    }
    return results.flatMap((result) => {
      const entry = entries[result.index]
      if (entry && !result.ok) this.#refuse(entry.line, describe(result))
      return entry && result.ok ? [{ entry, changed: result.changed ?? true }] : []
    })
  }
}

/** The entry of a line, or the reason why it is none. */
function parseLine(
  text: string,
  predecessor: Predecessor | undefined,
): { kind: string; data: string; bonus?: string } | Removal | string {
  if (text.length > LINE_CHARACTERS_MAX) return `longer than ${LINE_CHARACTERS_MAX} characters`
  try {
    const value: unknown = JSON.parse(text)
    const isEntry = typeof value === 'object' && value !== null && 'kind' in value
    if (!isEntry || !('data' in value || 'remove' in value)) return 'expected {"kind": …, "data": …} or {"kind": …, "remove": …}'
    if (typeof value.kind !== 'string' || !/^[a-z-]{1,32}$/.test(value.kind)) return 'the member "kind" is not the name of a kind'
    const { kind } = value
    if ('remove' in value) {
      const isId = typeof value.remove === 'string' && value.remove !== '' && !('data' in value)
      return isId ? { kind, remove: String(value.remove) } : 'the member "remove" is an id, and stands alone'
    }
    const { data } = value
    if (!predecessor || kind !== 'passholders') return { kind, data: JSON.stringify(data) }
    const pass = predecessorPass(data, predecessor)
    if (typeof pass === 'string') return pass
    return { kind, data: JSON.stringify(pass.data), ...(pass.bonus && { bonus: JSON.stringify(pass.bonus) }) }
  } catch {
    return 'not valid JSON'
  }
}

function describe(result: ItemResult): string {
  const schema = result.problem?.schemaErrors?.map((error) => `${error.jsonPointer}: ${error.error}`).join('; ')
  return schema || result.problem?.detail || result.problem?.title || 'refused without a reason'
}

/** Puts one entry, and waits for a moment only. @throws {CommandError} when it is refused or the API cannot be reached */
export async function putEntry(settings: Settings, kind: string, entry: object): Promise<void> {
  const results = await resultsOf(
    await askRegistry(settings, { method: 'PUT', path: kind, body: JSON.stringify([entry]), isSingle: true }),
  )
  const refused = typeof results === 'string' ? results : results.filter(({ ok }) => !ok).map(describe)[0]
  if (refused !== undefined) throw new CommandError(`The entry was refused: ${refused}`, EXIT.found)
}

/** Results per entry, or one reason that holds for all of them. */
export async function putRegistry(settings: Settings, kind: string, body: string): Promise<readonly ItemResult[] | string> {
  return await resultsOf(await askRegistry(settings, { method: 'PUT', path: kind, body }))
}

async function resultsOf(response: Response): Promise<readonly ItemResult[] | string> {
  if (!response.ok) return await reasonOf(response)
  const answer = (await response.json()) as { results: readonly ItemResult[] } // our own API, whose contract this is
  return answer.results
}

async function reasonOf(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as { title?: string; detail?: string } // a problem document, or nothing known
  return problem.detail ?? problem.title ?? `refused with status ${response.status}`
}

interface Question {
  readonly method: 'PUT' | 'DELETE'
  /** Below `/registry/`. */
  readonly path: string
  readonly body?: string
  /** Nothing comes before or behind it. */
  readonly isSingle?: boolean
}

/** What the API answers about the entry. Waits and asks again while it is busy or starting. */
async function askRegistry(settings: Settings, { method, path, body, isSingle = false }: Question): Promise<Response> {
  const api = `http://${settings.host}:${settings.ingestPort}`
  const headers = {
    authorization: `Bearer ${installationSecrets(settings).token('operator')}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  let busyMs = 0
  for (let attempt = 1; ; attempt++) {
    const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
    const asked = { method, headers, signal, ...(body !== undefined && { body }) }
    const response = await fetch(`${api}/registry/${path}`, asked).catch(() => undefined)
    if (response && response.status < 500 && response.status !== 429) return response
    const waitMs = waitMsOf(response)
    if (response?.status === 503 || response?.status === 429) {
      busyMs += waitMs
      if (busyMs > (isSingle ? ENTRY_BUSY_WAIT_MS_MAX : BUSY_WAIT_MS_MAX))
        throw busyError(api, await reasonOf(response), isSingle)
    } else if (attempt >= ATTEMPTS_MAX)
      throw new CommandError(`The API at ${api} does not answer as it should: start Zuil first (npm start).`)
    await new Promise((resolve) => setTimeout(resolve, waitMs))
  }
}

/** `Retry-After` is in seconds; its other form, a date, is of proxies. */
function waitMsOf(response: Response | undefined): number {
  const asked = Number(response?.headers.get('retry-after') ?? 0) * 1_000
  return asked > 0 ? Math.min(RETRY_AFTER_MS_MAX, asked) : RETRY_AFTER_MS
}

function busyError(api: string, reason: string, isSingle: boolean): CommandError {
  const consequence = isSingle ? 'Nothing was changed' : 'What it took until here stays'
  return new CommandError(`The API at ${api} takes no entries for now: ${reason}. ${consequence}; give the same again later.`)
}
