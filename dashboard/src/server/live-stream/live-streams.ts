import type { ServerResponse } from 'node:http'
import type { Language } from '../../lib/language.ts'
import type { NowBoard } from '../now/now-board.ts'
import { nowDocument } from '../now/now-document.ts'
import { REFRESH_INTERVAL_MS } from '../now/now-feed.ts'
import { eventFrame, type Frame, frameOf } from './frame.ts'
import { StreamReader } from './stream-reader.ts'

/** Keeps proxies from closing a quiet connection; most give up after 30 or 60 s. */
const HEARTBEAT_MS = 15_000
/** What a browser waits before it connects again. */
const RECONNECT_MS = 2_000

/** What a reader asked for: the figures as data, or the page in a language. */
export type Subject = 'figures' | Language

export interface LiveStreamsOptions {
  readonly board: NowBoard
  readonly clock: () => number
  /** Readers at the same time; the next one is refused. */
  readonly readersMax: number
  /** Told when a picture could not be made; readers keep the one they have. */
  readonly onFailure: (error: unknown) => void
}

/** All readers of the live stream. One look at the source per second at most serves them all, and none is taken without readers. */
export class LiveStreams {
  readonly #options: LiveStreamsOptions
  readonly #readers = new Map<StreamReader, Subject>()
  #timer: NodeJS.Timeout | undefined
  #heartbeatAt = 0
  #sending = false
  #sent = 0

  constructor(options: LiveStreamsOptions) {
    this.#options = options
  }

  get readers(): number {
    return this.#readers.size
  }

  /** True while the source is looked at again and again, which is while somebody reads. */
  isMoving(): boolean {
    return this.#timer !== undefined
  }

  isFull(): boolean {
    return this.#readers.size >= this.#options.readersMax
  }

  /** Takes over a response whose head is not sent yet. The reader gets the present state at once, then every change. */
  add(response: ServerResponse, { subject, packed }: { subject: Subject; packed: boolean }): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      vary: 'accept-encoding',
      ...(packed ? { 'content-encoding': 'gzip' } : {}),
    })
    const reader = new StreamReader({ response, packed, clock: this.#options.clock })
    this.#readers.set(reader, subject)
    response.on('close', () => this.#remove(reader))
    reader.send(frameOf(`retry: ${RECONNECT_MS}\n\n`))
    void this.#frame(subject).then((frame) => frame && reader.send(frame))
    this.#timer ??= setInterval(() => void this.tick(), REFRESH_INTERVAL_MS)
  }

  /** Sends everybody the present state, when there is a new one. A look that takes longer than a second leaves out the ticks in between. */
  async tick(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    try {
      this.#dropStuck()
      this.#heartbeat()
      const { sequence } = await this.#options.board.refresh()
      if (sequence === this.#sent) return
      this.#sent = sequence
      const frames = new Map<Subject, Frame | undefined>()
      for (const subject of new Set(this.#readers.values())) frames.set(subject, await this.#frame(subject))
      for (const [reader, subject] of this.#readers) {
        const frame = frames.get(subject)
        if (frame) reader.send(frame)
      }
    } finally {
      this.#sending = false
    }
  }

  /** Ends every stream; readers connect again by themselves when the server is back. */
  close(): void {
    for (const reader of this.#readers.keys()) reader.end()
    this.#readers.clear()
    this.#stop()
  }

  /** Never rejects: nobody waits for it, and one picture that fails may not end the process of all others. */
  async #frame(subject: Subject): Promise<Frame | undefined> {
    const { board, onFailure } = this.#options
    try {
      if (subject === 'figures') return eventFrame('now', nowDocument(await board.snapshot()))
      return eventFrame('view', await board.view(subject))
    } catch (error) {
      onFailure(error)
      return undefined
    }
  }

  #heartbeat(): void {
    const now = this.#options.clock()
    if (now - this.#heartbeatAt < HEARTBEAT_MS) return
    this.#heartbeatAt = now
    const frame = frameOf(': heartbeat\n\n')
    for (const reader of this.#readers.keys()) reader.send(frame)
  }

  #dropStuck(): void {
    for (const reader of this.#readers.keys()) {
      if (reader.isStuck()) reader.destroy()
    }
  }

  #remove(reader: StreamReader): void {
    this.#readers.delete(reader)
    if (this.#readers.size === 0) this.#stop()
  }

  #stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }
}
