import type { NowFigures, NowSource, PipelineStatus } from './now-source.ts'

/** One look at the source serves everybody for this long. */
export const REFRESH_INTERVAL_MS = 1_000
/**
 * A look is followed by a rest of so many times its own length: millions of rows on one day are counted for a second or more on all processors,
 * which those who check in need as well.
 */
const RESTS = 4
const REST_MS_MAX = 30_000
/** A source that takes longer counts as failing; the last figures stay. The hub's own query limit is shorter. */
const SOURCE_TIMEOUT_MS = 5_000

/** The latest figures with what is known about their age. */
export interface Snapshot {
  /** Rises with every look. */
  readonly sequence: number
  /** Epoch ms of the look. */
  readonly at: number
  /** The latest figures that could be had; none before the first success. */
  readonly latest: { readonly figures: NowFigures; readonly status: PipelineStatus } | undefined
  /** Epoch ms since when the source fails; none while it answers. */
  readonly failingSince: number | undefined
}

export interface NowFeedOptions {
  readonly source: NowSource
  /** Epoch ms. */
  readonly clock: () => number
  /** Default {@link SOURCE_TIMEOUT_MS}. */
  readonly timeoutMs?: number
  /** Told once when the source starts to fail. */
  readonly onFailure: (error: unknown) => void
}

/** Shares one look at the source between all readers and keeps the last good figures when a look fails. */
export class NowFeed {
  readonly #options: NowFeedOptions
  #snapshot: Snapshot = { sequence: 0, at: Number.NEGATIVE_INFINITY, latest: undefined, failingSince: undefined }
  #looking: Promise<Snapshot> | undefined
  #restMs = 0
  /** The question that is out; a source that hangs is not asked a second one. */
  #asking: Promise<NowFigures> | undefined

  constructor(options: NowFeedOptions) {
    this.#options = options
  }

  /** A snapshot not older than {@link REFRESH_INTERVAL_MS}, or than a rest. Never rejects: failing is a state of the snapshot. */
  current(): Promise<Snapshot> {
    if (this.#isYoungerThan(REFRESH_INTERVAL_MS)) return Promise.resolve(this.#snapshot)
    return this.refresh()
  }

  /** Looks now, but for a rest after a long look; callers that come while a look is under way share it. */
  refresh(): Promise<Snapshot> {
    if (this.#isYoungerThan(this.#restMs)) return Promise.resolve(this.#snapshot)
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  /** A clock that was set back makes nothing young. */
  #isYoungerThan(ms: number): boolean {
    const ageMs = this.#options.clock() - this.#snapshot.at
    return ageMs >= 0 && ageMs < ms
  }

  async #look(): Promise<Snapshot> {
    const { clock, source, onFailure } = this.#options
    const begunAt = clock()
    const previous = this.#snapshot
    const step = { sequence: previous.sequence + 1 }
    try {
      // Before the figures: what is complete by now is in them, what becomes complete meanwhile may not be.
      const status = source.status()
      const figures = await this.#ask()
      this.#snapshot = { ...step, at: clock(), latest: { figures, status }, failingSince: undefined }
    } catch (error) {
      if (previous.failingSince === undefined) onFailure(error)
      this.#snapshot = { ...step, at: clock(), latest: previous.latest, failingSince: previous.failingSince ?? clock() }
    }
    this.#restMs = Math.min(REST_MS_MAX, RESTS * (this.#snapshot.at - begunAt))
    return this.#snapshot
  }

  async #ask(): Promise<NowFigures> {
    this.#asking ??= this.#options.source.figures().finally(() => {
      this.#asking = undefined
    })
    const timeoutMs = this.#options.timeoutMs ?? SOURCE_TIMEOUT_MS
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`The figures did not come within ${timeoutMs} ms`)), timeoutMs)
    })
    try {
      return await Promise.race([this.#asking, timeout])
    } finally {
      clearTimeout(timer)
    }
  }
}
