import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface, type Interface } from 'node:readline'

/**
 * Tries on itself whether it may go there and back, says so, and then carries out one policy a line. It keeps the place of a process that waits for nobody:
 * whoever stands back could wait long for the processor that coming forward takes. Ends with its standard input only: a signal to a whole group is for the
 * hub, which comes forward on its way out. A child of the hub inherits its policy to its own end, so it comes forward with it.
 */
const SCRIPT = `trap '' HUP INT TERM
chrt --idle --pid 0 $$ && chrt --other --pid 0 $$ || exit 1
echo 0
while read -r policy; do
  chrt --all-tasks "$policy" --pid 0 "$1"
  result=$?
  if [ "$policy" = --other ]; then
    for child in $(cat /proc/"$1"/task/*/children); do chrt --all-tasks --other --pid 0 "$child"; done
  fi
  echo $result
done`

/** A process that changes the policy of this one with `chrt` of util-linux, which Node cannot. */
export class TurnShell {
  readonly #child: ChildProcess
  readonly #answers: AsyncIterator<string>
  /** Resolves when nothing is answered any more. */
  readonly ended: Promise<void>

  private constructor(child: ChildProcess, lines: Interface) {
    this.#child = child
    this.#answers = lines[Symbol.asyncIterator]()
    this.ended = new Promise((resolve) => lines.once('close', () => resolve()))
  }

  /** Undefined without `sh` or `chrt`, and where the system does not let a process stand back and come forward again. */
  static async open(): Promise<TurnShell | undefined> {
    const child = spawn('sh', ['-c', SCRIPT, 'zuil-turn', String(process.pid)], { stdio: ['pipe', 'pipe', 'ignore'] })
    // without a shell the lines end, and nothing is answered
    child.once('error', () => undefined)
    child.stdin.on('error', () => undefined)
    const shell = new TurnShell(child, createInterface({ input: child.stdout }))
    if ((await shell.#answer()) === '0') return shell
    shell.close()
    return undefined
  }

  /** Exit status of `chrt` for all threads; undefined when the shell ended before. */
  async carryOut(policy: string): Promise<string | undefined> {
    this.#child.stdin?.write(`${policy}\n`)
    return await this.#answer()
  }

  close(): void {
    this.#child.stdin?.end()
  }

  async #answer(): Promise<string | undefined> {
    const { value, done } = await this.#answers.next()
    return done === true ? undefined : value
  }
}
