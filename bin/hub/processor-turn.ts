import { setTimeout as pause } from 'node:timers/promises'
import { TurnShell } from './turn-shell.ts'

/**
 * One carries out what is asked, the other waits for its end: a shell that is started by a process that stands back waits for the processor as that does,
 * for 3 s beside four others on two cores and for 10 s beside eight.
 */
const SHELLS = 2
/** Before another is started in the place of one that ended. */
const RESTART_PAUSE_MS = 1_000
/** Ends in a row, without a change in between: whatever ends them will go on. */
export const SHELL_ENDS_MAX = 10

export interface ProcessorTurnOptions {
  /** Hears what it means that no shell is started any more. */
  readonly onGivenUp: (consequence: string) => void
  readonly restartPauseMs?: number
}

/** How this process takes its turns at the processor, with all its threads and children; threads that start later inherit it. */
export class ProcessorTurn {
  readonly #onGivenUp: (consequence: string) => void
  readonly #restartPauseMs: number
  /** Those that answer. */
  readonly #shells = new Set<TurnShell>()
  #ends = 0
  #isBack = false
  #isRestarting = false
  #isClosed = false

  private constructor({ onGivenUp, restartPauseMs = RESTART_PAUSE_MS }: ProcessorTurnOptions) {
    this.#onGivenUp = onGivenUp
    this.#restartPauseMs = restartPauseMs
  }

  /**
   * Undefined when it cannot be changed: without `chrt` (util-linux), and where the system lets a process stand back but not come forward again, which takes
   * root or a limit for nice values (RLIMIT_NICE) that allows the one that it has.
   */
  static async open(options: ProcessorTurnOptions): Promise<ProcessorTurn | undefined> {
    if (process.platform !== 'linux') return undefined
    const turn = new ProcessorTurn(options)
    for (let shell = 0; shell < SHELLS; shell++) {
      if (await turn.#start()) continue
      turn.close()
      return undefined
    }
    return turn
  }

  /** Whether coming forward is certain, even if a shell ends at that moment. Whoever stands back without it should come forward while it can. */
  get isCertain(): boolean {
    return this.#shells.size === SHELLS
  }

  /**
   * Takes the processor only when nobody else wants it (SCHED_IDLE): who wakes up has it at once, and does not wait for the end of a turn of some
   * milliseconds, which no nice value spares it. @throws when it did not succeed for all threads, one of which may have ended meanwhile.
   */
  async standBack(): Promise<void> {
    await this.#set('--idle')
  }

  /** As before {@link standBack}; the nice value was kept. @throws as that. */
  async comeForward(): Promise<void> {
    await this.#set('--other')
  }

  close(): void {
    this.#isClosed = true
    for (const shell of this.#shells) shell.close()
  }

  async #set(policy: '--idle' | '--other'): Promise<void> {
    for (const shell of this.#shells) {
      const answer = await shell.carryOut(policy)
      if (answer === undefined) continue
      // also when it did so for some threads only
      this.#isBack = policy === '--idle'
      if (answer !== '0') throw new Error(`chrt ${policy} of process ${process.pid} ended with ${answer}`)
      this.#ends = 0
      return
    }
    throw new Error(`chrt ${policy} of process ${process.pid} has no shell that carries it out`)
  }

  async #start(): Promise<boolean> {
    const shell = await TurnShell.open()
    if (!shell) return false
    this.#shells.add(shell)
    void shell.ended.then(() => this.#replace(shell))
    if (this.#isClosed) shell.close()
    return true
  }

  async #replace(shell: TurnShell): Promise<void> {
    this.#shells.delete(shell)
    this.#ends += 1
    if (this.#isRestarting || this.#isClosed) return
    this.#isRestarting = true
    while (!this.isCertain && this.#ends < SHELL_ENDS_MAX) {
      await pause(this.#restartPauseMs, undefined, { ref: false })
      if (this.#isClosed) return
      if (!(await this.#start())) this.#ends += 1
    }
    this.#isRestarting = false
    if (this.isCertain) return
    const isStuck = this.#isBack && this.#shells.size === 0
    this.#onGivenUp(
      isStuck
        ? 'It stays behind all other processes until it is started again.'
        : 'It stands back no more until it is started again.',
    )
  }
}
