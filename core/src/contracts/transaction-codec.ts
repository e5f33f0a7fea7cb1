import type { Exchange, Transaction } from '../transaction.ts'

/**
 * Order of the fields in the journal, behind the kind of record. First what many transactions of a moment have in common: who offers
 * what, through whom, for how many points. A text of these is written once for all records of an entry that share it.
 */
const SHARED_FIELDS = [
  'kind',
  'programme',
  'channel',
  'occurredOn',
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
] as const satisfies readonly Field[]

/** Then what each has for itself; behind these stands the exchange of those that have one. */
const OWN_FIELDS = [
  'occurredAt',
  'holder',
  'card',
  'homeNis',
  'homePostalCode',
  'birthYear',
  'socialTariff',
  'memberships',
  'request',
] as const satisfies readonly Field[]

const FIELDS = SHARED_FIELDS.length + OWN_FIELDS.length

/** First element of a record that is a transaction. */
export const TRANSACTION_SIGN = 'tx'

/** Events of which the latest shared texts are remembered, some hundred bytes each: more than take place at the same time. */
const EVENTS_REMEMBERED_MAX = 4_096
/** Shared texts of one event: those of its channels, and those with a flag. */
const TEXTS_REMEMBERED_MAX = 8

interface RememberedText {
  readonly transaction: Transaction
  readonly text: string
}

const remembered = new Map<number, RememberedText[]>()

/** The shared fields as the beginning of a JSON array, from the kind of record on. The same fields give the same string object. */
export function sharedText(transaction: Transaction): string {
  let texts = remembered.get(transaction.eventNumber)
  if (!texts) {
    if (remembered.size >= EVENTS_REMEMBERED_MAX) remembered.clear()
    texts = []
    remembered.set(transaction.eventNumber, texts)
  }
  for (const known of texts) if (hasSameShared(known.transaction, transaction)) return known.text
  const fields = SHARED_FIELDS.map((field) => transaction[field])
  const text = JSON.stringify([TRANSACTION_SIGN, ...fields]).slice(1, -1)
  if (texts.length >= TEXTS_REMEMBERED_MAX) texts.shift()
  texts.push({ transaction, text })
  return text
}

/** Written out: this runs for every record. Texts of the registry are the same objects, so most comparisons are one of addresses. */
function hasSameShared(a: Transaction, b: Transaction): boolean {
  return (
    a.eventNumber === b.eventNumber &&
    a.points === b.points &&
    isSameList(a.flags, b.flags) &&
    a.channel === b.channel &&
    a.occurredOn === b.occurredOn &&
    a.client === b.client &&
    a.device === b.device &&
    a.kind === b.kind &&
    a.programme === b.programme &&
    a.event === b.event &&
    a.eventType === b.eventType &&
    a.eventTheme === b.eventTheme &&
    isSameList(a.eventCardSystems, b.eventCardSystems) &&
    a.organizer === b.organizer &&
    a.location === b.location &&
    a.venueNis === b.venueNis &&
    a.limitPeriod === b.limitPeriod
  )
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

let lastOwn: RememberedText | undefined

/** The other fields, as the end of that array. A fact is written as proposed and as flagged, one behind the other: the same text. */
export function ownText(transaction: Transaction): string {
  if (lastOwn && hasSameOwn(lastOwn.transaction, transaction)) return lastOwn.text
  const t = transaction
  // Written out: a list for JSON.stringify takes twice as long.
  let text = `${t.occurredAt},${t.holder},${t.card},${t.homeNis},${quoted(t.homePostalCode)},${t.birthYear},"${t.socialTariff}",`
  text += `[${t.memberships.length === 1 ? t.memberships[0] : t.memberships.join(',')}],${quoted(t.request)}`
  if (t.exchange) text += `,${JSON.stringify(encodeExchange(t.exchange))}`
  lastOwn = { transaction, text }
  return text
}

/** Of text that is a JSON string as it stands between quotes. */
const PLAIN = /^[\w. -]*$/

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text)
}

function hasSameOwn(a: Transaction, b: Transaction): boolean {
  return (
    a.holder === b.holder &&
    a.card === b.card &&
    a.request === b.request &&
    a.occurredAt === b.occurredAt &&
    a.exchange === b.exchange &&
    a.homeNis === b.homeNis &&
    a.homePostalCode === b.homePostalCode &&
    a.birthYear === b.birthYear &&
    a.socialTariff === b.socialTariff &&
    isSameList(a.memberships, b.memberships)
  )
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
type Values = readonly [typeof TRANSACTION_SIGN, ...ValuesOf<typeof SHARED_FIELDS>, ...ValuesOf<typeof OWN_FIELDS>]

/** `parts` is the parsed array of {@link sharedText} and {@link ownText}. */
export function decodeTransaction(parts: readonly unknown[]): Transaction {
  const hasExchange = parts.length === FIELDS + 2
  if (parts.length !== FIELDS + 1 && !hasExchange)
    throw new TypeError(`A transaction has ${FIELDS} fields, not ${parts.length - 1}`)
  // The journal is written by the functions above only; values of another kind are found when the row is made.
  const values = parts as unknown as Values
  // Written out: this runs for every record, and filling an object field by field takes three times as long.
  return {
    kind: values[1],
    programme: values[2],
    occurredAt: values[18],
    occurredOn: values[4],
    channel: values[3],
    holder: values[19],
    card: values[20],
    homeNis: values[21],
    homePostalCode: values[22],
    birthYear: values[23],
    socialTariff: values[24],
    memberships: values[25],
    event: values[5],
    eventNumber: values[6],
    eventType: values[7],
    eventTheme: values[8],
    eventCardSystems: values[9],
    organizer: values[10],
    location: values[11],
    venueNis: values[12],
    device: values[13],
    client: values[14],
    points: values[15],
    limitPeriod: values[16],
    flags: values[17],
    request: values[26],
    ...(hasExchange && { exchange: decodeExchange(parts[FIELDS + 1]) }),
  }
}
