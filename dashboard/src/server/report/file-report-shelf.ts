import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder, OWN_FOLDER_MODE, writeOwnFile } from '@zuil/warehouse/durable-file'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { NO_NOTES, NOTE_LETTERS_MAX, REPORT_CHAPTERS, type ReportNotes } from '../../lib/report/report-view.ts'
import type { ReportKey, ReportShelf } from './report-shelf.ts'

const Text = Type.String({ maxLength: NOTE_LETTERS_MAX })
const Kept = Type.Object({
  place: Type.String(),
  period: Type.String(),
  language: Type.String(),
  by: Type.String(),
  at: Type.String(),
  foreword: Text,
  comments: Type.Partial(Type.Record(Type.Enum([...REPORT_CHAPTERS]), Text)),
})

export interface FileReportShelfOptions {
  readonly folder: string
  /** Epoch ms. */
  readonly clock: () => number
}

/** Forewords and comments in a folder: a file for each place, period and language, replaced as a whole. */
export class FileReportShelf implements ReportShelf {
  readonly #options: FileReportShelfOptions

  constructor(options: FileReportShelfOptions) {
    this.#options = options
  }

  async notes(key: ReportKey): Promise<ReportNotes> {
    const text = await readFile(this.#pathOf(key), 'utf8').catch(ifMissing)
    if (text === undefined) return NO_NOTES
    const kept: unknown = JSON.parse(text)
    if (!Value.Check(Kept, kept)) throw new TypeError(`${this.#pathOf(key)} is not a file of forewords and comments`)
    return { foreword: kept.foreword, comments: kept.comments }
  }

  async keep(key: ReportKey, { foreword, comments }: ReportNotes, by: string): Promise<void> {
    const { folder, clock } = this.#options
    await makeFolder(folder, OWN_FOLDER_MODE)
    const kept: Static<typeof Kept> = { ...key, by, at: new Date(clock()).toISOString(), foreword, comments }
    await writeOwnFile(this.#pathOf(key), JSON.stringify(kept))
  }

  /** A name that no place can lead out of the folder with; what it is of stands in the file. */
  #pathOf({ place, period, language }: ReportKey): string {
    const name = createHash('sha256').update(`${place}\n${period}\n${language}`).digest('hex').slice(0, 32)
    return join(this.#options.folder, `${name}.json`)
  }
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined
  throw error
}
