import { constants, deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Identity } from '@zuil/core/registry/passholder'
import { inflateSync } from 'fflate'
import type { Secrets } from '../secrets.ts'
import type { CardType } from './holder-entry.ts'

/** A sealed entry never opens to more than this: an event with thousands of occurrences is some 500 KB. */
const OPENED_BYTES_MAX = 4_000_000

/**
 * Words that come in every entry of a person: they cost nothing once both sides know them. Never
 * changes: what was sealed with it needs it to open.
 */
const DICTIONARY = Buffer.from(
  '{"stored":"","cards":[{"number":,"uitpasNumber":"0900000","chipNumber":"04","cardType":"NFC_CARD","cardSystem":' +
    '"identity":{"id":"","firstName":"","name":"","dateOfBirth":"19","gender":"FEMALE","gender":"MALE","inszNumber":"",' +
    '"street":"","postalCode":"9000","city":"Gent","uitpasNumber":"","data":{"cardSystemMemberships":[{"cardSystem":{"id":' +
    '"currentCard":{"cardType":"NFC_CARD","status":"ACTIVE"},"status":"ACTIVE","socialTariff":{"status":"ACTIVE","endDate":"20' +
    'T21:59:59+00:00","inGracePeriod":false}}],"address":{"street":"","postalCode":"","city":""}}}',
)

/**
 * Entries up to so many characters, those of persons, are packed with the codes that every reader of the format has (RFC 1951, 3.2.6). A
 * twelfth more than with codes of their own, and twice as fast to open: to make those codes again takes longer than to read by them.
 */
const FIXED_CODES_LENGTH_MAX = 4_096
/** A character takes three bytes at most. */
const UTF8_BYTES_MAX = 3
/** What such an entry opens to; of one byte more than there may be, so that what fills it may be cut off. */
const opened = Buffer.alloc(FIXED_CODES_LENGTH_MAX * UTF8_BYTES_MAX + 1)

export interface SealedCard {
  readonly number: number
  readonly uitpasNumber: string
  readonly chipNumber?: string
  readonly cardType: CardType
  readonly cardSystem: number
}

/** What only the registry may know of an entry. */
export interface SealedEntry {
  /** The value in the kind's hash, so that it can be written again as it was. */
  readonly stored: string
  /** Who it is: passholders and group passes only. */
  readonly identity?: Identity
  /** Numbers of cards: passholders, group passes and cards only. */
  readonly cards?: readonly SealedCard[]
  /** The official body as it was put; a client's secret left out. */
  readonly data: unknown
}

/** Sealed in the place of an entry that was removed. */
export const REMOVED: SealedEntry = { stored: '', data: null }

/** Whether the entry was removed; every other one has a stored value. */
export function isRemoved({ stored }: SealedEntry): boolean {
  return stored === ''
}

/** base64 of the sealed, compressed JSON. `kind` and `key` are part of what is sealed. */
export function sealEntry(secrets: Secrets, name: { readonly kind: string; readonly key: string }, entry: SealedEntry): string {
  const json = JSON.stringify(entry)
  const strategy = json.length <= FIXED_CODES_LENGTH_MAX ? constants.Z_FIXED : constants.Z_DEFAULT_STRATEGY
  const packed = deflateRawSync(json, { dictionary: DICTIONARY, level: 6, strategy })
  return secrets.seal(packed, `${name.kind}/${name.key}`).toString('base64')
}

/** @throws {SecretError} when it was sealed with another secret or for another entry. */
export function openEntry(secrets: Secrets, name: { readonly kind: string; readonly key: string }, text: string): SealedEntry {
  const packed = secrets.openBytes(Buffer.from(text, 'base64'), `${name.kind}/${name.key}`)
  // What opens was sealed by sealEntry.
  return JSON.parse(unpacked(packed)) as SealedEntry
}

/** Without the runtime's zlib for what is short: its stream with its buffers takes longer to make and to clear away than the work. */
function unpacked(packed: Buffer): string {
  if (hasFixedCodes(packed)) {
    const { length } = inflateSync(packed, { dictionary: DICTIONARY, out: opened })
    if (length < opened.length) return opened.toString('utf8', 0, length)
  }
  return inflateRawSync(packed, { dictionary: DICTIONARY, maxOutputLength: OPENED_BYTES_MAX }).toString('utf8')
}

/** Whether the first block says so; what was sealed before has mostly codes of its own. */
function hasFixedCodes(packed: Buffer): boolean {
  return ((packed[0] ?? 0) & 0b110) === 0b010
}
