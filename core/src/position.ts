import type { Position } from './ledger.ts'

const PATTERN = /^(\d{1,15})-(\d{1,10})$/

/** `ms-sequence`, as a Redis stream writes it. */
export function formatPosition(position: Position): string {
  return `${position.ms}-${position.sequence}`
}

/** The position that a stream id names, or undefined when the text is not one. */
export function parsePosition(lane: number, text: string): Position | undefined {
  const match = PATTERN.exec(text)
  return match ? { lane, ms: Number(match[1]), sequence: Number(match[2]) } : undefined
}

/** Negative, zero or positive as `a` stands before, at or after `b` in the journal of one lane. */
export function comparePositions(a: Position, b: Position): number {
  return a.ms - b.ms || a.sequence - b.sequence
}
