import type { PipelineStatus } from '@zuil/pipeline'
import { ProcessorTurn, SHELL_ENDS_MAX } from './processor-turn.ts'

/** Rows a second from which answers to check-ins are held up by what loads them; below, nobody notices. */
export const BUSY_ROWS_PER_SECOND = 1_000
const CALM_ROWS_PER_SECOND = 500

/**
 * At 5,000 rows a second that are kept up with the oldest waits 0.2 s, and in two of a hundred seconds more than 0.5. Coming forward takes
 * another half of a second until it is felt, and a check-in is to be readable within one.
 */
export const FRESH_MS = 600
export const BEHIND_MS = 700
/** Who is fresh at every look for so long has processor to spare. */
export const WELL_OFF_MS = 5_000

/** Costs nothing: the status is in memory, and read anew every 250 ms. */
const LOOK_INTERVAL_MS = 100

/** Stays forward this long, so that it does not flutter, and each time twice as long when it fell behind soon after it had stood back. */
export const FORWARD_MS = 10_000
export const FORWARD_MS_MAX = 320_000
/** Standing back for this long shows that there is processor enough. */
export const PROVEN_MS = 60_000

export interface StandingBackDependencies {
  readonly status: () => Pick<PipelineStatus, 'at' | 'lanes' | 'loadRowsPerSecond' | 'problem'>
  readonly turn: Pick<ProcessorTurn, 'standBack' | 'comeForward' | 'isCertain'>
  /** Epoch ms. */
  readonly clock: () => number
  /** Monotonic ms. */
  readonly elapsed: () => number
  /** What could not be changed. */
  readonly report: (error: unknown) => void
}

/** Where the system lets this process do so. Gives what ends it. */
export async function startStandingBack(
  status: StandingBackDependencies['status'],
  report: (message: string, error: unknown) => void,
): Promise<() => Promise<void>> {
  const turn = await ProcessorTurn.open({
    onGivenUp: (consequence) => {
      const error = new Error(`${SHELL_ENDS_MAX} shells that change it ended one behind the other, and none is started any more`)
      report(`The priority of the hub can no longer be changed. ${consequence}`, error)
    },
  })
  if (!turn) return async () => undefined
  const standing = new StandingBack({
    status,
    turn,
    clock: Date.now,
    elapsed: () => performance.now(),
    report: (error) => report('The priority of the hub could not be changed; it is tried again', error),
  })
  standing.start()
  return async () => {
    await standing.stop()
    turn.close()
  }
}

/**
 * Lets ingest and Redis have the processor at once while the hub loads much and keeps up all the same. Whoever stands back may get next to nothing on a machine
 * that is full, so it comes forward when what waits grows old, when there is little to load (then people on the pages come first), and when a shell ended that
 * it would come forward with, as long as there is another.
 */
export class StandingBack {
  readonly #dependencies: StandingBackDependencies
  #isBack = false
  /** Whether that is so for all threads. */
  #isDone = true
  /** Changes that did not succeed, one behind the other. */
  #failures = 0
  /** When it last changed. */
  #since = Number.NEGATIVE_INFINITY
  /** Since when every look found it loading much and fresh. */
  #wellOffSince = Number.POSITIVE_INFINITY
  #forwardMs = FORWARD_MS
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> = Promise.resolve()
  #isLooking = false

  constructor(dependencies: StandingBackDependencies) {
    this.#dependencies = dependencies
  }

  start(): void {
    this.#timer = setInterval(() => {
      if (this.#isLooking) return
      this.#isLooking = true
      this.#looking = this.look().finally(() => {
        this.#isLooking = false
      })
    }, LOOK_INTERVAL_MS)
  }

  /** What is left to do on the way out is done at full strength. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
    if (this.#isBack || !this.#isDone) await this.#change(false)
  }

  /** Never rejects: what did not succeed is tried again at the next look. */
  async look(): Promise<void> {
    if (!this.#isDone) return await this.#carryOut()
    const { status, turn, clock, elapsed } = this.#dependencies
    const { at, lanes, loadRowsPerSecond, problem } = status()
    // whoever has no processor does not read its status either
    const ageMs = Math.max(clock() - at, ...lanes.map((lane) => lane.oldestUnloadedAgeMs))
    const forMs = elapsed() - this.#since
    if (!this.#isBack) {
      const isWellOff = problem === undefined && loadRowsPerSecond >= BUSY_ROWS_PER_SECOND && ageMs < FRESH_MS
      this.#wellOffSince = isWellOff ? Math.min(this.#wellOffSince, elapsed()) : Number.POSITIVE_INFINITY
      const isLongEnough = elapsed() - this.#wellOffSince >= WELL_OFF_MS && forMs >= this.#forwardMs
      if (isLongEnough && turn.isCertain) await this.#change(true)
      return
    }
    if (forMs >= PROVEN_MS) this.#forwardMs = FORWARD_MS
    const isBehind = problem !== undefined || ageMs >= BEHIND_MS
    if (!isBehind && loadRowsPerSecond >= CALM_ROWS_PER_SECOND && turn.isCertain) return
    if (isBehind && forMs < PROVEN_MS) this.#forwardMs = Math.min(FORWARD_MS_MAX, this.#forwardMs * 2)
    await this.#change(false)
  }

  async #change(isBack: boolean): Promise<void> {
    this.#isBack = isBack
    this.#wellOffSince = Number.POSITIVE_INFINITY
    this.#isDone = false
    this.#since = this.#dependencies.elapsed()
    await this.#carryOut()
  }

  async #carryOut(): Promise<void> {
    const { turn, report } = this.#dependencies
    try {
      await (this.#isBack ? turn.standBack() : turn.comeForward())
      this.#isDone = true
      this.#failures = 0
    } catch (error) {
      this.#failures += 1
      // a thread ended between two calls; the second time it is worth a line, and no more than that: it is tried ten times a second
      if (this.#failures === 2) report(error)
    }
  }
}
