import { NO_NOTES, type ReportNotes } from '../src/lib/report/report-view.ts'
import type { ReportKey, ReportShelf } from '../src/server/report/report-shelf.ts'

/** Forewords and comments for the length of a test. */
export class MemoryReportShelf implements ReportShelf {
  readonly #kept = new Map<string, ReportNotes>()

  async notes(key: ReportKey): Promise<ReportNotes> {
    return this.#kept.get(JSON.stringify(key)) ?? NO_NOTES
  }

  async keep(key: ReportKey, notes: ReportNotes): Promise<void> {
    this.#kept.set(JSON.stringify(key), notes)
  }
}
