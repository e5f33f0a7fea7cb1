import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { UNFINISHED_ENDING, writeWhole } from '../whole-file.ts'

const Kept = Type.Object({
  id: Type.Integer(),
  status: Type.Enum(['STARTED', 'AVAILABLE', 'FAILED']),
  message: Type.String(),
  firstDay: Type.String(),
  lastDay: Type.String(),
  createdAt: Type.Integer(),
  organizer: Type.String(),
  cardSystems: Type.Array(Type.Integer()),
  client: Type.String(),
  /** Name of the file for who downloads it; empty until there is one. */
  fileName: Type.String(),
})
export type KeptReport = Readonly<Static<typeof Kept>>

/** Reports in a folder: `<id>.json` says how one stands, `<id>.zip` is its file. One process has the folder. */
export class FinancialReportShelf {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** All that are kept, after what a stop left unfinished was removed. */
  async reports(): Promise<readonly KeptReport[]> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const names = await readdir(this.#folder)
    for (const name of names) if (name.endsWith(UNFINISHED_ENDING)) await rm(join(this.#folder, name), { force: true })
    const texts = names.filter((name) => name.endsWith('.json')).map((name) => readFile(join(this.#folder, name), 'utf8'))
    return (await Promise.all(texts)).map((text) => {
      const kept: unknown = JSON.parse(text)
      if (!Value.Check(Kept, kept)) throw new TypeError(`${this.#folder} holds something that is no financial report: remove it`)
      return kept
    })
  }

  async keep(report: KeptReport): Promise<void> {
    await writeWhole(join(this.#folder, `${report.id}.json`), JSON.stringify(report))
  }

  async keepFile(id: number, bytes: Buffer): Promise<void> {
    await writeWhole(join(this.#folder, `${id}.zip`), bytes)
  }

  async file(id: number): Promise<Buffer> {
    return await readFile(join(this.#folder, `${id}.zip`))
  }

  /** The file first: without its entry nobody would ever remove it. */
  async remove(id: number): Promise<void> {
    await rm(join(this.#folder, `${id}.zip`), { force: true })
    await rm(join(this.#folder, `${id}.json`), { force: true })
  }
}
