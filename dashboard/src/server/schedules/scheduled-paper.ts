import { type Static, Type } from 'typebox'
import { PAPER_FAULTS, PAPER_STATES } from '../../lib/schedules-view.ts'
import { FileShelf } from '../storage/file-shelf.ts'

/**
 * Of the message about a paper. NONE: nobody asked for one, or this installation sends none. NO_ADDRESS and MAY_NOT_READ: who asked has
 * no e-mail address any more, or reads the place no longer.
 */
const MESSAGE_STATES = ['NONE', 'WAITING', 'SENT', 'FAILED', 'NO_ADDRESS', 'MAY_NOT_READ'] as const

const Kept = Type.Object({
  /** {@link paperId} */
  id: Type.String(),
  schedule: Type.String(),
  /** `2026-Q3` */
  period: Type.String(),
  /** Number of the release that it is made of, of a settlement of its closing. */
  release: Type.Integer(),
  state: Type.Enum([...PAPER_STATES]),
  /** How often it was begun for this release. */
  tries: Type.Integer(),
  /** Empty: nothing went wrong. */
  fault: Type.Enum(['', ...PAPER_FAULTS]),
  /** Epoch ms of the last change of state. */
  at: Type.Integer(),
  /** Epoch ms at which the file goes; 0 while there is none. */
  until: Type.Integer(),
  /** For who downloads it; empty while there is none. */
  fileName: Type.String(),
  bytes: Type.Integer(),
  message: Type.Enum([...MESSAGE_STATES]),
  messageTries: Type.Integer(),
})
/** One paper of a schedule, of one period: what was made of it so far. */
export type ScheduledPaper = Readonly<Static<typeof Kept>>

export type PaperShelf = FileShelf<typeof Kept>

/** Files of whatever kind have one ending here; readers get the name that stands in the entry. */
export function paperShelf(folder: string): PaperShelf {
  return new FileShelf({ folder, ending: 'paper', entry: Kept })
}

/** One for each schedule and period: asked for twice, it is made once. */
export function paperId(schedule: string, period: string): string {
  return `${schedule}.${period}`
}
