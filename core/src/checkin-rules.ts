import { DAY_MS } from './brussels.ts'
import type { CheckinSubject } from './checkin.ts'
import type { DecisionRules } from './decision.ts'
import { takesPlace } from './event.ts'
import { type EndUserMessage, MESSAGES } from './messages.ts'
import { usedProgramme } from './programme.ts'
import type { Refusal } from './refusal.ts'
import type { Flag } from './transaction.ts'

/** Days that a device may be offline; counters of limits are kept for that long after their period. */
export const OFFLINE_DAYS_MAX = 7

/** A device whose clock runs ahead by more than this has the wrong time. */
export const CLOCK_AHEAD_MAX_MS = 5 * 60_000

/** A scan before this many days is the work of a wrong clock: no device keeps a backlog for a year. */
export const FACT_AGE_DAYS_MAX = 366

/** The rules on programme, card, membership and time, in the order of the API; undefined when all hold. Limits are guards. */
export function refusalByRule(subject: CheckinSubject, rules: DecisionRules): Refusal | undefined {
  const used = useOf(subject, rules)
  if ('refusal' in used) return used.refusal
  if (subject.command.channel !== 'SELF' && subject.card.status !== 'ACTIVE') return cardNotActive(subject)
  if (!hasActiveMembership(subject)) return noActiveMembership(subject)
  return outsideWindow(subject, rules)
}

/** What is wrong with a fact, by the same rules and the time of its scan; in the order of `FLAGS`. */
export function flagsOf(subject: CheckinSubject, rules: DecisionRules): readonly Flag[] {
  const { command, event, card } = subject
  const flags: Flag[] = []
  // A time that cannot be true says nothing about the window, and may not even be a number.
  const isClockWrong = hasWrongClock(subject)
  if (!isClockWrong) {
    const isOpen = takesPlace(event) && rules.windows.at(event.calendar, command.occurredAt).state === 'open'
    if (!isOpen) flags.push('OUTSIDE_WINDOW')
    const lateMs = Math.min(rules.offlineDaysMax, OFFLINE_DAYS_MAX) * DAY_MS
    if (command.now - command.occurredAt > lateMs) flags.push('LATE')
  }
  if (card.status !== 'ACTIVE') flags.push('CARD_NOT_ACTIVE')
  if (!hasActiveMembership(subject)) flags.push('NO_ACTIVE_MEMBERSHIP')
  if (isClockWrong) flags.push('CLOCK')
  if ('refusal' in useOf(subject, rules)) flags.push('PASS_NOT_VALID')
  return flags
}

/** Whether the time of the scan cannot be true; the fact then counts at the time it came in. */
export function hasWrongClock({ command }: CheckinSubject): boolean {
  const aheadMs = command.occurredAt - command.now
  // Written so that a time that is not a number is wrong, too.
  return !(aheadMs <= CLOCK_AHEAD_MAX_MS && aheadMs >= -FACT_AGE_DAYS_MAX * DAY_MS)
}

/** Where a limit was reached: what a remembered answer keeps of it. */
export interface ReachedLimit {
  readonly command: Pick<CheckinSubject['command'], 'channel'>
  readonly event: Pick<CheckinSubject['event'], 'id' | 'checkinLimit'>
}

/** The refusal when the limit of the event is reached: a problem of its own at kiosks only, as in the API. */
export function limitReached({ command, event }: ReachedLimit): Refusal {
  const { volume, period } = event.checkinLimit ?? { volume: 0, period: 'ABSOLUTE' }
  return {
    code: command.channel === 'KIOSK' ? 'maximum-reached' : 'checkin-not-allowed',
    detail: `Checkin not allowed for event ${event.id}: MAXIMUM_REACHED`,
    endUserMessage: MESSAGES.limitReached(volume, period),
  }
}

function useOf(subject: CheckinSubject, { programmes }: DecisionRules): ReturnType<typeof usedProgramme> {
  const { command, event, holder } = subject
  const at = hasWrongClock(subject) ? command.now : command.occurredAt
  return usedProgramme({ programme: event.programme, holder, at }, programmes)
}

function hasActiveMembership({ holder }: CheckinSubject): boolean {
  return holder.memberships.some((membership) => membership.status === 'ACTIVE')
}

function cardNotActive({ command, card }: CheckinSubject): Refusal {
  return {
    code: command.channel === 'KIOSK' ? 'card-blocked' : 'invalid-card-status',
    detail: `The card is ${card.status}: INVALID_CARD_STATUS`,
    endUserMessage: card.status === 'BLOCKED' ? MESSAGES.cardBlocked() : MESSAGES.cardNotActive(),
  }
}

function noActiveMembership({ command }: CheckinSubject): Refusal {
  return {
    code: command.channel === 'KIOSK' ? 'checkin-not-allowed' : 'passholder-no-active-cardsystems',
    detail: 'Passholder has no active cardsystem memberships: PASSHOLDER_NO_ACTIVE_CARDSYSTEMS',
    endUserMessage: MESSAGES.noActiveMembership(),
  }
}

function outsideWindow({ command, event }: CheckinSubject, rules: DecisionRules): Refusal | undefined {
  if (!takesPlace(event)) return notAllowedNow(event.id, MESSAGES.cancelled())
  const window = rules.windows.at(event.calendar, command.occurredAt)
  switch (window.state) {
    case 'open':
      return undefined
    case 'not-yet':
      return notAllowedNow(event.id, MESSAGES.notYet(window.opensAt))
    case 'over':
      return notAllowedNow(event.id, MESSAGES.over())
  }
}

function notAllowedNow(eventId: string, endUserMessage: EndUserMessage): Refusal {
  return {
    code: 'checkin-not-allowed',
    detail: `Checkin not allowed for event ${eventId}: INVALID_DATE_TIME`,
    endUserMessage,
  }
}
