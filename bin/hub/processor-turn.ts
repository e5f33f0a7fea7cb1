import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/**
 * Tries on itself whether it may go there and back, says so, and then carries out one policy a line. It keeps the place of a process that waits for nobody:
 * whoever stands back could wait long for the processor that coming forward takes. Ends with its standard input.
 */
const SCRIPT = `chrt --idle --pid 0 $$ && chrt --other --pid 0 $$ || exit 1
echo 0
while read -r policy; do chrt --all-tasks "$policy" --pid 0 "$1"; echo $?; done`

/** How this process takes its turns at the processor, with all its threads; those that start later inherit it. */
export class ProcessorTurn {
  readonly #child: ChildProcess
  readonly #answers: AsyncIterator<string>

  private constructor(child: ChildProcess, answers: AsyncIterator<string>) {
    this.#child = child
    this.#answers = answers
  }

  /**
   * Undefined when it cannot be changed: without `chrt` (util-linux), and where the system lets a process stand back but not come forward again, which takes
   * root or a limit for nice values (RLIMIT_NICE) that allows the one that it has.
   */
  static async open(): Promise<ProcessorTurn | undefined> {
    if (process.platform !== 'linux') return undefined
    const child = spawn('sh', ['-c', SCRIPT, 'zuil-turn', String(process.pid)], { stdio: ['pipe', 'pipe', 'ignore'] })
    const lines = createInterface({ input: child.stdout })
    // without a shell the lines end, and nothing is answered
    child.once('error', () => undefined)
    child.stdin.on('error', () => undefined)
    const turn = new ProcessorTurn(child, lines[Symbol.asyncIterator]())
    if ((await turn.#answer()) === '0') return turn
    turn.close()
    return undefined
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
    this.#child.stdin?.end()
  }

  async #set(policy: string): Promise<void> {
    this.#child.stdin?.write(`${policy}\n`)
    const answer = await this.#answer()
    if (answer !== '0') throw new Error(`chrt ${policy} of process ${process.pid} ended with ${answer ?? 'its shell'}`)
  }

  async #answer(): Promise<string | undefined> {
    const { value, done } = await this.#answers.next()
    return done === true ? undefined : value
  }
}
