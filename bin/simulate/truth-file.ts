import type { History, HistoryDay } from '@zuil/load-tests/population/history/history'
import { Truth } from '@zuil/load-tests/population/truth/truth'
import { say } from '../command.ts'
import { OutputFile } from './output-file.ts'

/** Lines that are written at once. */
const LINES_AT_ONCE = 10_000

/** A file for the true answers, written while the history is told. */
export interface TruthFile {
  observe(day: HistoryDay): Promise<void>
  /** The file has its name from here on. */
  finish(): Promise<void>
  discard(): Promise<void>
}

/** `measures`: ids of those that are asked for; none: all of them. @throws {CommandError} when the file cannot be made. */
export async function openTruthFile(path: string, history: History, measures: readonly string[]): Promise<TruthFile> {
  const truth = new Truth(history, measures)
  const file = await OutputFile.open(path)
  let lines = 0
  const write = async () => {
    const cells = truth.take()
    for (let start = 0; start < cells.length; start += LINES_AT_ONCE) {
      const some = cells.slice(start, start + LINES_AT_ONCE)
      await file.write(some.map((cell) => `${JSON.stringify(cell)}\n`).join(''))
    }
    lines += cells.length
  }
  return {
    async observe(day) {
      truth.observe(day)
      await write()
    },
    async finish() {
      truth.finish()
      await write()
      await file.finish()
      say(`${lines} true answers: ${path}`)
    },
    discard: () => file.discard(),
  }
}
