export type { ApiClient, Grant } from './api-client.ts'
export type { AdjustedDays, Calendar, DayRange, Occurrence, OpeningHours } from './calendar.ts'
export type { CardSystem } from './card-system.ts'
export type { Event, PeriodLimit } from './event.ts'
export { GUARD_ADD_MAX, GUARDS_MAX, type Guard } from './guard.ts'
export { CARD_STATUSES, type Card, type CardStatus, type Holder, type Membership } from './holder.ts'
export type { Kiosk } from './kiosk.ts'
export type { CommitItem, CommitOutcome, Entry, Ledger, Position, Proposal, RequestKey } from './ledger.ts'
export type { Municipality } from './municipality.ts'
export type { Organizer } from './organizer.ts'
export { PERIOD_TYPES, type PeriodType } from './period.ts'
export { PERMISSIONS, type Permission } from './permission.ts'
export { comparePositions, formatPosition, parsePosition } from './position.ts'
export {
  CHANNELS,
  type Channel,
  FLAGS,
  type Flag,
  SOCIAL_TARIFF_STATES,
  type SocialTariffState,
  TRANSACTION_KINDS,
  type Transaction,
  type TransactionKind,
} from './transaction.ts'
export { type IdKey, positionOfId, transactionId } from './transaction-id.ts'
