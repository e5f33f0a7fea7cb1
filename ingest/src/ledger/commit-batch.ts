import type { CommitItem, CommitOutcome, Entry, Guard } from '@zuil/core'
import { FURTHER_RECORDS_MAX, formatPosition, GUARD_ADD_MAX, GUARDS_MAX, parsePosition } from '@zuil/core'
import { encodeRecord, type JournalRecord } from '@zuil/core/contracts/journal'
import { counterField, counterKey, laneKeys } from '@zuil/core/contracts/redis-keys'
import type { KnownExpiries } from './known-expiries.ts'
import { LedgerError } from './ledger-error.ts'

/** Longest record: a transaction is some 300 characters, a projection of an event with many occurrences the most. */
export const RECORD_CHARACTERS_MAX = 100_000
/** Longest answer that is kept for a request key. */
export const ANSWER_CHARACTERS_MAX = 16_384
/** Entities that one decision may name: up to 6 for each of 100 tickets that are sold together. */
export const ENTITIES_MAX = 600

/** Bound that never fails; the script's LIMIT. */
const UNBOUNDED = Number.MAX_SAFE_INTEGER + 1
const ENTITY = /^[\x21-\x7e]{1,100}$/
/** Hexadecimal or base64url; the script takes the first character for a part of a key. */
const HASH_TEXT = /^[\w-]{1,64}$/

/** An item with its records as text, checked: nothing in it can make the script fail. */
export interface PreparedItem {
  readonly item: CommitItem
  readonly record: string
  readonly further: readonly string[]
  /** Empty without one. */
  readonly otherwise: string
  /** `<version> <entity> …`, empty when no entity is named. */
  readonly seen: string
  /** Characters that it adds to a call, about. */
  readonly size: number
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
  const record = proposal ? recordText(proposal.record) : ''
  const further = proposal?.further?.map(recordText) ?? NOTHING_FURTHER
  const otherwise = proposal?.otherwise ? recordText(proposal.otherwise.record) : ''
  const seen = seenRegistry(item)
  let size = 200 + record.length + otherwise.length + seen.length + (item.answer?.length ?? 0)
  for (const text of further) size += text.length
  return { item, record, further, otherwise, seen, size }
}

const NOTHING_FURTHER: readonly string[] = []

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

function recordText(record: JournalRecord): string {
  const text = encodeRecord(record)
  if (text.length > RECORD_CHARACTERS_MAX) throw new RangeError(`A record has at most ${RECORD_CHARACTERS_MAX} characters`)
  return text
}

function seenRegistry({ entities, registryVersion }: CommitItem): string {
  if (entities.length === 0) return ''
  if (!Number.isSafeInteger(registryVersion) || registryVersion < 0)
    throw new RangeError(`registryVersion cannot be ${registryVersion}`)
  if (entities.length > ENTITIES_MAX) throw new RangeError(`An item names at most ${ENTITIES_MAX} entities`)
  let text = String(registryVersion)
  for (const entity of entities) {
    if (!ENTITY.test(entity)) throw new RangeError('An entity is 1 to 100 characters without spaces')
    text += ` ${entity}`
  }
  return text
}

/** A call of the script. */
export interface EncodedBatch {
  /** What EVALSHA takes after the hash: the number of keys, the keys, the arguments. The contract is the head of commit.lua. */
  readonly call: readonly string[]
  /** Hashes of counters that get their expiry when all items are committed as proposed. */
  readonly expiring: readonly string[]
}

export function encodeBatch(lane: number, batch: readonly PreparedItem[], known: KnownExpiries): EncodedBatch {
  const encoder = new BatchEncoder(lane, known)
  for (const prepared of batch) encoder.add(prepared)
  return { call: encoder.arguments(), expiring: encoder.expiring }
}

class BatchEncoder {
  readonly #lane: number
  readonly #known: KnownExpiries
  readonly #hashKeys: string[] = []
  readonly #hashIndex = new Map<string, number>()
  readonly #hashExpiry: number[] = []
  readonly #counterFields: string[] = []
  readonly #counterHash: number[] = []
  readonly #counterIndex = new Map<string, number>()
  readonly #requestIds: string[] = []
  readonly #requestIndex = new Map<string, number>()
  readonly #items: number[] = []
  readonly #texts: string[] = []
  #seen = ''
  #namesEntities = false
  #seenVersion: number | undefined
  #count = 0

  constructor(lane: number, known: KnownExpiries) {
    this.#lane = lane
    this.#known = known
  }

  get expiring(): readonly string[] {
    return this.#hashKeys.filter((_, index) => this.#hashExpiry[index] !== 0)
  }

  add({ item, record, further, otherwise, seen }: PreparedItem): void {
    const { proposal, request } = item
    this.#count++
    this.#addSeen(item, seen)
    this.#items.push(request ? this.#request(request.id) : 0, shapeOf(proposal, further))
    if (request) this.#texts.push(request.fingerprint, item.answer ?? '')
    if (!proposal) return
    this.#texts.push(record)
    if (further.length > 0) {
      this.#items.push(further.length)
      this.#texts.push(...further)
    }
    this.#addGuards(proposal.guards)
    if (!proposal.otherwise) return
    this.#texts.push(otherwise)
    this.#addGuards(proposal.otherwise.guards)
  }

  arguments(): string[] {
    const keys = laneKeys(this.#lane)
    const program = [this.#seenVersion ?? 0, this.#hashKeys.length, ...this.#hashExpiry]
    program.push(this.#counterFields.length, ...this.#counterHash, this.#requestIds.length, this.#count, ...this.#items)
    return [
      String(5 + this.#hashKeys.length),
      keys.journal,
      keys.registryVersion,
      keys.changed,
      keys.answers,
      keys.waiting,
      ...this.#hashKeys,
      `[${program.join(',')}]`,
      this.#namesEntities ? this.#seen : '',
      ...this.#counterFields,
      ...this.#requestIds,
      ...this.#texts,
    ]
  }

  #addSeen(item: CommitItem, seen: string): void {
    this.#seen += `${seen}\n`
    if (seen === '') return
    this.#namesEntities = true
    if (this.#seenVersion === undefined) this.#seenVersion = item.registryVersion
    else if (this.#seenVersion !== item.registryVersion) this.#seenVersion = -1
  }

  #addGuards(guards: readonly Guard[]): void {
    this.#items.push(guards.length)
    for (const guard of guards) {
      const counter = this.#counter(guard)
      if (guard.atMost === undefined && guard.atLeast === undefined) this.#items.push(-counter, guard.add)
      else this.#items.push(counter, guard.add, guard.atMost ?? UNBOUNDED, guard.atLeast ?? -UNBOUNDED)
    }
  }

  #counter(guard: Guard): number {
    const hash = this.#hash(guard)
    const field = counterField(guard.counter, guard.owner)
    const name = `${hash} ${field}`
    const known = this.#counterIndex.get(name)
    if (known !== undefined) return known
    const index = this.#counterFields.push(field)
    this.#counterHash.push(hash)
    this.#counterIndex.set(name, index)
    return index
  }

  #hash(guard: Guard): number {
    const key = counterKey(this.#lane, guard.period, guard.owner)
    const known = this.#hashIndex.get(key)
    if (known !== undefined) {
      if (!this.#hashExpiry[known - 1]) this.#hashExpiry[known - 1] = this.#expiryToSet(key, guard)
      return known
    }
    const index = this.#hashKeys.push(key)
    this.#hashExpiry.push(this.#expiryToSet(key, guard))
    this.#hashIndex.set(key, index)
    return index
  }

  #expiryToSet(key: string, { expiresAt = 0 }: Guard): number {
    return expiresAt > 0 && this.#known.has(key) ? 0 : expiresAt
  }

  #request(id: string): number {
    const known = this.#requestIndex.get(id)
    if (known !== undefined) return known
    const index = this.#requestIds.push(id)
    this.#requestIndex.set(id, index)
    return index
  }
}

/** How an item is told to the script. */
function shapeOf(proposal: CommitItem['proposal'], further: readonly string[]): number {
  if (!proposal) return 0
  if (proposal.otherwise) return 2
  return further.length > 0 ? 3 : 1
}

/** @throws {LedgerError} `unhealthy` when the reply is not what the script gives. */
export function decodeReply(lane: number, items: number, reply: unknown): CommitOutcome[] {
  if (!Array.isArray(reply) || !reply.every((part) => typeof part === 'string')) throw unreadable()
  const lines = (reply[0] ?? '').split('\n')
  if (lines.length !== items) throw unreadable()
  let answers = 0
  return lines.map((line) => {
    if (!line.startsWith('r')) return outcomeOf(lane, line)
    answers++
    return { kind: 'replayed', outcome: outcomeOf(lane, line.slice(1)), answer: reply[answers] ?? '' }
  })
}

/** The outcome that a line of the reply, or the head of a kept answer, stands for. */
function outcomeOf(lane: number, line: string): CommitOutcome {
  switch (line.charAt(0)) {
    case 'c':
    case 'o':
      return committed(lane, line)
    case 'f': {
      const [index, value] = line.slice(1).split(' ')
      return { kind: 'failed', index: Number(index), value: Number(value) }
    }
    case 'm':
      return { kind: 'remembered' }
    case 'x':
      return { kind: 'conflict' }
    case 's':
      return { kind: 'stale' }
    default:
      throw unreadable()
  }
}

/** A request's outcome and answer as they are kept under its key; the script writes the same. */
export function keptAnswer(fingerprint: string, outcome: CommitOutcome, answer: string): string {
  return `${fingerprint} ${lineOf(outcome)}\n${answer}`
}

/** The inverse of {@link outcomeOf}. @throws {RangeError} for an outcome that is never kept */
function lineOf(outcome: CommitOutcome): string {
  switch (outcome.kind) {
    case 'committed':
      return [`${outcome.otherwise ? 'o' : 'c'}${formatPosition(outcome.position)}`, ...outcome.values].join(' ')
    case 'failed':
      return `f${outcome.index} ${outcome.value}`
    case 'remembered':
      return 'm'
    case 'conflict':
    case 'stale':
    case 'replayed':
      throw new RangeError(`An outcome of kind ${outcome.kind} is never kept`)
  }
}

function committed(lane: number, line: string): CommitOutcome {
  const [text = '', ...values] = line.slice(1).split(' ')
  const position = parsePosition(lane, text)
  if (!position) throw unreadable()
  return { kind: 'committed', position, values: values.map(Number), otherwise: line.startsWith('o') }
}

function unreadable(): LedgerError {
  return new LedgerError('unhealthy', 'The commit script answered what it never answers')
}
