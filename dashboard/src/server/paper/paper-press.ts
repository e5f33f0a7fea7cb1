import { Worker } from 'node:worker_threads'

/** A page that is set by a template of this folder, with the same bytes for the same contents. */
export interface Paper {
  readonly template: 'report' | 'settlement'
  /** What the template reads; plain data, so that no text of it is ever taken for an instruction. */
  readonly contents: object
  /** SVG by the name that the contents call it. */
  readonly pictures: Readonly<Record<string, string>>
  /** Epoch ms that the paper carries as the time it was made. */
  readonly createdAt: number
}

/** What the thread is given. */
export interface PressOrder extends Paper {
  /** Font files, TrueType. */
  readonly fonts: readonly string[]
}

export type PressAnswer = { readonly pdf: Uint8Array } | { readonly fault: 'MISSING' | 'REFUSED'; readonly reason: string }

/** Papers at the same time, the one under way included: each takes a second or two and some hundred megabytes. */
const WAITING_MAX = 8
/** A year's report of a large region takes two or three seconds, on a busy machine ten times that. */
const WITHIN_MS = 60_000
/** Contents of a paper, for objects of the thread; what the compiler itself takes is outside of it. */
const OBJECTS_MB_MAX = 256

export type PaperFault = 'COMPILER_MISSING' | 'TOO_MANY' | 'NOT_SET'

/** No paper was made, and why. */
export class PaperError extends Error {
  override readonly name = 'PaperError'
  readonly code: PaperFault

  constructor(code: PaperFault, message: string) {
    super(message)
    this.code = code
  }
}

/**
 * Sets papers as tagged PDF (PDF/UA-1), one after the other, each in a thread of its own: what answers other readers never waits for it,
 * and the memory of a large report ends with its thread.
 */
export class PaperPress {
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0
  readonly #running = new Set<Worker>()

  /** @throws {PaperError} */
  async press(paper: Paper): Promise<Buffer> {
    if (this.#waiting >= WAITING_MAX) throw new PaperError('TOO_MANY', 'Other papers are being made: ask again in a minute')
    this.#waiting += 1
    const pressed = this.#last.then(() => this.#set(paper))
    this.#last = pressed.catch(() => undefined)
    try {
      return await pressed
    } finally {
      this.#waiting -= 1
    }
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    await Promise.all([...this.#running].map((worker) => worker.terminate()))
  }

  async #set(paper: Paper): Promise<Buffer> {
    const { promise, resolve, reject } = Promise.withResolvers<PressAnswer>()
    const worker = new Worker(new URL('paper-worker.ts', import.meta.url), {
      workerData: { ...paper, fonts: FONTS.map((font) => import.meta.resolve(font)) } satisfies PressOrder,
      // options of this process, such as an inspector's port, are not for its threads
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: OBJECTS_MB_MAX },
    })
    this.#running.add(worker)
    const late = setTimeout(() => reject(new PaperError('NOT_SET', `No paper within ${WITHIN_MS / 1_000} s`)), WITHIN_MS)
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new PaperError('NOT_SET', 'The thread of the paper ended')))
    try {
      const answer = await promise
      if ('pdf' in answer) return Buffer.from(answer.pdf.buffer, answer.pdf.byteOffset, answer.pdf.byteLength)
      throw new PaperError(answer.fault === 'MISSING' ? 'COMPILER_MISSING' : 'NOT_SET', answer.reason)
    } finally {
      clearTimeout(late)
      this.#running.delete(worker)
      await worker.terminate()
    }
  }
}

/** Source Sans 3, of the SIL Open Font License: the weights that the templates use. */
const FONTS = ['400Regular', '400Regular_Italic', '600SemiBold'].map(
  (style) => `@expo-google-fonts/source-sans-3/${style}/SourceSans3_${style}.ttf`,
)
