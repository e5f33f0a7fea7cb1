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

type ValuesOf<Fields extends readonly (keyof Transaction)[]> = { readonly [Index in keyof Fields]: Transaction[Fields[Index]] }
type Values = readonly ['t', ...ValuesOf<typeof FIELDS>]

/** `parts` is the parsed array of {@link encodeTransaction}. */
export function decodeTransaction(parts: readonly unknown[]): Transaction {
  if (parts.length !== FIELDS.length + 1)
    throw new TypeError(`A transaction has ${FIELDS.length} fields, not ${parts.length - 1}`)
  // The journal is written by encodeTransaction only; values of another kind are found when the row is made.
  const values = parts as unknown as Values
  // Written out: this runs for every record, and filling an object field by field takes three times as long.
  return {
    kind: values[1],
    programme: values[2],
    occurredAt: values[3],
    occurredOn: values[4],
    channel: values[5],
    holder: values[6],
    card: values[7],
    homeNis: values[8],
    homePostalCode: values[9],
    birthYear: values[10],
    socialTariff: values[11],
    memberships: values[12],
    event: values[13],
    eventNumber: values[14],
    eventType: values[15],
    eventTheme: values[16],
    eventCardSystems: values[17],
    organizer: values[18],
    location: values[19],
    venueNis: values[20],
    device: values[21],
    client: values[22],
    points: values[23],
    limitPeriod: values[24],
    flags: values[25],
    request: values[26],
  }
}
