import { setTimeout as pause } from 'node:timers/promises'
import type { OwnInstallation, Part } from '../installation/own-installation.ts'
import type { CastDoor } from '../scenarios/cast.ts'

/** One fault, done to an installation while people check in; what must hold is what must hold without it. */
export interface Drill {
  /** Answered by the verdict. */
  readonly question: string
  /** How long people come, in all. */
  readonly seconds: number
  /** Longest time until people are served again as before, from the moment on which the fault ends. */
  readonly backWithinSeconds: number
  /** Does it; the last thing that it notes is the end of the fault. */
  readonly act: (stage: DrillStage) => Promise<void>
}

/** What a drill has in hand. */
export class DrillStage {
  readonly installation: OwnInstallation
  /** One of the doors to which people come. */
  readonly door: CastDoor
  readonly #note: (text: string) => void
  readonly #startedAt = performance.now()

  constructor(installation: OwnInstallation, { door, note }: { readonly door: CastDoor; readonly note: (text: string) => void }) {
    this.installation = installation
    this.door = door
    this.#note = note
  }

  /** Written into the verdict with its second, and a line in every chart. */
  note(text: string): void {
    this.#note(text)
  }

  /** Resolves when so many seconds of the run are over. */
  async at(second: number): Promise<void> {
    await pause(Math.max(0, second * 1_000 - (performance.now() - this.#startedAt)))
  }

  /** Ends a part as a crash does. @throws {Error} when it does not run: then nothing would be shown */
  kill(part: Part): void {
    if (!this.installation.signal(part, 'SIGKILL')) throw new Error(`${part} does not run, and cannot be killed`)
    this.note(`${part} is killed`)
  }

  /** Stops a part in the middle of what it does, and lets it go on after so many seconds. */
  async pause(part: Part, seconds: number): Promise<void> {
    const pid = this.installation.pids()[part]
    if (pid === undefined) throw new Error(`${part} does not run, and cannot be paused`)
    process.kill(pid, 'SIGSTOP')
    this.note(`${part} stands still`)
    try {
      await pause(seconds * 1_000)
    } finally {
      process.kill(pid, 'SIGCONT')
    }
    this.note(`${part} goes on`)
  }
}
