import type { PaperFaultCode } from '../../lib/schedules-view.ts'
import type { ClosedPeriod, DuePaper } from './due-papers.ts'

/** How far a paper is: chapters of a report, papers of a settlement. */
export type TellProgress = (done: number, of: number) => void

export interface MadePaper {
  readonly fileName: string
  readonly bytes: Buffer
}

/** Makes papers of one kind. */
export interface PaperMaker {
  /** What is closed by now for a place, oldest first. */
  readonly closed: (place: string) => Promise<readonly ClosedPeriod[]>
  /** @throws {NoPaperError} and what its sources throw */
  readonly make: (due: DuePaper, tell: TellProgress) => Promise<MadePaper>
}

/** Why there is no paper, as far as its maker knows. */
export class NoPaperError extends Error {
  override readonly name = 'NoPaperError'
  readonly code: PaperFaultCode

  constructor(code: PaperFaultCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
