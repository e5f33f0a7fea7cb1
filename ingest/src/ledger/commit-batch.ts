import type { CommitItem, Guard } from '@zuil/core'
import type { RecordText } from '@zuil/core/contracts/journal'
import { ENTRY_RECORDS_MAX, shortLine } from '@zuil/core/contracts/journal-entry'
import { laneKeys } from '@zuil/core/contracts/redis-keys'
import { TextWriter } from '../text-writer.ts'
import type { PreparedItem } from './commit-item.ts'
import { CounterTable, type WrittenCounters } from './counter-table.ts'
import type { KnownKeys } from './known-keys.ts'
import type { EncodedArguments } from './lua-script.ts'

/** Bound that never fails, far beyond every counter; the script knows it by its size alone. */
const UNBOUNDED = 1e300
/** Forms that are compared before another one is made: check-ins have a handful. */
const FORMS_COMPARED_MAX = 16

/**
 * Items in one call. Redis syncs its file after each turn, so a batch gains by larger calls; at some 20 µs an item one call
 * stays near 10 ms, far below what a single check-in beside it may take.
 */
const BATCH_ITEMS_MAX = 512
/** Characters in one call, about: 512 facts with what is journalled otherwise, and far more than five requests that sell a hundred tickets each. */
const BATCH_CHARACTERS_MAX = 655_360

/** Bytes that stand ready for each text of a call; where they are more there is more room. */
const TEXT_BYTES = 16_384

/** What a call is written in, for one call after another: new room for each would be looked after as garbage. */
export class CommitTexts {
  readonly records = new TextWriter(TEXT_BYTES)
  readonly otherwise = new TextWriter(TEXT_BYTES)
  readonly seen = new TextWriter(TEXT_BYTES)
  /** Arguments of the call: where counters stand, and fingerprints. */
  readonly keys = new TextWriter(TEXT_BYTES)
  readonly fields = new TextWriter(TEXT_BYTES)
  readonly fingerprints = new TextWriter(TEXT_BYTES)
  readonly program = new TextWriter(TEXT_BYTES)
  /** What records share, and what only those of `otherwise` share: one after the other. */
  readonly shared = new TextWriter(TEXT_BYTES)
  readonly call = new TextWriter(TEXT_BYTES)

  clear(): void {
    for (const text of [this.records, this.otherwise, this.seen, this.keys, this.fields]) text.truncate(0)
    for (const text of [this.fingerprints, this.program, this.shared, this.call]) text.truncate(0)
  }
}

/** A call of the script. */
export interface EncodedBatch {
  /** What EVALSHA takes after the hash: the number of keys, the keys, the arguments. The contract is the head of commit.lua. */
  readonly call: EncodedArguments
  /** Keys of counters that are begun when all items are committed as proposed. */
  readonly begun: readonly string[]
  /** Further records of each item: the reply is read with nothing but this, so that the items need not be kept for it. */
  readonly further: readonly number[]
}

/**
 * Items of one lane that go into one call of the script, encoded as they come: what waits for its call is bytes and numbers, and the
 * decisions are gone by then. Lists of numbers and texts instead of objects: this runs for every check-in.
 */
export class CommitBatch {
  readonly #lane: number
  readonly #texts: CommitTexts
  readonly #counters: CounterTable
  readonly #requests = new RequestTable()
  readonly #forms = new FormTable()
  readonly #shared = new Map<string, number>()
  /** What only records of `otherwise` share. */
  readonly #otherwiseShared = new Map<string, number>()
  readonly #answers = new Map<string, number>()
  readonly #itemForm: number[] = []
  readonly #itemCounters: number[] = []
  /** Number of the request in order of arrival, from 1; 0 for none. */
  readonly #itemRequest: number[] = []
  readonly #requestAnswer: number[] = []
  #namesEntities = false
  #seenVersion: number | undefined
  readonly #further: number[] = []
  #characters = 0
  #recordCount = 0

  /** `texts`: empty, and for nobody else until the call was encoded. */
  constructor({ lane, lanes }: { readonly lane: number; readonly lanes: number }, texts: CommitTexts) {
    this.#lane = lane
    this.#texts = texts
    this.#counters = new CounterTable(lane, lanes)
  }

  /** Items in it. */
  get count(): number {
    return this.#itemForm.length
  }

  /** Whether an item still fits; a call takes at least one, and what it journals is one entry. */
  hasRoomFor({ size, records }: PreparedItem): boolean {
    if (this.count === 0) return true
    return (
      this.count < BATCH_ITEMS_MAX &&
      this.#characters + size <= BATCH_CHARACTERS_MAX &&
      this.#recordCount + records <= ENTRY_RECORDS_MAX
    )
  }

  add({ item, record, further, otherwise, size, records }: PreparedItem): void {
    const { proposal, request, answer = '' } = item
    this.#characters += size
    this.#recordCount += records
    this.#addSeen(item)
    this.#further.push(further.length)
    if (request) {
      this.#texts.fingerprints.argument(request.fingerprint)
      this.#requestAnswer.push(numberIn(this.#answers, answer) + 1)
    }
    this.#itemRequest.push(request ? this.#requests.number(request.id) : 0)
    this.#itemForm.push(proposal ? this.#forms.number(proposal.guards, proposal.otherwise?.guards, further.length) : 0)
    if (!proposal || !record) return
    addLine(this.#texts.records, record, this.#shared)
    for (const text of further) addLine(this.#texts.records, text, this.#shared)
    for (const guard of proposal.guards) this.#itemCounters.push(this.#counters.number(guard))
    if (!proposal.otherwise || !otherwise) return
    this.#addOtherwise(otherwise, record)
    for (const guard of proposal.otherwise.guards) this.#itemCounters.push(this.#counters.number(guard))
  }

  /** The call, once, valid until its texts are used again. `known`: what was begun at the moment of the call. */
  encode(known: KnownKeys): EncodedBatch {
    const counters = this.#counters.write(this.#texts, known)
    return { call: this.#arguments(counters), begun: counters.begun, further: this.#further }
  }

  #arguments(counters: WrittenCounters): EncodedArguments {
    const names = laneKeys(this.#lane)
    const { call, keys, fields, fingerprints } = this.#texts
    const { beginnings, numbers } = counters
    const requests = this.#requests.inParts()
    const answers = [...this.#answers.keys()]
    call.argument(String(KEYS_FIXED + beginnings.length))
    for (const key of [names.journal, names.registryVersion, names.changed, names.answers, names.waiting]) call.argument(key)
    call.append(keys)
    call.argumentOf(this.#program(counters, requests))
    if (this.#namesEntities) call.argumentOf(this.#texts.seen)
    else call.argument('')
    call.argumentOf(this.#linesOf(this.#shared))
    call.argumentOf(this.#texts.records)
    call.argumentOf(this.#texts.otherwise)
    call.argumentOf(this.#linesOf(this.#otherwiseShared))
    call.append(fields)
    for (const id of requests.ids) call.argument(id)
    call.append(fingerprints)
    for (const answer of answers) call.argument(answer)
    const count = 1 + KEYS_FIXED + beginnings.length + ARGUMENTS_FIXED + numbers.length
    return { count: count + requests.ids.length + this.#requestAnswer.length + answers.length, bytes: call.view() }
  }

  #linesOf(texts: ReadonlyMap<string, number>): TextWriter {
    const { shared } = this.#texts
    shared.truncate(0)
    let before = ''
    for (const text of texts.keys()) {
      if (before !== '') shared.lineFeed()
      shared.text(shortLine(text, before))
      before = text
    }
    return shared
  }

  /** Numbers as JSON; the contract is the head of commit.lua. */
  #program(counters: WrittenCounters, { counts, numbers }: OrderedRequests): TextWriter {
    const { add, atMost, atLeast, guards, otherwise, further } = this.#forms
    const { program } = this.#texts
    program.text(`[${this.#seenVersion ?? 0},`)
    program.integers(counters.beginnings)
    program.text(',')
    program.integers(counters.counts)
    // Without its brackets.
    program.text(`,${JSON.stringify([counts, add, atMost, atLeast, guards, otherwise, further]).slice(1, -1)},`)
    program.integers(this.#itemForm)
    program.text(',')
    program.integers(this.#itemCounters.map((arrived) => counters.numbers[arrived] ?? 0))
    program.text(',')
    program.integers(this.#itemRequest.map((request) => (request === 0 ? 0 : (numbers[request - 1] ?? 0))))
    program.text(',')
    program.integers(this.#requestAnswer)
    program.text(']')
    return program
  }

  #addSeen({ entities, registryVersion }: CommitItem): void {
    const { seen } = this.#texts
    if (this.count > 0) seen.lineFeed()
    if (entities.length === 0) return
    seen.integer(registryVersion)
    for (const entity of entities) {
      seen.text(' ')
      seen.text(entity)
    }
    this.#namesEntities = true
    if (this.#seenVersion === undefined) this.#seenVersion = registryVersion
    else if (this.#seenVersion !== registryVersion) this.#seenVersion = -1
  }

  /** A fact that turns out to be flagged differs in what it shares only. */
  #addOtherwise(otherwise: RecordText, record: RecordText): void {
    const text = this.#texts.otherwise
    if (otherwise.own !== record.own || otherwise.shared === '') {
      addLine(text, otherwise, this.#otherwiseShared)
      return
    }
    if (text.length > 0) text.lineFeed()
    text.integer(numberIn(this.#otherwiseShared, otherwise.shared))
  }
}

function addLine(to: TextWriter, { shared, own }: RecordText, numbers: Map<string, number>): void {
  if (to.length > 0) to.lineFeed()
  if (shared !== '') {
    to.integer(numberIn(numbers, shared))
    to.text(',')
  }
  to.text(own)
}

/** Keys and arguments that every call has. */
const KEYS_FIXED = 5
const ARGUMENTS_FIXED = 6

/** The different guards and shapes of entries: their bounds stand in a call once, not with every item. */
class FormTable {
  readonly add: number[] = []
  readonly atMost: number[] = []
  readonly atLeast: number[] = []
  readonly guards: (readonly number[])[] = []
  readonly otherwise: (readonly number[] | 0)[] = []
  readonly further: number[] = []
  readonly #guards: number[] = []
  readonly #otherwise: number[] = []

  /** Number of the form of an entry, from 1. */
  number(guards: readonly Guard[], otherwise: readonly Guard[] | undefined, further: number): number {
    this.#guards.length = 0
    this.#otherwise.length = 0
    for (const guard of guards) this.#guards.push(this.#guard(guard))
    for (const guard of otherwise ?? []) this.#otherwise.push(this.#guard(guard))
    for (let form = 0; form < this.guards.length && form < FORMS_COMPARED_MAX; form++) {
      const known = this.otherwise[form] ?? 0
      const isSame =
        this.further[form] === further &&
        isSameList(this.guards[form] ?? [], this.#guards) &&
        (otherwise ? known !== 0 && isSameList(known, this.#otherwise) : known === 0)
      if (isSame) return form + 1
    }
    this.otherwise.push(otherwise ? [...this.#otherwise] : 0)
    this.further.push(further)
    return this.guards.push([...this.#guards])
  }

  #guard({ add, atMost = UNBOUNDED, atLeast = -UNBOUNDED }: Guard): number {
    for (let guard = 0; guard < this.add.length && guard < FORMS_COMPARED_MAX; guard++) {
      if (this.add[guard] === add && this.atMost[guard] === atMost && this.atLeast[guard] === atLeast) return guard + 1
    }
    this.atMost.push(atMost)
    this.atLeast.push(atLeast)
    return this.add.push(add)
  }
}

interface OrderedRequests {
  readonly ids: readonly string[]
  /** Ids of each part. */
  readonly counts: readonly number[]
  /** For each request, in order of arrival, its number in the order of `ids`. */
  readonly numbers: readonly number[]
}

/** The request keys of a call. Those whose answers stand in one hash go together, so that one command reads them. */
class RequestTable {
  readonly #numbers = new Map<string, number>()
  readonly #parts = new Map<string, string[]>()
  /** For each request its part, and its place there from 0. */
  readonly #partOf: string[][] = []
  readonly #placeOf: number[] = []

  /** In order of arrival, from 1. */
  number(id: string): number {
    const known = this.#numbers.get(id)
    if (known !== undefined) return known
    const name = id.slice(-1)
    let part = this.#parts.get(name)
    if (!part) {
      part = []
      this.#parts.set(name, part)
    }
    this.#partOf.push(part)
    const number = this.#placeOf.push(part.push(id) - 1)
    this.#numbers.set(id, number)
    return number
  }

  inParts(): OrderedRequests {
    const parts = [...this.#parts.values()]
    const before = new Map<string[], number>()
    let count = 0
    for (const part of parts) {
      before.set(part, count)
      count += part.length
    }
    const numbers = this.#partOf.map((part, index) => (before.get(part) ?? 0) + (this.#placeOf[index] ?? 0) + 1)
    return { ids: parts.flat(), counts: parts.map(({ length }) => length), numbers }
  }
}

/** Number of a text in order of arrival, from 0. */
function numberIn(texts: Map<string, number>, text: string): number {
  const known = texts.get(text)
  if (known !== undefined) return known
  const number = texts.size
  texts.set(text, number)
  return number
}

function isSameList(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
