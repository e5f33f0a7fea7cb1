import type { IdKey, Position, Transaction } from '@zuil/core'
import { transactionId } from '@zuil/core'
import { transactionRow } from '@zuil/core/contracts/transaction-row'

export const ID_KEY: IdKey = { words: [1, 2, 3, 4] }

/** 21 November 2026, 10:00 in Brussels. */
export const MORNING = Date.UTC(2026, 10, 21, 9)

const CHECKIN: Transaction = {
  kind: 'CHECKIN',
  programme: 'uitpas',
  occurredAt: MORNING,
  occurredOn: '2026-11-21',
  channel: 'KIOSK',
  holder: 7,
  card: 9,
  homeNis: 44021,
  homePostalCode: '9000',
  birthYear: 1984,
  socialTariff: 'NONE',
  memberships: [1],
  event: '54cd3bfb-5a6e-49d6-9b4b-0d5b1f5b2f7a',
  eventNumber: 3,
  eventType: '0.5.0.0.0',
  eventTheme: '',
  eventCardSystems: [1],
  organizer: '5b2e5c2e-9a2b-4a75-9a0a-9b1f0a5d2c11',
  location: '',
  venueNis: 44021,
  device: 'kiosk-1',
  client: '',
  points: 1,
  limitPeriod: 'DAY',
  flags: [],
  request: '',
}

export interface LineOptions {
  readonly lane?: number
  readonly range?: number
  /** Place in the journal; the same sequence is the same transaction. */
  readonly sequence?: number
  readonly voided?: boolean
  readonly transaction?: Partial<Transaction>
}

export function positionOf({ lane = 0, sequence = 0 }: LineOptions): Position {
  return { lane, ms: MORNING + 60_000, sequence }
}

export function idOf(options: LineOptions): string {
  return transactionId(ID_KEY, positionOf(options))
}

/** The row of a check-in, or of its void, as core writes it. The holder's number is the sequence, unless it is told. */
export function transactionLine(options: LineOptions = {}): string {
  const { range = 1, sequence = 0, voided = false, transaction = {} } = options
  const position = positionOf(options)
  const version = { version: voided ? 2 : 1, voided, versionedAt: position.ms + (voided ? 1_000 : 0), range, idKey: ID_KEY }
  return transactionRow(position, { ...CHECKIN, holder: sequence, ...transaction }, version)
}

/** `count` check-ins of as many holders, from sequence `first` on. */
export function transactionLines(count: number, options: LineOptions & { first?: number } = {}): string[] {
  const { first = 0, ...rest } = options
  return Array.from({ length: count }, (_, index) => transactionLine({ ...rest, sequence: first + index }))
}
