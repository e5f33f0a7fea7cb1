import { setTimeout as pause } from 'node:timers/promises'
import type { OwnInstallation, Part } from '../installation/own-installation.ts'
import type { CastDoor, Visitor } from '../scenarios/cast.ts'
import type { Scenario } from '../scenarios/catalogue.ts'
import type { AnswerBook } from '../verdict/answer-book.ts'
import { takeSample } from '../verdict/sampler.ts'
import type { Ground } from './ground.ts'

/** How much is done, for drills that are short on purpose elsewhere. */
export interface DrillWishes {
  /** How long the warehouse refuses. */
  readonly awaySeconds: number
  /** Records that wait when everything is started again. */
  readonly backlog: number
}

export const DRILL_WISHES: DrillWishes = { awaySeconds: 300, backlog: 1_000_000 }

/** Does the fault; the last thing that it notes is its end. */
export type Act = (stage: DrillStage, wishes: DrillWishes) => Promise<void>

/** One fault, done to an installation while people check in; what must hold is what must hold without it. */
export type Drill = DrillFacts & ({ readonly act: Act } | { readonly stand: () => Promise<Standing> })

/** For an installation that stands on something else than the machine as it is. */
export interface Standing {
  readonly ground: Ground
  readonly act: Act
}

interface DrillFacts {
  /** Answered by the verdict. */
  readonly question: string
  /** How long people come, in all. */
  readonly seconds: number | ((wishes: DrillWishes) => number)
  /** Longest time until people are served again as before, from the moment on which the fault ends. */
  readonly backWithinSeconds: number
  /** Who comes where, when it is not everybody everywhere. */
  readonly traffic?: Partial<Pick<Scenario, 'doors' | 'holders'>>
  /** Records that are meant to end in the dead letters. */
  readonly deadLetters?: number
}

/** What the run of a drill gives it. */
export interface DrillHand {
  /** One of the doors to which people come, with a kiosk where there is one. */
  readonly door: CastDoor
  readonly visitors: readonly Visitor[]
  /** What devices wrote down until now; a drill adds what its own devices were told. */
  readonly answers: AnswerBook
  /** `isAfter`: of the way back, and not of the fault. */
  readonly note: (text: string, isAfter?: boolean) => void
  /** What was accepted in this span and had not reached the archive may be gone, and is counted. Epoch ms. */
  readonly mayLose: (span: { readonly from: number; readonly until: number }) => void
}

const LOOK_MS = 200

/** What a drill has in hand. */
export class DrillStage {
  readonly installation: OwnInstallation
  readonly hand: DrillHand
  readonly #startedAt = performance.now()

  constructor(installation: OwnInstallation, hand: DrillHand) {
    this.installation = installation
    this.hand = hand
  }

  /** Written into the verdict with its second, and a line in every chart. */
  note(text: string): void {
    this.hand.note(text)
  }

  /** Resolves when so many seconds of the run are over. */
  async at(second: number): Promise<void> {
    await pause(Math.max(0, second * 1_000 - (performance.now() - this.#startedAt)))
  }

  /** Waits until something is seen. @throws {Error} saying that it never was: then nothing would be shown */
  async until(what: string, isSeen: () => boolean | Promise<boolean>, withinSeconds: number): Promise<void> {
    const until = performance.now() + withinSeconds * 1_000
    while (!(await isSeen())) {
      if (performance.now() > until) throw new Error(`It was never seen within ${withinSeconds} s that ${what}`)
      await pause(LOOK_MS)
    }
  }

  /** Records that are not in the warehouse yet; undefined while the hub does not answer. */
  async waiting(): Promise<number | undefined> {
    const { internal, redisPort } = this.installation
    const internalToken = this.installation.token('internal')
    return (await takeSample({ internal, internalToken, redisPort, pids: () => ({}) })).waiting
  }

  /** Ends a part as a crash does. @throws {Error} when it does not run: then nothing would be shown */
  kill(part: Part): void {
    if (!this.installation.signal(part, 'SIGKILL')) throw new Error(`${part} does not run, and cannot be killed`)
    this.note(`${part} is killed`)
  }

  /** Stops a part in the middle of what it does, and lets it go on after so many seconds. */
  async pause(part: Part, seconds: number): Promise<void> {
    const goOn = this.hold(part)
    try {
      await pause(seconds * 1_000)
    } finally {
      goOn()
    }
    this.note(`${part} goes on`)
  }

  /** Stops a part in the middle of what it does; gives what lets it go on. */
  hold(part: Part): () => void {
    const pid = this.installation.pids()[part]
    if (pid === undefined) throw new Error(`${part} does not run, and cannot be paused`)
    process.kill(pid, 'SIGSTOP')
    this.note(`${part} stands still`)
    return () => process.kill(pid, 'SIGCONT')
  }
}
