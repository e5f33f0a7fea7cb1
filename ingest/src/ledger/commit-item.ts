import { type CommitItem, type Entry, FURTHER_RECORDS_MAX, GUARD_ADD_MAX, GUARDS_MAX, type Guard } from '@zuil/core'
import { type JournalRecord, type RecordText, recordText } from '@zuil/core/contracts/journal'

/** Longest record: a transaction is some 300 characters, a projection of an event with many occurrences the most. */
export const RECORD_CHARACTERS_MAX = 100_000
/** Longest answer that is kept for a request key. */
export const ANSWER_CHARACTERS_MAX = 16_384
/** Entities that one decision may name: up to 6 for each of 100 tickets that are sold together. */
export const ENTITIES_MAX = 600

const ENTITY_CHARACTERS_MAX = 100
/** Of a version of the registry, about. */
const VERSION_CHARACTERS = 8
/** Hexadecimal or base64url; the script takes the last character for a part of a key. */
const HASH_TEXT = /^[\w-]{1,64}$/

/** An item with its records as text, checked: nothing in it can make the script fail. */
export interface PreparedItem {
  readonly item: CommitItem
  readonly record: RecordText | undefined
  readonly further: readonly RecordText[]
  readonly otherwise: RecordText | undefined
  /** Characters that it adds to a call, about. */
  readonly size: number
  /** Records that it adds to an entry of the journal, at most. */
  readonly records: number
}

/** @throws {RangeError} naming the member that is out of bounds: a defect of the caller. */
export function prepareItem(item: CommitItem): PreparedItem {
  const { proposal, request } = item
  if (!Number.isSafeInteger(item.owner) || item.owner < 0) throw new RangeError(`owner ${item.owner} is not a number from 0`)
  if (request) checkRequest(item)
  if (!proposal && !request) throw new RangeError('An item has a proposal, a request key or both')
  if (proposal) checkEntry(proposal)
  if (proposal?.otherwise) checkEntry(proposal.otherwise)
  if (proposal?.otherwise && proposal.further) throw new RangeError('A fact has no further records')
  const record = proposal && boundedText(proposal.record)
  const further = proposal?.further?.map(boundedText) ?? NOTHING_FURTHER
  const otherwise = proposal?.otherwise && boundedText(proposal.otherwise.record)
  let size = 200 + sizeOf(record) + sizeOf(otherwise) + seenSize(item) + (item.answer?.length ?? 0)
  for (const text of further) size += sizeOf(text)
  return { item, record, further, otherwise, size, records: (record ? 1 : 0) + further.length }
}

const NOTHING_FURTHER: readonly RecordText[] = []

/** As if nothing were shared, though most is. */
function sizeOf(text: RecordText | undefined): number {
  return text ? text.shared.length + text.own.length : 0
}

function checkRequest({ request, answer }: CommitItem): void {
  if (!HASH_TEXT.test(request?.id ?? '') || !HASH_TEXT.test(request?.fingerprint ?? '')) {
    throw new RangeError('The id and the fingerprint of a request key are up to 64 letters and digits of base64url')
  }
  if ((answer?.length ?? 0) > ANSWER_CHARACTERS_MAX)
    throw new RangeError(`An answer has at most ${ANSWER_CHARACTERS_MAX} characters`)
}

function checkEntry(entry: Entry): void {
  if (entry.guards.length > GUARDS_MAX) throw new RangeError(`An entry has at most ${GUARDS_MAX} guards`)
  for (const guard of entry.guards) checkGuard(guard)
  const further = entry.further?.length ?? 0
  if (further > FURTHER_RECORDS_MAX) throw new RangeError(`An entry has at most ${FURTHER_RECORDS_MAX} further records`)
}

function checkGuard({ add, owner, atMost = 0, atLeast = 0, expiresAt = 0 }: Guard): void {
  if (!Number.isSafeInteger(add) || Math.abs(add) > GUARD_ADD_MAX) throw new RangeError(`A guard cannot add ${add}`)
  if (!Number.isSafeInteger(owner) || owner < 0) throw new RangeError(`A guard's owner cannot be ${owner}`)
  if (!Number.isSafeInteger(atMost) || !Number.isSafeInteger(atLeast)) {
    throw new RangeError(`A guard's bounds cannot be ${atLeast} and ${atMost}`)
  }
  if (!Number.isSafeInteger(expiresAt) || expiresAt < 0) throw new RangeError(`A guard cannot expire at ${expiresAt}`)
}

function boundedText(record: JournalRecord): RecordText {
  const text = recordText(record)
  if (sizeOf(text) > RECORD_CHARACTERS_MAX) throw new RangeError(`A record has at most ${RECORD_CHARACTERS_MAX} characters`)
  return text
}

/** Checks what the decision saw of the registry; characters that it takes, about. */
function seenSize({ entities, registryVersion }: CommitItem): number {
  if (entities.length === 0) return 0
  if (!Number.isSafeInteger(registryVersion) || registryVersion < 0)
    throw new RangeError(`registryVersion cannot be ${registryVersion}`)
  if (entities.length > ENTITIES_MAX) throw new RangeError(`An item names at most ${ENTITIES_MAX} entities`)
  let size = VERSION_CHARACTERS
  for (const entity of entities) {
    if (!isEntity(entity)) throw new RangeError('An entity is 1 to 100 characters without spaces')
    size += 1 + entity.length
  }
  return size
}

/** Visible ASCII. A regular expression takes three times as long, for three entities of every check-in. */
function isEntity(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x21 || unit > 0x7e) return false
  }
  return text.length > 0 && text.length <= ENTITY_CHARACTERS_MAX
}
