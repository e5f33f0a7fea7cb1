import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { TableName } from '@zuil/warehouse'
import { makeFolder, syncFolder, writeDurably } from '@zuil/warehouse/durable-file'
import type { SegmentRow } from '../archive/segment.ts'
import { namesIn } from '../folder-names.ts'

/** Where a record or row was refused: decode, before the archive; load, by the warehouse. */
export const DEAD_LETTER_STAGES = ['decode', 'load'] as const
export type DeadLetterStage = (typeof DEAD_LETTER_STAGES)[number]

/** A record (stage decode) or a row (stage load) that could not be stored, kept whole so that it can be replayed under its own identity. */
export interface DeadLetter {
  readonly stage: DeadLetterStage
  /** Position of the record; empty for a row, which carries its own id. */
  readonly position: string
  /** Table of a row; empty for a record. */
  readonly table: TableName | ''
  /** Why, without the content: a class of error or the code of the warehouse. */
  readonly reason: string
  /** Epoch ms. */
  readonly at: number
  readonly text: string
  /** Epoch ms of a replay that succeeded, and the rows that it stored. */
  readonly replayed?: { readonly at: number; readonly rows: readonly SegmentRow[] }
}

export interface DeadLetterCounts {
  readonly waiting: number
  readonly replayed: number
}

/** One file per range that has any: `<folder>/<lane>/<range, 8 digits>.ndjson`, replaced whole, durable when a method returns. */
export interface DeadLetters {
  /** Sets the letters of one stage of a range; the same letters again change nothing. */
  put(lane: number, range: number, letters: readonly DeadLetter[]): Promise<void>
  of(lane: number, range: number): Promise<DeadLetter[]>
  /** Ranges of a lane that have letters, ascending. */
  ranges(lane: number): Promise<number[]>
  lanes(): Promise<number[]>
  replace(lane: number, range: number, letters: readonly DeadLetter[]): Promise<void>
  counts(): Promise<DeadLetterCounts>
}

export function openDeadLetters(folder: string): DeadLetters {
  return new FolderDeadLetters(folder)
}

class FolderDeadLetters implements DeadLetters {
  readonly #folder: string
  #counts: DeadLetterCounts | undefined
  /** Ranges known to have a file, by lane: nearly every range has none, and that must cost no read. */
  readonly #known = new Map<number, Promise<Set<number>>>()

  constructor(folder: string) {
    this.#folder = folder
  }

  async put(lane: number, range: number, letters: readonly DeadLetter[]): Promise<void> {
    if (letters.length === 0) return
    const present = await this.of(lane, range)
    const identities = new Set(present.map(identity))
    const added = letters.filter((letter) => !identities.has(identity(letter)))
    if (added.length > 0) await this.replace(lane, range, [...present, ...added])
  }

  async of(lane: number, range: number): Promise<DeadLetter[]> {
    if (!(await this.#rangesOf(lane)).has(range)) return []
    const text = await readFile(this.#path(lane, range), 'utf8')
    // the files are written by this class only
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as DeadLetter)
  }

  async ranges(lane: number): Promise<number[]> {
    return [...(await this.#rangesOf(lane))].sort((a, b) => a - b)
  }

  async lanes(): Promise<number[]> {
    const names = await namesIn(this.#folder)
    return names
      .filter((name) => /^\d{1,3}$/.test(name))
      .map(Number)
      .sort((a, b) => a - b)
  }

  async replace(lane: number, range: number, letters: readonly DeadLetter[]): Promise<void> {
    const folder = join(this.#folder, String(lane))
    const known = await this.#rangesOf(lane)
    await makeFolder(folder)
    await writeDurably(this.#path(lane, range), letters.map((letter) => `${JSON.stringify(letter)}\n`).join(''))
    await syncFolder(folder)
    known.add(range)
    this.#counts = undefined
  }

  async counts(): Promise<DeadLetterCounts> {
    if (this.#counts) return this.#counts
    let waiting = 0
    let replayed = 0
    for (const lane of await this.lanes()) {
      for (const range of await this.ranges(lane)) {
        const letters = await this.of(lane, range)
        const done = letters.filter((letter) => letter.replayed).length
        replayed += done
        waiting += letters.length - done
      }
    }
    this.#counts = { waiting, replayed }
    return this.#counts
  }

  #rangesOf(lane: number): Promise<Set<number>> {
    const known = this.#known.get(lane)
    if (known) return known
    const reading = namesIn(join(this.#folder, String(lane))).then((names) => {
      const matches = names.map((name) => /^(\d{8,})\.ndjson$/.exec(name)?.[1])
      return new Set(matches.filter((digits) => digits !== undefined).map(Number))
    })
    this.#known.set(lane, reading)
    reading.catch(() => this.#known.delete(lane))
    return reading
  }

  #path(lane: number, range: number): string {
    return join(this.#folder, String(lane), `${String(range).padStart(8, '0')}.ndjson`)
  }
}

function identity(letter: DeadLetter): string {
  return `${letter.stage} ${letter.position} ${letter.table} ${letter.text}`
}
