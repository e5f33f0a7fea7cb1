import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { CommandError, EXIT } from '../command.ts'

const UNFINISHED = '.unfinished'

/** A file that has its name only once it is whole, and takes the place of one that had it; before, it ends with `.unfinished`. */
export class OutputFile {
  readonly #path: string
  readonly #file: FileHandle

  /** @throws {CommandError} when it cannot be made there: before anything is told, which may take minutes. */
  static async open(path: string): Promise<OutputFile> {
    const known = await stat(path).catch(() => undefined)
    if (known?.isDirectory()) throw new CommandError(`${path} is a folder: give the name of a file in it.`, EXIT.usage)
    try {
      return new OutputFile(path, await open(path + UNFINISHED, 'w'))
    } catch (error) {
      throw cannotWrite(path, error)
    }
  }

  private constructor(path: string, file: FileHandle) {
    this.#path = path
    this.#file = file
  }

  /** Where it stands until it is finished. */
  get unfinished(): string {
    return this.#path + UNFINISHED
  }

  /** @throws {CommandError} */
  async write(text: string): Promise<void> {
    try {
      await this.#file.writeFile(text)
    } catch (error) {
      throw cannotWrite(this.#path, error)
    }
  }

  /** @throws {CommandError} */
  async finish(): Promise<void> {
    try {
      await this.#file.close()
      await rename(this.unfinished, this.#path)
    } catch (error) {
      throw cannotWrite(this.#path, error)
    }
  }

  /** Takes away what was written. */
  async discard(): Promise<void> {
    await this.#file.close()
    await rm(this.unfinished, { force: true })
  }
}

function cannotWrite(path: string, error: unknown): CommandError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  switch (code) {
    case 'ENOENT':
      return new CommandError(`Cannot write ${path}: make the folder ${dirname(path)} first, or choose another one.`)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new CommandError(`Cannot write ${path}: you may not write there (${code}); choose another folder.`)
    case 'ENOSPC':
      return new CommandError(`Cannot write ${path}: the disk is full; make room, or choose another folder.`)
    default:
      return new CommandError(`Cannot write ${path} (${code || String(error)}): choose another place.`)
  }
}
