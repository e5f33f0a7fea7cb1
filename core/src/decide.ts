import { brusselsDay, formatDay } from './brussels.ts'
import { type CheckinCommand, type CheckinSubject, subjectOf } from './checkin.ts'
import { guardsOfCheckin } from './checkin-counters.ts'
import { flagsOf, hasWrongClock, limitReached, refusalByRule } from './checkin-rules.ts'
import type { Decision, DecisionRules } from './decision.ts'
import { eventFacts } from './event-facts.ts'
import { holderFacts } from './holder-facts.ts'
import type { Entry, Proposal } from './ledger.ts'
import type { Refusal } from './refusal.ts'
import type { Flag, Transaction } from './transaction.ts'

/** What somebody wants, with everything the decision needs already looked up. Ticket sales and redemptions join here. */
export type Command = CheckinCommand

/**
 * Decides by rule, without clock, shared state or effects: the same command gives the same decision.
 *
 * ```
 * command ─▶ subject: event, card, person ─▶ rules: programme, card, membership, window ─▶ proposal: transaction + guards
 *                  │                                    │                                          │
 *               refused                              refused                         limit: left to the ledger
 *                                            (a fact is flagged instead)
 * ```
 */
export function decide(command: Command, rules: DecisionRules): Decision {
  const found = subjectOf(command)
  if ('refusal' in found) return { kind: 'refused', refusal: found.refusal }
  if (command.channel === 'BATCH') return { kind: 'proposed', proposal: factProposal(found.subject, rules) }
  const refusal = refusalByRule(found.subject, rules)
  return refusal ? { kind: 'refused', refusal } : { kind: 'proposed', proposal: entryOf(found.subject, [], rules) }
}

/** The refusal when the guard at `index` of the command's proposal failed: of a check-in only the limit can. */
export function refusalOfGuard(command: Command, index: number): Refusal {
  const found = subjectOf(command)
  if ('refusal' in found || index === 0) throw new RangeError(`Guard ${index} of this command cannot fail`)
  return limitReached(found.subject)
}

/** A fact is journalled in any case; when its limit was reached, with that flag and without points. */
function factProposal(subject: CheckinSubject, rules: DecisionRules): Proposal {
  const flags = flagsOf(subject, rules)
  if (flags.length > 0) return entryOf(subject, flags, rules)
  const entry = entryOf(subject, [], rules)
  return subject.event.checkinLimit ? { ...entry, otherwise: entryOf(subject, ['LIMIT_REACHED'], rules) } : entry
}

/** What is flagged takes no part of a limit and gives no points, so it needs no guards. */
function entryOf(subject: CheckinSubject, flags: readonly Flag[], rules: DecisionRules): Entry {
  const transaction = freeze(subject, flags, rules)
  const guards = flags.length > 0 ? [] : guardsOfCheckin(transaction, subject.event.checkinLimit)
  return { guards, record: { kind: 'transaction', transaction } }
}

/** Everything a figure needs, as it is at this moment. */
function freeze(subject: CheckinSubject, flags: readonly Flag[], { programmes }: DecisionRules): Transaction {
  const { command, event, card, holder } = subject
  const occurredAt = hasWrongClock(subject) ? command.now : command.occurredAt
  const hasPoints = flags.length === 0 && (programmes.programme(event.programme)?.hasPoints ?? false)
  return {
    kind: 'CHECKIN',
    programme: event.programme,
    occurredAt,
    occurredOn: formatDay(brusselsDay(occurredAt)),
    channel: command.channel,
    ...holderFacts(holder, card),
    ...eventFacts(event),
    device: command.device,
    client: command.client,
    points: hasPoints ? event.checkinPoints : 0,
    limitPeriod: event.checkinLimit?.period ?? '',
    flags,
    request: command.request,
  }
}
