import type { Transaction } from '../transaction.ts'

/** Order of the fields in the journal, after the kind of record. Append only: older records are shorter. */
const FIELDS = [
  'kind',
  'programme',
  'occurredAt',
  'occurredOn',
  'channel',
  'holder',
  'card',
  'homeNis',
  'homePostalCode',
  'birthYear',
  'socialTariff',
  'memberships',
  'event',
  'eventNumber',
  'eventType',
  'eventTheme',
  'eventCardSystems',
  'organizer',
  'location',
  'venueNis',
  'device',
  'client',
  'points',
  'limitPeriod',
  'flags',
  'request',
] as const satisfies readonly (keyof Transaction)[]

export function encodeTransaction(transaction: Transaction): string {
  const t = transaction
  return JSON.stringify([
    't',
    t.kind,
    t.programme,
    t.occurredAt,
    t.occurredOn,
    t.channel,
    t.holder,
    t.card,
    t.homeNis,
    t.homePostalCode,
    t.birthYear,
    t.socialTariff,
    t.memberships,
    t.event,
    t.eventNumber,
    t.eventType,
    t.eventTheme,
    t.eventCardSystems,
    t.organizer,
    t.location,
    t.venueNis,
    t.device,
    t.client,
    t.points,
    t.limitPeriod,
    t.flags,
    t.request,
  ])
}

/** `parts` is the parsed array of {@link encodeTransaction}. */
export function decodeTransaction(parts: readonly unknown[]): Transaction {
  if (parts.length !== FIELDS.length + 1)
    throw new TypeError(`A transaction has ${FIELDS.length} fields, not ${parts.length - 1}`)
  const transaction: Record<string, unknown> = {}
  for (const [index, field] of FIELDS.entries()) transaction[field] = parts[index + 1]
  // The journal is written by encodeTransaction only; what else may stand there fails on insert and becomes a dead letter.
  return transaction as unknown as Transaction
}
