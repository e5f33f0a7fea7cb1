export { AGE_BANDS, type AgeBand, ageBand } from './age-band.ts'
export type { ApiClient, Grant } from './api-client.ts'
export { type BonusCommand, bonusProposal, CARRY_GUARDS, type CarryCommand, carryProposal } from './bonus.ts'
export {
  brusselsDay,
  brusselsOffset,
  DAY_MS,
  formatDay,
  instantInBrussels,
  parseDay,
  startOfDay,
  weekdayOf,
} from './brussels.ts'
export type { AdjustedDays, Calendar, DayRange, Occurrence, OpeningHours } from './calendar.ts'
export { CARD_TYPES, type CardSystem, type CitySettings, type MembershipPrice } from './card-system.ts'
export { type CheckinCommand, type CheckinSubject, entitiesOf, subjectOf } from './checkin.ts'
export { CLOCK_AHEAD_MAX_MS, FACT_AGE_DAYS_MAX, limitReached, OFFLINE_DAYS_MAX, type ReachedLimit } from './checkin-rules.ts'
export { type CheckinWindow, CheckinWindows, checkinWindow, DEFAULT_GRACE, type Grace } from './checkin-window.ts'
export { BASIS_POINTS, type CostPart, type CostParts, type CostShares, shareCosts } from './cost-sharing.ts'
export {
  type CountedTransaction,
  checkinCounter,
  countersOf,
  parseTake,
  periodGuard,
  pointsCounter,
  pointsGuard,
  STOCK_COUNTER,
  takenGuard,
  takeOf,
  voidCounter,
  voidTransaction,
} from './counters.ts'
export { type Coupon, couponTariffId, type GrantedCoupon, isValidCoupon } from './coupon.ts'
export { type Command, decide, OVER_LIMIT, refusalOfGuard } from './decide.ts'
export type { Decision, DecisionRules } from './decision.ts'
export type { DistributionKey, KeyKind, KeySplit } from './distribution-key.ts'
export { PROBLEMS, type Problem, type ProblemCode, type ProblemDetails, problem } from './errors.ts'
export { type Event, isCheckinEvent, type PeriodLimit, takesPlace } from './event.ts'
export { type EventCardSystem, type EventOverlay, type EventSettings, overlaid } from './event-overlay.ts'
export { NO_EVENT, NO_EXCHANGE } from './exchange.ts'
export { type GrantCommand, grantProposal, isGrantedOn, type Joined } from './grant.ts'
export { checkGuards, GUARD_ADD_MAX, GUARDS_MAX, type Guard, guardHolds } from './guard.ts'
export { CARD_STATUSES, type Card, type CardStatus, type Holder, type Membership } from './holder.ts'
export {
  chipNumber,
  ENTITY_ID_LENGTH_MAX,
  entityId,
  inszNumber,
  isEntityId,
  isSameEntity,
  isUitpasNumber,
  type UitpasNumberRules,
} from './identifiers.ts'
export { formatInstant, parseInstant } from './instant.ts'
export type { Kiosk } from './kiosk.ts'
export { isEventOfKiosk, KIOSK_EVENT_DAYS_MAX, type KioskMoment, kioskEvent, mayFixKioskOn } from './kiosk-event.ts'
export {
  type CommitItem,
  type CommitOutcome,
  type Entry,
  FURTHER_RECORDS_MAX,
  type Ledger,
  type Position,
  type Proposal,
  type RequestKey,
} from './ledger.ts'
export { MEMBERSHIP_PREVIEWS, type MembershipPreview, type MembershipWish, previewMembership } from './membership-preview.ts'
export { type JournalledRecord, MemoryLedger, type MemoryLedgerOptions, REQUEST_KEPT_MS } from './memory-ledger.ts'
export { type EndUserMessage, MESSAGES } from './messages.ts'
export type { Municipality } from './municipality.ts'
export type { Organizer } from './organizer.ts'
export { PERIOD_TYPES, type PeriodBucket, type PeriodType, periodBucket } from './period.ts'
export { PERMISSIONS, type Permission } from './permission.ts'
export {
  CARDS_PER_PACKAGE,
  type CardForecast,
  type CardStock,
  cardForecast,
  measuredUse,
  ORDER_WEEKS,
  type PlannedOrder,
  plannedOrders,
  REPLACED_A_YEAR,
  SAFETY_WEEKS,
  type StockCount,
} from './planning/card-order.ts'
export {
  type AgreementNeed,
  missingAgreements,
  REGION_AGREEMENT_IDS,
  REGION_AGREEMENTS,
  type RegionAgreement,
  SCENARIOS,
  type Scenario,
} from './planning/collaboration.ts'
export {
  BUSIEST_MINUTE,
  BUSIEST_WEEK,
  DEVICE_BUSY_MAX,
  DEVICES_PER_SPARE,
  type DevicesNeeded,
  type DoorLoad,
  devicesNeeded,
  peakOfHour,
  SECONDS_PER_CHECKIN,
} from './planning/device-sizing.ts'
export { type ExpectedMember, type MemberCost, memberCost, USE_UNCERTAINTY } from './planning/member-cost.ts'
export {
  DUE_DAYS,
  ONBOARDING_STEPS,
  type OnboardingActor,
  type OnboardingState,
  type OnboardingStep,
  type OnboardingStepId,
  onboardingStandings,
  type StepDays,
  type StepStanding,
} from './planning/onboarding.ts'
export { comparePositions, formatPosition, parsePosition } from './position.ts'
export { PRICE_CENTS_MAX, parsePrice, priceInEuro } from './price.ts'
export {
  DEFAULT_PROGRAMME,
  isPassNumber,
  ONLY_UITPAS,
  type OwnNumbers,
  type Programme,
  type ProgrammeBook,
  programmeOfHolder,
  UITPAS,
  usedProgramme,
} from './programme.ts'

export { formsOf, NUMBER_FORMS, type NumberForm } from './publication/byte-search.ts'
export {
  CELL_STATES,
  type CellColumn,
  type Cells,
  EARLIER,
  type EarlierCells,
  Figures,
  HEADLINES,
  THRESHOLD_DEFAULT,
  THRESHOLD_MIN,
} from './publication/cells.ts'
export {
  type Contributions,
  DOMINANCE_SHARE,
  isDominated,
  ORGANIZER_SHARE_MAX,
  ORGANIZERS_MIN,
  roomAround,
  tellsOfAnOrganizer,
} from './publication/dominance.ts'
export { type Audit, type Protected, protect } from './publication/protect.ts'
export { type Relation, type RelationKind, Relations } from './publication/relation.ts'
export { changeNeeded, opens, stands } from './publication/revision.ts'
export { cellKey, cellKeyOfSum, ROUNDING_BASES, roundByKey, roundingInterval } from './publication/rounding.ts'
export { twinsOf } from './publication/twins.ts'
export { type RateLimit, RateLimiter } from './rate-limiter.ts'
export {
  decideRedemption,
  grantedCounter,
  isFor,
  type RedemptionCommand,
  type RedemptionConstraint,
  redeemedCounter,
  redemptionConstraints,
  refusalOfConstraint,
  STOCK_TAKE,
} from './redemption.ts'
export { problemOfRefusal, type Refusal } from './refusal.ts'
export type { Bonus } from './registry/bonus.ts'
export {
  REGISTRY_KINDS,
  REMOVABLE_KINDS,
  type RegistryContext,
  type RegistryKind,
  type RemovableKind,
  SETTING_KINDS,
  type SettingKind,
} from './registry/context.ts'
export {
  isClosedPeriod,
  parseReportingPeriod,
  previousPeriod,
  REPORTING_PERIOD_KINDS,
  type ReportingPeriod,
  type ReportingPeriodKind,
  reportingPeriodOf,
  samePeriodLastYear,
} from './reporting-period.ts'
export {
  isLastChance,
  isWithin,
  REWARD_CATEGORIES,
  type Reward,
  type RewardCategory,
  type RewardTexts,
  type Span,
} from './reward.ts'
export { type Parsed, SCHEMA_ERRORS_MAX, type SchemaError, schemaErrors, type ValidationError } from './schema-error.ts'
export {
  type AgreementTerms,
  ORGANIZERS_PAID_BY,
  type OrganizersPaidBy,
  type SettlementAgreement,
  type SettlementBasis,
  type SettlementMember,
  SOLIDARITY_BASES,
  type SolidarityBasis,
  termsOf,
} from './settlement/agreement.ts'
export { apportion } from './settlement/apportion.ts'
export {
  burdenOf,
  type ClosedSettlement,
  type Settlement,
  type SettlementLine,
  type SettlementQuestion,
  type SettlementShare,
  settle,
} from './settlement/settlement.ts'
export { priceShares, type SettlementDocument, type WhatIf, whatIfBasis } from './settlement/settlement-document.ts'
export { FINDING_CODES, type FindingCode, type SettlementFinding, toBeAccepted } from './settlement/settlement-finding.ts'
export { type RefusedSettlement, SETTLEMENT_REFUSALS, type SettlementRefusalCode } from './settlement/settlement-refusal.ts'
export {
  type MunicipalityStatement,
  municipalityStatements,
  type SettlementTransfer,
  transfersOf,
} from './settlement/settlement-statement.ts'
export {
  ENTRY_KINDS,
  type EntryKind,
  entryOf,
  type SettlementEntry,
  type SettlementSpan,
  type SettlementTicket,
  sharedBy,
} from './settlement/settlement-ticket.ts'
export { hasSocialTariff, lostSocialTariff } from './social-tariff.ts'
export { type Activity, activityOf, isSuggested } from './suggestion.ts'
export {
  type Availability,
  type AvailableTariff,
  availabilityOf,
  couponCounter,
  GROUP_QUOTA_COUNTER,
  SOCIAL_TARIFF_ID,
  SOCIAL_TARIFF_NAME,
  salesCounter,
  staticTariffs,
  TARIFF_TYPES,
  type Tariff,
  type TariffBook,
  type TariffType,
  TICKETS_MAX,
  type TicketLimit,
  tariffBookOf,
  tariffsOf,
} from './tariff.ts'
export {
  decideTicketSale,
  type GuardedLimit,
  type TicketLine,
  type TicketSaleCommand,
  type TicketSaleDecision,
  ticketEvent,
  ticketLimitRefusal,
  ticketSubject,
} from './ticket-sale.ts'
export {
  CHANNELS,
  type Channel,
  type CheckinChannel,
  type Exchange,
  FLAGS,
  type Flag,
  SOCIAL_TARIFF_STATES,
  type SocialTariffState,
  type Take,
  TRANSACTION_KINDS,
  type Transaction,
  type TransactionKind,
} from './transaction.ts'
export { type IdKey, positionOfId, TRANSACTION_ID_LENGTH, transactionId, writeTransactionId } from './transaction-id.ts'
