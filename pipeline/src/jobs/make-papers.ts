import type { Processor } from '../registry.ts'

/** Makes what people have made regularly; what was made stands on its side, so that it may be woken as often as it likes. */
export interface PaperMaking {
  /** Ends when nothing is due; tells how far it is. */
  readonly makeDue: (tell: (progress: object) => void) => Promise<void>
}

/** A wake-up: which papers are due is known where they are kept. Without anybody who makes papers none are made. */
export function makePapers(papers: PaperMaking | undefined): Processor {
  return async (_data, tell) => {
    await papers?.makeDue(tell)
  }
}
