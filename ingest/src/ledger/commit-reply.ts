import { type CommitOutcome, formatPosition, parsePosition } from '@zuil/core'
import { ENTRY_RECORDS_MAX } from '@zuil/core/contracts/journal-entry'
import { LedgerError } from './ledger-error.ts'

/** `furtherRecords`: those of each item. @throws {LedgerError} `unhealthy` when the reply is not what the script gives. */
export function decodeReply(lane: number, furtherRecords: readonly number[], reply: unknown): CommitOutcome[] {
  if (!Array.isArray(reply) || !reply.every((part) => typeof part === 'string')) throw unreadable()
  const lines = (reply[0] ?? '').split('\n')
  // The entry before them and nothing behind them.
  if (lines.length !== furtherRecords.length + 2) throw unreadable()
  const entry = parsePosition(lane, lines[0] ?? '')
  let sequence = (entry?.sequence ?? 0) * ENTRY_RECORDS_MAX
  let answers = 0
  return furtherRecords.map((further, index) => {
    const line = lines[index + 1] ?? ''
    switch (line.charAt(0)) {
      case 'c':
      case 'o': {
        if (!entry) throw unreadable()
        const otherwise = line.startsWith('o')
        const position = { lane, ms: entry.ms, sequence }
        sequence += otherwise ? 1 : 1 + further
        return { kind: 'committed', position, values: valuesOf(line, 1), otherwise }
      }
      case 'r':
        answers++
        return { kind: 'replayed', outcome: outcomeOf(lane, line.slice(1)), answer: reply[answers] ?? '' }
      default:
        return outcomeOf(lane, line)
    }
  })
}

/** The outcome that a line stands for, of a reply or under a request key; what was committed has its position there. */
function outcomeOf(lane: number, line: string): CommitOutcome {
  switch (line.charAt(0)) {
    case 'c':
    case 'o':
      return committed(lane, line)
    case 'f': {
      const [index, value] = line.slice(1).split(' ')
      return { kind: 'failed', index: Number(index), value: Number(value) }
    }
    case 'm':
      return { kind: 'remembered' }
    case 'x':
      return { kind: 'conflict' }
    case 's':
      return { kind: 'stale' }
    default:
      throw unreadable()
  }
}

/** A request's outcome and answer as they are kept under its key; the script writes the same. */
export function keptAnswer(fingerprint: string, outcome: CommitOutcome, answer: string): string {
  return `${fingerprint} ${lineOf(outcome)}\n${answer}`
}

/** The inverse of {@link outcomeOf}. @throws {RangeError} for an outcome that is never kept */
function lineOf(outcome: CommitOutcome): string {
  switch (outcome.kind) {
    case 'committed':
      return [`${outcome.otherwise ? 'o' : 'c'}${formatPosition(outcome.position)}`, ...outcome.values].join(' ')
    case 'failed':
      return `f${outcome.index} ${outcome.value}`
    case 'remembered':
      return 'm'
    case 'conflict':
    case 'stale':
    case 'replayed':
      throw new RangeError(`An outcome of kind ${outcome.kind} is never kept`)
  }
}

function committed(lane: number, line: string): CommitOutcome {
  const end = line.indexOf(' ')
  const position = parsePosition(lane, end < 0 ? line.slice(1) : line.slice(1, end))
  if (!position) throw unreadable()
  return { kind: 'committed', position, values: valuesOf(line, end < 0 ? line.length : end), otherwise: line.startsWith('o') }
}

/** Numbers, each with a space before it, from a place in the line on. */
function valuesOf(line: string, from: number): number[] {
  const values: number[] = []
  for (let at = from; at < line.length; ) {
    const end = line.indexOf(' ', at + 1)
    const next = end < 0 ? line.length : end
    values.push(Number(line.slice(at + 1, next)))
    at = next
  }
  return values
}

function unreadable(): LedgerError {
  return new LedgerError('unhealthy', 'The commit script answered what it never answers')
}
