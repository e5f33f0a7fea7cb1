import { brusselsDay, formatDay } from './brussels.ts'
import { type CheckinCommand, type CheckinSubject, subjectOf } from './checkin.ts'
import { guardsOfCheckin } from './checkin-counters.ts'
import { flagsOf, hasWrongClock, limitReached, refusalByRule } from './checkin-rules.ts'
import type { Decision, DecisionRules } from './decision.ts'
import type { Guard } from './guard.ts'
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
  if (flags.length > 0 || !subject.event.checkinLimit) return entryOf(subject, flags, rules)
  const frozen = freeze(subject, flags, rules)
  return {
    guards: guardsOfCheckin(frozen, subject.event.checkinLimit),
    record: { kind: 'transaction', transaction: frozen },
    otherwise: { guards: NO_GUARDS, record: { kind: 'transaction', transaction: { ...frozen, ...OVER_LIMIT } } },
  }
}

const NO_GUARDS: readonly Guard[] = []

/** What a fact is worth whose limit was reached. */
export const OVER_LIMIT = { points: 0, flags: ['LIMIT_REACHED'] } as const satisfies Pick<Transaction, 'points' | 'flags'>

/** What is flagged takes no part of a limit and gives no points, so it needs no guards. */
function entryOf(subject: CheckinSubject, flags: readonly Flag[], rules: DecisionRules): Entry {
  const transaction = freeze(subject, flags, rules)
  const guards = flags.length > 0 ? [] : guardsOfCheckin(transaction, subject.event.checkinLimit)
  return { guards, record: { kind: 'transaction', transaction } }
}

/** Everything a figure needs, as it is at this moment. Written out: this runs for every check-in, and spreading costs more than it. */
function freeze(subject: CheckinSubject, flags: readonly Flag[], { programmes }: DecisionRules): Transaction {
  const { command, event, card, holder } = subject
  const person = holderFacts(holder, card)
  const occurredAt = hasWrongClock(subject) ? command.now : command.occurredAt
  const hasPoints = flags.length === 0 && (programmes.programme(event.programme)?.hasPoints ?? false)
  return {
    kind: 'CHECKIN',
    programme: event.programme,
    occurredAt,
    occurredOn: formatDay(brusselsDay(occurredAt)),
    channel: command.channel,
    holder: person.holder,
    card: person.card,
    homeNis: person.homeNis,
    homePostalCode: person.homePostalCode,
    birthYear: person.birthYear,
    socialTariff: person.socialTariff,
    memberships: person.memberships,
    event: event.id,
    eventNumber: event.number,
    eventType: event.type,
    eventTheme: event.theme,
    eventCardSystems: event.cardSystems,
    organizer: event.organizer,
    location: event.location,
    venueNis: event.venueNis,
    device: command.device,
    client: command.client,
    points: hasPoints ? event.checkinPoints : 0,
    limitPeriod: event.checkinLimit?.period ?? '',
    flags,
    request: command.request,
  }
}
