import { PAPER_FAULTS, type PaperFaultCode, type PaperKind } from '../../lib/schedules-view.ts'
import { type ClosedPeriod, type DuePaper, duePapers } from './due-papers.ts'
import { NoPaperError, type PaperMaker } from './paper-maker.ts'
import { type Schedule, type ScheduleDraft, subjectKey } from './schedule.ts'
import type { ScheduleBook } from './schedule-book.ts'
import { type PaperShelf, paperShelf, type ScheduledPaper } from './scheduled-paper.ts'

/** A quarter: who does not come for a paper until the next one can have it made again. */
export const PAPER_KEPT_MS = 92 * 24 * 3_600_000
/** A report has a megabyte, the settlement of a region of 300 organizers some twenty. */
const PAPER_BYTES_MAX = 64 * 1024 * 1024
/** A mail server that does not take a message now may in five minutes; nobody waits for one of yesterday. */
const MESSAGE_TRIES_MAX = 5

/** Tells who made a schedule that there is a paper, and gives what became of the message. @throws when it could not be sent now */
export type TellMaker = (
  schedule: Schedule,
  paper: ScheduledPaper,
) => Promise<Extract<ScheduledPaper['message'], 'SENT' | 'NO_ADDRESS' | 'MAY_NOT_READ'>>

export interface ScheduleDeskOptions {
  readonly book: ScheduleBook
  /** Of the papers. */
  readonly folder: string
  readonly makers: Readonly<Record<PaperKind, PaperMaker>>
  /** Absent: this installation sends no messages. */
  readonly tellMaker?: TellMaker
  /** Has {@link ScheduleDesk.makeDue} run soon. */
  readonly wake: () => Promise<void>
  /** Epoch ms. */
  readonly clock: () => number
  readonly onFailure: (error: unknown, paper: Pick<ScheduledPaper, 'schedule' | 'period'>) => void
}

export interface PaperProgress {
  readonly paper: string
  readonly done: number
  readonly of: number
}

/** How far a round is: papers that it made, of those that are due, and how far the one is that is being made. */
export interface RoundProgress {
  readonly made: number
  readonly due: number
  readonly making?: PaperProgress
}
type TellRound = (progress: RoundProgress) => void

/**
 * Makes the papers of schedules when their period is closed, one after the other, and keeps them for a quarter. What was made stands in
 * its folder: whoever wakes it, however often, each paper is made once. {@link bringUp} comes first.
 */
export class ScheduleDesk {
  readonly #options: ScheduleDeskOptions
  readonly #shelf: PaperShelf
  readonly #papers = new Map<string, ScheduledPaper>()
  #round: Promise<void> = Promise.resolve()
  #progress: PaperProgress | undefined
  #isClosed = false

  constructor(options: ScheduleDeskOptions) {
    this.#options = options
    this.#shelf = paperShelf(options.folder)
  }

  get mayTell(): boolean {
    return this.#options.tellMaker !== undefined
  }

  /** Of what is being made now. */
  get progress(): PaperProgress | undefined {
    return this.#progress
  }

  get schedules(): readonly Schedule[] {
    return this.#options.book.all
  }

  schedule(id: string): Schedule | undefined {
    return this.#options.book.get(id)
  }

  /** Newest period first. */
  papersOf(schedule: string): readonly ScheduledPaper[] {
    return [...this.#papers.values()]
      .filter((paper) => paper.schedule === schedule)
      .sort((a, b) => (a.period < b.period ? 1 : -1))
  }

  paper(id: string): ScheduledPaper | undefined {
    return this.#papers.get(id)
  }

  /** Finds what is kept again. What was under way has failed once: it is tried again as whatever fails. */
  async bringUp(): Promise<void> {
    for (const paper of await this.#shelf.entries()) {
      if (!this.schedule(paper.schedule)) await this.#shelf.remove(paper.id)
      else if (paper.state === 'STARTED') await this.#put({ ...paper, state: 'FAILED', fault: 'INTERRUPTED' })
      else this.#papers.set(paper.id, paper)
    }
  }

  /** Undefined: there are too many. */
  async keep(draft: ScheduleDraft, by: string): Promise<Schedule | undefined> {
    const { book, clock, wake } = this.#options
    const schedule = await book.keep(draft, by, clock())
    if (schedule) await wake()
    return schedule
  }

  /** With all that was made of it. */
  async remove(id: string): Promise<void> {
    await this.#options.book.remove(id)
    for (const paper of this.papersOf(id)) {
      this.#papers.delete(paper.id)
      await this.#shelf.remove(paper.id)
    }
  }

  /** Has a paper made again that failed or is gone. False: there is no such paper. */
  async again(id: string): Promise<boolean> {
    const paper = this.#papers.get(id)
    if (!paper || !isEnded(paper)) return false
    await this.#put({ ...paper, state: 'WAITING', tries: 0, fault: '' })
    await this.#options.wake()
    return true
  }

  /** The file of a paper that is there. */
  async file(id: string): Promise<{ readonly fileName: string; readonly bytes: Buffer } | undefined> {
    const paper = this.#papers.get(id)
    if (paper?.state !== 'MADE' || paper.until <= this.#options.clock()) return undefined
    return { fileName: paper.fileName, bytes: await this.#shelf.file(id) }
  }

  /** Makes all that is due, and tells about it; ends when nothing is due any more. Called again meanwhile, it waits for its turn. */
  makeDue(tell: TellRound = () => undefined): Promise<void> {
    const round = this.#round.then(() => this.#makeAll(tell))
    this.#round = round.catch(() => undefined)
    return round
  }

  /** Begins no other paper; one that the end of its makers cuts short waits for the next start. */
  end(): void {
    this.#isClosed = true
  }

  async #makeAll(tell: TellRound): Promise<void> {
    await this.#removeOld()
    for (let made = 0; !this.#isClosed; made++) {
      const due = await this.#due()
      const [first] = due
      if (!first) break
      const round = { made, due: made + due.length }
      tell(round)
      await this.#make(first, (making) => tell({ ...round, making }))
    }
    if (!this.#isClosed) await this.#tellMakers()
  }

  async #due(): Promise<readonly DuePaper[]> {
    const { makers, clock } = this.#options
    const { schedules } = this
    // asked once for each place, however many schedules it has
    const subjects = new Map(schedules.map((schedule) => [subjectKey(schedule), schedule]))
    const closed = new Map<string, readonly ClosedPeriod[]>()
    for (const [key, schedule] of subjects) closed.set(key, await makers[schedule.paper].closed(schedule.place))
    const closedOf = (schedule: Schedule) => closed.get(subjectKey(schedule)) ?? []
    return duePapers({ schedules, closed: closedOf, papers: this.#papers, now: clock() })
  }

  async #make(due: DuePaper, tell: (progress: PaperProgress) => void): Promise<void> {
    const { id, schedule, period, release, tries } = due
    const none = { fault: '', fileName: '', bytes: 0, until: 0, message: 'NONE', messageTries: 0 } as const
    const begun = { ...none, id, schedule: schedule.id, period: period.key, release, tries: tries + 1 }
    let outcome: NewPaper
    try {
      // Before the work: what ends the process counts as a try, and does not end it for ever.
      await this.#put({ ...begun, state: 'STARTED' })
      outcome = { ...begun, ...(await this.#made(due, tell)) }
    } catch (error) {
      if (!this.#isClosed) this.#options.onFailure(error, begun)
      outcome = this.#isClosed ? { ...begun, state: 'WAITING', tries } : { ...begun, state: 'FAILED', fault: faultOf(error) }
    } finally {
      this.#progress = undefined
    }
    // removed while its paper was made
    if (this.schedule(schedule.id)) return await this.#put(outcome)
    this.#papers.delete(id)
    await this.#shelf.remove(id)
  }

  async #made(due: DuePaper, tell: (progress: PaperProgress) => void) {
    const { makers, clock, tellMaker } = this.#options
    const { id, schedule } = due
    const told = (done: number, of: number) => {
      this.#progress = { paper: id, done, of }
      tell(this.#progress)
    }
    told(0, 1)
    const { fileName, bytes } = await makers[schedule.paper].make(due, told)
    if (bytes.length > PAPER_BYTES_MAX) throw new NoPaperError('TOO_LARGE', `${fileName} has ${bytes.length} bytes`)
    await this.#shelf.keepFile(id, bytes)
    const message = tellMaker && schedule.mail ? 'WAITING' : 'NONE'
    return { state: 'MADE', fileName, bytes: bytes.length, until: clock() + PAPER_KEPT_MS, message } as const
  }

  async #tellMakers(): Promise<void> {
    const { tellMaker, onFailure } = this.#options
    for (const paper of this.#papers.values()) {
      const schedule = this.schedule(paper.schedule)
      if (!tellMaker || !schedule || paper.message !== 'WAITING') continue
      const tried = { ...paper, messageTries: paper.messageTries + 1 }
      const isLast = tried.messageTries >= MESSAGE_TRIES_MAX
      // Before it is sent: a process that dies here may send a message twice, and never without end.
      await this.#put(isLast ? { ...tried, message: 'FAILED' } : tried)
      try {
        await this.#put({ ...tried, message: await tellMaker(schedule, paper) })
      } catch (error) {
        onFailure(error, paper)
      }
    }
  }

  async #removeOld(): Promise<void> {
    const now = this.#options.clock()
    for (const paper of this.#papers.values()) {
      if (paper.state !== 'MADE' || paper.until > now) continue
      await this.#put({ ...paper, state: 'GONE', until: 0, bytes: 0 })
      await this.#shelf.removeFile(paper.id)
    }
  }

  /** In memory first: a paper that the disk does not take has failed here as well, and is tried again. */
  async #put(paper: NewPaper): Promise<void> {
    const isMoved = paper.at === undefined || this.#papers.get(paper.id)?.state !== paper.state
    const put = { ...paper, at: isMoved || paper.at === undefined ? this.#options.clock() : paper.at }
    this.#papers.set(paper.id, put)
    await this.#shelf.keep(paper.id, put)
  }
}

/** As a paper is put: when its state changed is noted there. */
type NewPaper = Omit<ScheduledPaper, 'at'> & Partial<Pick<ScheduledPaper, 'at'>>

/** What pages and answers show of it. */
export type ScheduleReading = Pick<
  ScheduleDesk,
  'schedules' | 'schedule' | 'papersOf' | 'paper' | 'progress' | 'mayTell' | 'file'
>

/** Whether it will not be made by itself now. */
export function isEnded({ state }: Pick<ScheduledPaper, 'state'>): boolean {
  return state === 'FAILED' || state === 'GONE'
}

/** Errors of papers and makers have a code; everything else is another fault. */
function faultOf(error: unknown): PaperFaultCode {
  if (!(error instanceof Error) || !('code' in error)) return 'OTHER'
  if (error.code === 'TOO_MANY') return 'BUSY'
  return PAPER_FAULTS.find((code) => code === error.code) ?? 'OTHER'
}
