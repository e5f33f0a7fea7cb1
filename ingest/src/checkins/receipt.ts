import { formatPosition, type Position, parsePosition } from '@zuil/core'
import type { TextWriter } from '../text-writer.ts'

/** Text of a receipt, `<lane>.<ms>-<sequence>`: the place in the journal where a check-in stands. */
export function formatReceipt(position: Position): string {
  return `${position.lane}.${formatPosition(position)}`
}

/** As {@link formatReceipt}. */
export function writeReceipt(to: TextWriter, { lane, ms, sequence }: Position): void {
  to.integer(lane)
  to.text('.')
  to.integer(ms)
  to.text('-')
  to.integer(sequence)
}

/** The position that a receipt names; undefined when the text is no receipt of this installation's lanes. */
export function parseReceipt(text: string, lanes: number): Position | undefined {
  const match = /^(\d{1,3})\.(\d{1,15}-\d{1,10})$/.exec(text)
  const lane = Number(match?.[1])
  return match?.[2] !== undefined && lane < lanes ? parsePosition(lane, match[2]) : undefined
}
