import { isDeepStrictEqual } from 'node:util'
import { type CommitItem, countersOf, formatPosition, type Guard, type Transaction } from '@zuil/core'
import type { JournalRecord } from '@zuil/core/contracts/journal'

export interface Journalled {
  /** `ms-sequence`. */
  readonly position: string
  readonly record: JournalRecord
}

/** A counter of somebody in a period, as one text. */
export function counterName({ counter, owner, period }: Pick<Guard, 'counter' | 'owner' | 'period'>): string {
  return `${owner} ${counter} ${period}`
}

/** The bounds that requests were held to, by counter: the tightest of each. Facts have a way around theirs, so they bind nobody. */
export function boundsOf(items: readonly CommitItem[]): ReadonlyMap<string, number> {
  const bounds = new Map<string, number>()
  for (const { counter, owner, period, atMost } of items.flatMap(({ proposal }) => proposal?.guards ?? [])) {
    if (atMost === undefined) continue
    const name = counterName({ counter, owner, period })
    bounds.set(name, Math.min(atMost, bounds.get(name) ?? Number.POSITIVE_INFINITY))
  }
  return bounds
}

export interface ReadJournal {
  /** What was broken, in words; empty when all laws hold. */
  readonly broken: readonly string[]
  /** What the counters must stand at. */
  readonly counters: ReadonlyMap<string, number>
}

/**
 * Goes through a journal in its order and says which laws it breaks: no counter above its bound at any moment, no redemption
 * below zero, shares that add up, a void once and of something that stood there, an array of tickets side by side.
 */
export function readJournal(journal: readonly Journalled[], bounds: ReadonlyMap<string, number>): ReadJournal {
  const broken: string[] = []
  const counters = new Map<string, number>()
  const standing = new Map<string, Transaction>()
  const add = (transaction: Transaction, sign: 1 | -1): void => {
    for (const guard of countersOf(transaction)) {
      const name = counterName(guard)
      counters.set(name, (counters.get(name) ?? 0) + sign * guard.add)
    }
  }
  for (const { position, record } of journal) {
    if (record.kind === 'transaction') {
      const { transaction } = record
      standing.set(position, transaction)
      add(transaction, 1)
      broken.push(...faultsOf(transaction, counters, bounds).map((fault) => `${position}: ${fault}`))
    } else if (record.kind === 'void') {
      const taken = standing.get(record.position)
      if (!taken) broken.push(`${position}: takes back what does not stand at ${record.position}`)
      else if (!isDeepStrictEqual(taken, record.transaction)) broken.push(`${position}: repeats another transaction`)
      standing.delete(record.position)
      if (taken) add(taken, -1)
    }
  }
  return { broken, counters }
}

function faultsOf(
  transaction: Transaction,
  counters: ReadonlyMap<string, number>,
  bounds: ReadonlyMap<string, number>,
): readonly string[] {
  const { kind, points, exchange } = transaction
  const faults: string[] = []
  for (const guard of countersOf(transaction)) {
    const name = counterName(guard)
    const value = counters.get(name) ?? 0
    const isBalance = guard.counter === 'points'
    if (isBalance && kind === 'REDEMPTION' && points < 0 && value < 0) faults.push(`a redemption leads to ${value} points`)
    if (!isBalance && value > (bounds.get(name) ?? Number.POSITIVE_INFINITY)) faults.push(`${name} is ${value}`)
  }
  if (!exchange) return faults
  const shares = [exchange.price, exchange.organizerShare, exchange.localGovernmentShare, exchange.flemishGovernmentShare]
  const sum = shares.reduce((total, cents) => total + cents, 0)
  if (sum !== exchange.regularPrice || shares.some((cents) => !(cents >= 0))) faults.push(`shares are ${shares.join(', ')}`)
  return faults
}

/** Tickets of a commit that are not side by side, in their order, at its position; empty when they all are. */
export function scattered(
  { proposal }: CommitItem,
  position: Parameters<typeof formatPosition>[0],
  journal: ReadonlyMap<string, JournalRecord>,
): readonly string[] {
  const records = proposal ? [proposal.record, ...(proposal.further ?? [])] : []
  return records.flatMap((record, n) => {
    const at = formatPosition({ ...position, sequence: position.sequence + n })
    return isDeepStrictEqual(journal.get(at), record) ? [] : [at]
  })
}
