import type { Event } from './event.ts'
import type { Card, Holder } from './holder.ts'
import { MESSAGES } from './messages.ts'
import type { Refusal } from './refusal.ts'
import type { CheckinChannel } from './transaction.ts'

/** Somebody wants to save points, or (BATCH) did so while the device was offline. */
export interface CheckinCommand {
  readonly kind: 'CHECKIN'
  readonly channel: CheckinChannel
  /** Epoch ms, by the caller's clock. */
  readonly now: number
  /** Epoch ms: the scan of a fact (BATCH), else the same as `now`. */
  readonly occurredAt: number
  /** Whether the UiTPAS number that was sent is one; absent when a chip or a session names the card. */
  readonly isNumberValid?: boolean | undefined
  /** The check-in code that was sent is the one of yesterday (SELF). */
  readonly isCodeExpired?: boolean | undefined
  /** Event id as it was sent; absent where the server finds the event. */
  readonly eventId?: string | undefined
  readonly event?: Event | undefined
  readonly card?: Card | undefined
  readonly holder?: Holder | undefined
  /** Id of the kiosk; empty for other channels. */
  readonly device: string
  /** Id of the API client; empty for kiosks. */
  readonly client: string
  /** Id and fingerprint of the request key, joined by a dot; empty without one. */
  readonly request: string
}

/** Who saves points for what: the command with everything found. */
export interface CheckinSubject {
  readonly command: CheckinCommand
  readonly event: Event
  readonly card: Card
  readonly holder: Holder
}

/** Finds out who saves points for what; refuses an event or a card that cannot be one, in the order of the API. */
export function subjectOf(command: CheckinCommand): { readonly subject: CheckinSubject } | { readonly refusal: Refusal } {
  const { event, card, holder } = command
  if (command.isNumberValid === false) return { refusal: invalidNumber() }
  if (command.isCodeExpired) return { refusal: expiredCode() }
  // An event without card system is no UiTPAS event, so there it does not exist.
  if (!event || event.cardSystems.length === 0) return { refusal: unknownEvent(command) }
  if (!card || !holder || card.holder !== holder.number) return { refusal: unknownPass() }
  if (holder.passType === 'GROUP') return { refusal: groupPass(command) }
  return { subject: { command, event, card, holder } }
}

/** Registry entries that the decision depends on, for `CommitItem.entities`. */
export function entitiesOf({ event, card, holder }: CheckinSubject): readonly string[] {
  return [`holder/${holder.number}`, `card/${card.number}`, `event/${event.number}`]
}

function invalidNumber(): Refusal {
  return {
    code: 'invalid-uitpas-number',
    detail: 'UiTPAS number invalid: PARSE_INVALID_UITPASNUMBER',
    endUserMessage: MESSAGES.invalidNumber(),
  }
}

function expiredCode(): Refusal {
  return {
    code: 'checkin-code-expired',
    detail: 'Check-in code expired: CHECKIN_CODE_EXPIRED',
    endUserMessage: MESSAGES.expiredCheckinCode(),
  }
}

function unknownEvent({ channel, eventId }: CheckinCommand): Refusal {
  if (channel === 'SELF') {
    return {
      code: 'checkin-code-invalid',
      detail: 'Check-in code invalid: CHECKIN_CODE_INVALID',
      endUserMessage: MESSAGES.invalidCheckinCode(),
    }
  }
  if (channel === 'KIOSK') {
    return {
      code: 'event-not-found',
      detail: 'No current event for this kiosk: UNKNOWN_EVENT_CDBID',
      endUserMessage: MESSAGES.noKioskEvent(),
    }
  }
  return {
    code: 'event-not-found',
    detail: `Event id ${eventId ?? ''} not found: UNKNOWN_EVENT_CDBID`,
    endUserMessage: MESSAGES.eventNotFound(),
  }
}

function unknownPass(): Refusal {
  return {
    code: 'passholder-not-found',
    detail: 'Passholder not found: UNKNOWN_UITPASNUMBER',
    endUserMessage: MESSAGES.passNotFound(),
  }
}

function groupPass({ channel }: CheckinCommand): Refusal {
  return {
    code: channel === 'SELF' ? 'checkin-not-allowed' : 'invalid-card',
    detail: 'A group pass saves no points: GROUPPAS_NOT_ALLOWED',
    endUserMessage: MESSAGES.groupPass(),
  }
}
