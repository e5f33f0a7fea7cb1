import type { CommitItem, Guard } from '@zuil/core'
import type { RecordText } from '@zuil/core/contracts/journal'
import { counterBucket, counterField, counterKey, laneKeys } from '@zuil/core/contracts/redis-keys'
import type { PreparedItem } from './commit-item.ts'
import type { CounterHash, KnownExpiries } from './known-expiries.ts'

/** Bound that never fails, far beyond every counter; the script knows it by its size alone. */
const UNBOUNDED = 1e300
/** Forms that are compared before another one is made: check-ins have a handful. */
const FORMS_COMPARED_MAX = 16

/** A call of the script. */
export interface EncodedBatch {
  /** What EVALSHA takes after the hash: the number of keys, the keys, the arguments. The contract is the head of commit.lua. */
  readonly call: readonly string[]
  /** Hashes of counters that get their expiry when all items are committed as proposed. */
  readonly expiring: readonly CounterHash[]
  /** Further records of each item: the reply is read with nothing but this, so that the items need not be kept for it. */
  readonly further: readonly number[]
}

export function encodeBatch(lane: number, batch: readonly PreparedItem[], known: KnownExpiries): EncodedBatch {
  const encoder = new BatchEncoder(lane, known)
  for (const prepared of batch) encoder.add(prepared)
  return {
    call: encoder.arguments(),
    expiring: encoder.counters.expiring,
    further: batch.map(({ further }) => further.length),
  }
}

/** Lists of numbers and texts instead of objects: this runs for every check-in. */
class BatchEncoder {
  readonly counters: CounterTable
  readonly #lane: number
  readonly #requests = new RequestTable()
  readonly #forms = new FormTable()
  readonly #shared = new Map<string, number>()
  readonly #answers = new Map<string, number>()
  readonly #itemForm: number[] = []
  readonly #itemCounters: number[] = []
  /** Number of the request in order of arrival, from 1; 0 for none. */
  readonly #itemRequest: number[] = []
  readonly #fingerprints: string[] = []
  readonly #requestAnswer: number[] = []
  #records = ''
  #otherwise = ''
  #seen = ''
  #namesEntities = false
  #seenVersion: number | undefined

  constructor(lane: number, known: KnownExpiries) {
    this.#lane = lane
    this.counters = new CounterTable(lane, known)
  }

  add({ item, record, further, otherwise, seen }: PreparedItem): void {
    const { proposal, request, answer = '' } = item
    this.#addSeen(item, seen)
    if (request) {
      this.#fingerprints.push(request.fingerprint)
      this.#requestAnswer.push(numberIn(this.#answers, answer) + 1)
    }
    this.#itemRequest.push(request ? this.#requests.number(request.id) : 0)
    this.#itemForm.push(proposal ? this.#forms.number(proposal.guards, proposal.otherwise?.guards, further.length) : 0)
    if (!proposal || !record) return
    this.#records += this.#line(record)
    for (const text of further) this.#records += this.#line(text)
    for (const guard of proposal.guards) this.#itemCounters.push(this.counters.number(guard))
    if (!proposal.otherwise || !otherwise) return
    // A fact that turns out to be flagged differs in what it shares only.
    this.#otherwise +=
      otherwise.own === record.own && otherwise.shared !== ''
        ? `\n${numberIn(this.#shared, otherwise.shared)}`
        : this.#line(otherwise)
    for (const guard of proposal.otherwise.guards) this.#itemCounters.push(this.counters.number(guard))
  }

  arguments(): string[] {
    const keys = laneKeys(this.#lane)
    const { counters } = this
    const { add, atMost, atLeast, guards, otherwise, further } = this.#forms
    const requests = this.#requests.inParts()
    const program = [
      this.#seenVersion ?? 0,
      counters.expiries,
      counters.hashes,
      requests.counts,
      ...[add, atMost, atLeast, guards, otherwise, further],
      this.#itemForm,
      this.#itemCounters,
      this.#itemRequest.map((request) => (request === 0 ? 0 : (requests.numbers[request - 1] ?? 0))),
      this.#requestAnswer,
    ]
    return [
      String(5 + counters.keys.length),
      keys.journal,
      keys.registryVersion,
      keys.changed,
      keys.answers,
      keys.waiting,
      ...counters.keys,
      JSON.stringify(program),
      this.#namesEntities ? withoutFirst(this.#seen) : '',
      [...this.#shared.keys()].join('\n'),
      withoutFirst(this.#records),
      withoutFirst(this.#otherwise),
      ...counters.fields,
      ...requests.ids,
      ...this.#fingerprints,
      ...this.#answers.keys(),
    ]
  }

  #addSeen(item: CommitItem, seen: string): void {
    this.#seen += `\n${seen}`
    if (seen === '') return
    this.#namesEntities = true
    if (this.#seenVersion === undefined) this.#seenVersion = item.registryVersion
    else if (this.#seenVersion !== item.registryVersion) this.#seenVersion = -1
  }

  /** A record's line, with a line feed before it. */
  #line({ shared, own }: RecordText): string {
    return shared === '' ? `\n${own}` : `\n${numberIn(this.#shared, shared)},${own}`
  }
}

/** The counters of a call and their hashes. */
class CounterTable {
  readonly keys: string[] = []
  readonly expiries: number[] = []
  readonly fields: string[] = []
  /** For each counter the number of its hash. */
  readonly hashes: number[] = []
  readonly #lane: number
  readonly #known: KnownExpiries
  readonly #places: CounterHash[] = []
  readonly #buckets = new Map<string, Map<number, number>>()
  readonly #guards: Guard[] = []
  /** Number of the counter before it in the same hash, 0 for none; and of the last one of each hash. */
  readonly #before: number[] = []
  readonly #last: number[] = []

  constructor(lane: number, known: KnownExpiries) {
    this.#lane = lane
    this.#known = known
  }

  get expiring(): readonly CounterHash[] {
    return this.#places.filter((_, index) => this.expiries[index] !== 0)
  }

  /** Number of the guard's counter, from 1. */
  number(guard: Guard): number {
    const hash = this.#hash(guard)
    const { counter, owner } = guard
    const last = this.#last[hash - 1] ?? 0
    for (let number = last; number > 0; number = this.#before[number - 1] ?? 0) {
      const known = this.#guards[number - 1]
      if (known?.owner === owner && known.counter === counter) return number
    }
    const number = this.fields.push(counterField(counter, owner))
    this.hashes.push(hash)
    this.#guards.push(guard)
    this.#before.push(last)
    this.#last[hash - 1] = number
    return number
  }

  #hash(guard: Guard): number {
    const { period, owner } = guard
    let buckets = this.#buckets.get(period)
    if (!buckets) {
      buckets = new Map()
      this.#buckets.set(period, buckets)
    }
    const place = { lane: this.#lane, period, bucket: counterBucket(owner) }
    const known = buckets.get(place.bucket)
    if (known !== undefined) {
      if (!this.expiries[known - 1]) this.expiries[known - 1] = this.#expiryToSet(place, guard)
      return known
    }
    const number = this.keys.push(counterKey(this.#lane, period, owner))
    this.expiries.push(this.#expiryToSet(place, guard))
    this.#places.push(place)
    this.#last.push(0)
    buckets.set(place.bucket, number)
    return number
  }

  #expiryToSet(place: CounterHash, { expiresAt = 0 }: Guard): number {
    return expiresAt > 0 && this.#known.has(place) ? 0 : expiresAt
  }
}

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

  /** `counts`: ids of each part; `numbers`: for each request, in order of arrival, its number in the order of `ids`. */
  inParts(): { readonly ids: readonly string[]; readonly counts: readonly number[]; readonly numbers: readonly number[] } {
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

function withoutFirst(text: string): string {
  return text.slice(1)
}
