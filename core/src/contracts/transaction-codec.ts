import type { Exchange, Transaction } from '../transaction.ts'

/** Order of the fields in the journal, after the kind of record; behind them stands the exchange of those that have one. */
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
] as const satisfies readonly Field[]

export function encodeTransaction(transaction: Transaction): string {
  const t = transaction
  const fields: unknown[] = [
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
  ]
  if (t.exchange) fields.push(encodeExchange(t.exchange))
  return JSON.stringify(fields)
}

type EncodedExchange = readonly [
  reward: string,
  rewardNumber: number,
  tariff: string,
  label: string,
  regularPrice: number,
  price: number,
  organizerShare: number,
  localGovernmentShare: number,
  flemishGovernmentShare: number,
  distributionKey: number,
  takes: Exchange['takes'],
]

function encodeExchange(e: Exchange): EncodedExchange {
  return [
    e.reward,
    e.rewardNumber,
    e.tariff,
    e.label,
    e.regularPrice,
    e.price,
    e.organizerShare,
    e.localGovernmentShare,
    e.flemishGovernmentShare,
    e.distributionKey,
    e.takes,
  ]
}

function decodeExchange(part: unknown): Exchange {
  if (!Array.isArray(part) || part.length !== EXCHANGE_FIELDS) throw new TypeError('An exchange is a list of its fields')
  // As for the transaction: only encodeExchange writes it, and the row checks the values.
  const [reward, rewardNumber, tariff, label, regularPrice, price, ...rest] = part as unknown as EncodedExchange
  const [organizerShare, localGovernmentShare, flemishGovernmentShare, distributionKey, takes] = rest
  return {
    reward,
    rewardNumber,
    tariff,
    label,
    regularPrice,
    price,
    organizerShare,
    localGovernmentShare,
    flemishGovernmentShare,
    distributionKey,
    takes,
  }
}

const EXCHANGE_FIELDS = 11

type Field = Exclude<keyof Transaction, 'exchange'>
type ValuesOf<Fields extends readonly Field[]> = { readonly [Index in keyof Fields]: Transaction[Fields[Index]] }
type Values = readonly ['t', ...ValuesOf<typeof FIELDS>]

/** `parts` is the parsed array of {@link encodeTransaction}. */
export function decodeTransaction(parts: readonly unknown[]): Transaction {
  const hasExchange = parts.length === FIELDS.length + 2
  if (parts.length !== FIELDS.length + 1 && !hasExchange)
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
    ...(hasExchange && { exchange: decodeExchange(parts[FIELDS.length + 1]) }),
  }
}
