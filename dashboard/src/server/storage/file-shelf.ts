import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder, OWN_FOLDER_MODE, UNFINISHED_SUFFIX, writeOwnFile } from '@zuil/warehouse/durable-file'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'

/** Files that were made, each with an entry that says how it stands. */
export interface FileShelfOptions<Entry extends TSchema> {
  readonly folder: string
  /** Of the files: `zip`. */
  readonly ending: string
  /** What an entry is; its `id` names both files. */
  readonly entry: Entry
}

/** What was made, in a folder: `<id>.json` says how it stands, `<id>.<ending>` is its file. One process has the folder. */
export class FileShelf<Entry extends TSchema> {
  readonly #options: FileShelfOptions<Entry>

  constructor(options: FileShelfOptions<Entry>) {
    this.#options = options
  }

  /** All that are kept, after what a stop left unfinished was removed. */
  async entries(): Promise<readonly Readonly<Static<Entry>>[]> {
    const { folder, entry } = this.#options
    await makeFolder(folder, OWN_FOLDER_MODE)
    const names = await readdir(folder)
    for (const name of names) if (name.endsWith(UNFINISHED_SUFFIX)) await rm(join(folder, name), { force: true })
    const texts = names.filter((name) => name.endsWith('.json')).map((name) => readFile(join(folder, name), 'utf8'))
    return (await Promise.all(texts)).map((text) => {
      const kept: unknown = JSON.parse(text)
      if (!Value.Check(entry, kept)) throw new TypeError(`${folder} holds an entry that is none: remove it`)
      return kept
    })
  }

  /** Durable when it resolves, as everything here. */
  async keep(id: string | number, entry: Readonly<Static<Entry>>): Promise<void> {
    await writeOwnFile(join(this.#options.folder, `${id}.json`), JSON.stringify(entry))
  }

  async keepFile(id: string | number, bytes: Buffer): Promise<void> {
    await writeOwnFile(this.#fileOf(id), bytes)
  }

  async file(id: string | number): Promise<Buffer> {
    return await readFile(this.#fileOf(id))
  }

  async removeFile(id: string | number): Promise<void> {
    await rm(this.#fileOf(id), { force: true })
  }

  /** The file first: without its entry nobody would ever remove it. */
  async remove(id: string | number): Promise<void> {
    await this.removeFile(id)
    await rm(join(this.#options.folder, `${id}.json`), { force: true })
  }

  #fileOf(id: string | number): string {
    const { folder, ending } = this.#options
    return join(folder, `${id}.${ending}`)
  }
}
