import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'
import type { SettlementDocument, SettlementEntry } from '@zuil/core'
import { entriesContent } from '@zuil/warehouse'
import { makeFolder, syncFolder, writeDurably } from '@zuil/warehouse/durable-file'
import { namesIn } from '../folder-names.ts'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)
/** Written once a quarter. */
const COMPRESSION_LEVEL = 9
/** A million tickets of 300 bytes are unpacked at most. */
const TICKETS_BYTES_MAX = 512 * 1024 * 1024
/** Hash that the first closing of a card system names as its predecessor. */
const FIRST_PREVIOUS = '0'.repeat(64)

/** A settlement that is closed. */
export type ClosedDocument = SettlementDocument & Required<Pick<SettlementDocument, 'closing'>>

/** A closing as it stands on disk. */
export interface KeptClosing {
  readonly document: ClosedDocument
  /** Of the file with its tickets. */
  readonly tickets: { readonly rows: number; readonly hash: bigint; readonly sha256: string }
  /** SHA-256 of the file of the document. */
  readonly sha256: string
}

/** What stands on disk of a closing is not what was closed: bring `data/settlements` back from a copy. */
export class ClosingRecordError extends Error {
  override readonly name = 'ClosingRecordError'
  readonly code = 'settlement-record-damaged'
}

/**
 * The record of closed periods, one folder for each card system. A closing is there when its document is: that is written last, under a
 * temporary name first. Nothing is ever changed or removed.
 */
export class ClosingRecord {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Card systems that closed something, ascending. */
  async cardSystems(): Promise<readonly number[]> {
    const names = await namesIn(this.#folder)
    return names
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((a, b) => a - b)
  }

  /** Closings of a card system, first one first. @throws {ClosingRecordError} */
  async closings(cardSystem: number): Promise<readonly KeptClosing[]> {
    const folder = join(this.#folder, String(cardSystem))
    const count = (await namesIn(folder)).filter((name) => /^\d{4}\.json$/.test(name)).length
    const closings: KeptClosing[] = []
    for (let number = 1; number <= count; number++) {
      const path = join(folder, documentName(number))
      const text = await readFile(path, 'utf8').catch(() => {
        throw new ClosingRecordError(`${path} is missing, but later closings are there`)
      })
      closings.push(closingOf(text, { path, number, previous: closings.at(-1)?.sha256 ?? FIRST_PREVIOUS }))
    }
    return closings
  }

  /** Keeps a closing durably; it must be the next one of its card system. */
  async add(document: ClosedDocument, entries: readonly SettlementEntry[], previous: string | undefined): Promise<KeptClosing> {
    const { number } = document.closing
    const folder = join(this.#folder, String(document.cardSystem))
    await makeFolder(folder)
    const packed = await compress(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''), {
      params: { [constants.ZSTD_c_compressionLevel]: COMPRESSION_LEVEL },
    })
    const { rows, hash } = entriesContent(entries)
    const tickets = { rows, hash: String(hash), sha256: sha256(packed) }
    const kept = { version: 1, previous: previous ?? FIRST_PREVIOUS, tickets, sum: sha256(JSON.stringify(document)), document }
    const text = `${JSON.stringify(kept, undefined, 1)}\n`
    await writeDurably(join(folder, ticketsName(number)), packed)
    await syncFolder(folder)
    await writeDurably(join(folder, documentName(number)), text)
    await syncFolder(folder)
    return { document, tickets: { ...tickets, hash }, sha256: sha256(text) }
  }

  /** @throws {ClosingRecordError} when they are not those that were closed */
  async entries({ document, tickets }: KeptClosing): Promise<readonly SettlementEntry[]> {
    const path = join(this.#folder, String(document.cardSystem), ticketsName(document.closing.number))
    const packed = await readFile(path).catch(() => {
      throw new ClosingRecordError(`${path} is missing`)
    })
    if (sha256(packed) !== tickets.sha256) throw new ClosingRecordError(`${path} is not what was closed`)
    const text = (await decompress(packed, { maxOutputLength: TICKETS_BYTES_MAX })).toString('utf8')
    // Its hash has just shown that the file is the one that was written here.
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as SettlementEntry)
  }
}

interface Expected {
  readonly path: string
  readonly number: number
  /** Hash of the closing before. */
  readonly previous: string
}

function closingOf(text: string, { path, number, previous }: Expected): KeptClosing {
  const damaged = (what: string) => new ClosingRecordError(`${path} ${what}`)
  let kept: { version?: unknown; previous?: unknown; tickets?: TicketsMember; sum?: unknown; document?: ClosedDocument }
  try {
    kept = JSON.parse(text)
  } catch {
    throw damaged('is no closing')
  }
  if (kept.version !== 1 || !kept.tickets || !kept.document) throw damaged('is no closing that is known here')
  if (kept.sum !== sha256(JSON.stringify(kept.document))) throw damaged('is not what was closed')
  if (kept.previous !== previous) throw damaged('does not follow the closing before it')
  if (kept.document.closing.number !== number) throw damaged(`is closing ${kept.document.closing.number}`)
  const { rows, hash, sha256: sum } = kept.tickets
  return { document: kept.document, tickets: { rows, hash: BigInt(hash), sha256: sum }, sha256: sha256(text) }
}

interface TicketsMember {
  readonly rows: number
  readonly hash: string
  readonly sha256: string
}

function documentName(number: number): string {
  return `${String(number).padStart(4, '0')}.json`
}

function ticketsName(number: number): string {
  return `${String(number).padStart(4, '0')}.tickets.ndjson.zst`
}

function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex')
}
