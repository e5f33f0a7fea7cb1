import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Identity } from '@zuil/core/registry/passholder'
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
  const packed = deflateRawSync(JSON.stringify(entry), { dictionary: DICTIONARY, level: 6 })
  return secrets.seal(packed, `${name.kind}/${name.key}`).toString('base64')
}

/** @throws {SecretError} when it was sealed with another secret or for another entry. */
export function openEntry(secrets: Secrets, name: { readonly kind: string; readonly key: string }, text: string): SealedEntry {
  const packed = secrets.openBytes(Buffer.from(text, 'base64'), `${name.kind}/${name.key}`)
  const json = inflateRawSync(packed, { dictionary: DICTIONARY, maxOutputLength: OPENED_BYTES_MAX }).toString('utf8')
  // What opens was sealed by sealEntry.
  return JSON.parse(json) as SealedEntry
}
