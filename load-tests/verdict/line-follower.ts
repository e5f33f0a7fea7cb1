import { type FileHandle, open } from 'node:fs/promises'

const CHUNK_BYTES = 1 << 20

/** Gives the lines of a file that grows, each once and only when it is whole. */
export class LineFollower {
  readonly #path: string
  readonly #onLine: (line: string) => void
  readonly #decoder = new TextDecoder()
  readonly #chunk = Buffer.alloc(CHUNK_BYTES)
  #file: FileHandle | undefined
  #offset = 0
  #rest = ''

  constructor(path: string, onLine: (line: string) => void) {
    this.#path = path
    this.#onLine = onLine
  }

  /** Reads what came since the last time; a file that is not there yet has nothing. */
  async readOn(): Promise<void> {
    this.#file ??= await open(this.#path, 'r').catch(() => undefined)
    if (!this.#file) return
    for (;;) {
      const { bytesRead } = await this.#file.read(this.#chunk, 0, CHUNK_BYTES, this.#offset)
      if (bytesRead === 0) return
      this.#offset += bytesRead
      const lines = (this.#rest + this.#decoder.decode(this.#chunk.subarray(0, bytesRead), { stream: true })).split('\n')
      this.#rest = lines.pop() ?? ''
      for (const line of lines) this.#onLine(line)
    }
  }

  /** Reads the rest and closes the file. */
  async end(): Promise<void> {
    await this.readOn()
    await this.#file?.close()
    this.#file = undefined
  }
}
