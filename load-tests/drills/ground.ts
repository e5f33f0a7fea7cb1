/** What an installation stands on in a drill, beside the machine as it is: a small disk, a clock that can be set, a warehouse elsewhere. */
export interface Ground {
  /** Settings of the installation. */
  readonly settings: Readonly<Record<string, string>>
  /** Before the first start, with the data folder, which is there and empty; gives what undoes it, after the last stop. */
  readonly prepare?: (data: string) => () => void
  /** Seconds by which the clock of the installation is ahead of ours when it is started; 0 when it is left out. */
  readonly aheadSeconds?: number
  /** When the installation is gone. */
  readonly close?: () => void | Promise<void>
}

/** The machine has not what a drill needs; the message is the sentence that says what. */
export class GroundMissing extends Error {
  override readonly name = 'GroundMissing'
}
