/** One command of `zuil`. */
export interface Command {
  /** Text of `zuil <name> --help`. */
  readonly help: string
  /** @returns the exit code; see {@link EXIT}. */
  run(args: readonly string[]): Promise<number>
}

export const EXIT = {
  ok: 0,
  /** The command ran and found something wrong (a difference, a failed check). */
  found: 1,
  /** The command line or a setting is wrong. */
  usage: 2,
  /** Something it needs is missing or in use: a port, a program, a folder. */
  unavailable: 3,
} as const

/** An expected way to fail: one sentence that says what happened and what to do, and the exit code. */
export class CommandError extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode: number = EXIT.unavailable) {
    super(message)
    this.name = 'CommandError'
    this.exitCode = exitCode
  }
}

/** Prints a line for the person at the terminal. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`)
}
