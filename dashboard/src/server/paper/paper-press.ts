import { Worker } from 'node:worker_threads'
import { type MissingCompiler, missingCompiler } from './compiler-missing.ts'

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

/** What the thread begins with; each message to it is a {@link Paper}. */
export interface PressSetting {
  /** Package of the compiler, as Node finds it, or the URL of its file. */
  readonly compiler: string
  /** Font files, TrueType. */
  readonly fonts: readonly string[]
}

export type PressAnswer = { readonly pdf: Uint8Array } | { readonly fault: 'MISSING' | 'REFUSED'; readonly reason: string }

const COMPILER = '@myriaddreamin/typst-ts-node-compiler'
/** Papers at the same time, the one under way included: each takes a second or two and some hundred megabytes. */
const WAITING_MAX = 8
/** A year's report of a large region takes two or three seconds, on a busy machine ten times that. */
const WITHIN_MS = 60_000
/** Contents of a paper, for objects of the thread; what the compiler itself takes is outside of it. */
const OBJECTS_MB_MAX = 256

/** Id of a thread that is not there any more. */
const ENDED = -1

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
 * Sets papers as tagged PDF (PDF/UA-1), one after the other, in a thread for each order: what answers other readers never waits for it,
 * and the memory of a large report ends with its thread.
 */
export class PaperPress {
  readonly #compiler: string
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0
  readonly #running = new Set<Worker>()

  constructor({ compiler = COMPILER }: Partial<Pick<PressSetting, 'compiler'>> = {}) {
    this.#compiler = compiler
  }

  /** What this machine needs for a paper and does not have. */
  missing(): MissingCompiler | undefined {
    return missingCompiler(this.#compiler)
  }

  /** @throws {PaperError} */
  async press(paper: Paper): Promise<Buffer> {
    for await (const pdf of this.pressAll([() => paper])) return pdf
    throw new PaperError('NOT_SET', 'Nothing was set')
  }

  /** Several papers of one order, in one thread; papers of others have their turn between them. @throws {PaperError} */
  async *pressAll(papers: readonly (() => Paper)[]): AsyncGenerator<Buffer, undefined> {
    if (this.#waiting >= WAITING_MAX) throw new PaperError('TOO_MANY', 'Other papers are being made: ask again in a minute')
    const own: { worker?: Worker } = {}
    try {
      for (const paper of papers)
        yield await this.#inTurn(async () => {
          own.worker ??= this.#start()
          return await set(own.worker, paper())
        })
    } finally {
      if (own.worker) this.#running.delete(own.worker)
      await own.worker?.terminate()
    }
  }

  /** Ends what is under way. */
  async close(): Promise<void> {
    await Promise.all([...this.#running].map((worker) => worker.terminate()))
  }

  async #inTurn(work: () => Promise<Buffer>): Promise<Buffer> {
    this.#waiting += 1
    const pressed = this.#last.then(work)
    this.#last = pressed.catch(() => undefined)
    try {
      return await pressed
    } finally {
      this.#waiting -= 1
    }
  }

  #start(): Worker {
    const worker = new Worker(new URL('paper-worker.ts', import.meta.url), {
      workerData: {
        compiler: this.#compiler,
        fonts: FONTS.map((font) => import.meta.resolve(font)),
      } satisfies PressSetting,
      // options of this process, such as an inspector's port, are not for its threads
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: OBJECTS_MB_MAX },
    })
    // one that ends by itself has ended the paper that it was given; between two papers nobody listens
    worker.on('error', () => undefined)
    this.#running.add(worker)
    return worker
  }
}

async function set(worker: Worker, paper: Paper): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<PressAnswer>()
  const late = setTimeout(() => reject(new PaperError('NOT_SET', `No paper within ${WITHIN_MS / 1_000} s`)), WITHIN_MS)
  const ended = () => reject(new PaperError('NOT_SET', 'The thread of the paper ended'))
  worker.once('message', resolve).once('error', reject).once('exit', ended)
  if (worker.threadId === ENDED) ended()
  try {
    worker.postMessage(paper)
    const answer = await promise
    if ('pdf' in answer) return Buffer.from(answer.pdf.buffer, answer.pdf.byteOffset, answer.pdf.byteLength)
    throw new PaperError(answer.fault === 'MISSING' ? 'COMPILER_MISSING' : 'NOT_SET', answer.reason)
  } finally {
    clearTimeout(late)
    worker.off('message', resolve).off('error', reject).off('exit', ended)
  }
}

/** Source Sans 3, of the SIL Open Font License: the weights that the templates use. */
const FONTS = ['400Regular', '400Regular_Italic', '600SemiBold'].map(
  (style) => `@expo-google-fonts/source-sans-3/${style}/SourceSans3_${style}.ttf`,
)
