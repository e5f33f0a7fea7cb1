import { type Card, type Holder, type Joined, type Membership, type ProgrammeBook, programmeOfHolder } from '@zuil/core'
import { projectionOfHolder } from '@zuil/core/contracts/projection'
import { laneOf } from '@zuil/core/contracts/redis-keys'
import type { PassEntry } from '@zuil/core/registry/passholder'
import { CARD_IN_USE, cardRowOf, sealedCardOf } from './card-put.ts'
import { type CardRow, decodeHolderEntry, encodeHolderEntry } from './holder-entry.ts'
import type { KindPut, PutParts, PutProblem, PutStep } from './kind-put.ts'
import { CONTENT_HASH_LENGTH, holderShelf, numberBucket, type WrittenEntry } from './registry-writer.ts'
import { openEntry, type SealedCard } from './sealed-entry.ts'

export interface ParsedHolder {
  readonly parsed: PassEntry
  readonly body: unknown
}

/** A passholder that was put, and since when it is a member of which card system, as far as that is known. */
export interface Member {
  readonly holder: Holder
  readonly joined: readonly Joined[]
  readonly cards: readonly Pick<Card, 'number' | 'cardSystem' | 'status'>[]
}

export interface MemberBook {
  /** Epoch ms. */
  readonly now: () => number
  /** Memberships that nobody knows here are old ones. */
  readonly isTold: boolean
  /** Those that were put are added here. */
  readonly members: Member[]
  /** Who has a number already. */
  readonly holder: (number: number) => Holder | undefined
  readonly programmes: ProgrammeBook
}

interface NumberedHolder {
  readonly index: number
  readonly holder: ParsedHolder
  readonly number: number
  readonly cards: readonly number[]
}

interface JoinedHolder extends NumberedHolder {
  readonly joined: readonly Joined[]
}

/** Takes in passholders and group passes: gives out their numbers, keeps the cards they had, writes lane by lane. */
export class HolderPut implements KindPut<ParsedHolder> {
  readonly #parts: PutParts
  readonly #book: MemberBook

  constructor(parts: PutParts, book: MemberBook) {
    this.#parts = parts
    this.#book = book
  }

  nameOf = ({ parsed }: ParsedHolder): string => parsed.identity.id.toLowerCase()

  write = async (values: readonly ParsedHolder[]): Promise<readonly PutStep[]> => {
    const steps: PutStep[] = values.map(() => CARD_IN_USE)
    const byLane = new Map<number, NumberedHolder[]>()
    for (const holder of await this.#numbered(values, steps)) {
      const lane = laneOf(holder.number, this.#parts.lanes)
      byLane.set(lane, [...(byLane.get(lane) ?? []), holder])
    }
    for (const [lane, holders] of byLane) {
      const results = await this.#writeLane(lane, holders)
      for (const [position, { index }] of holders.entries()) steps[index] = results[position] ?? 'conflict'
    }
    return steps
  }

  /** Those who are of the programme that they were of, and whose cards are all theirs or nobody's, with their numbers. */
  async #numbered(all: readonly ParsedHolder[], steps: PutStep[]): Promise<readonly NumberedHolder[]> {
    const { writer, secrets } = this.#parts
    const ids = all.map(({ parsed }) => ({ names: [secrets.holderHash(parsed.identity.id).toString('base64url')] }))
    const numbers = (await writer.numbers('holders', ids)).map((group) => group?.[0] ?? 0)
    const own = all.flatMap((holder, index) => {
      const number = numbers[index] ?? 0
      if (!this.#isForeign(number, holder)) return [{ index, holder, number }]
      steps[index] = OTHER_PROGRAMME
      return []
    })
    const cards = await writer.numbers(
      'cards',
      own.map(({ holder: { parsed }, number }) => ({
        owner: number,
        names: parsed.cards.map(({ uitpasNumber }) => secrets.cardHash(uitpasNumber).toString('base64url')),
      })),
    )
    return own.flatMap((each, position) => {
      const theirs = cards[position]
      return theirs ? [{ ...each, cards: theirs }] : []
    })
  }

  /** Whether the id is that of a passholder in another programme: its memberships would be lost. */
  #isForeign(number: number, { parsed }: ParsedHolder): boolean {
    const { holder, programmes } = this.#book
    const known = holder(number)
    if (!known || known.memberships.length === 0 || parsed.holder.memberships.length === 0) return false
    return programmeOfHolder(known, programmes) !== programmeOfHolder(parsed.holder, programmes)
  }

  async #writeLane(lane: number, holders: readonly NumberedHolder[]): Promise<readonly PutStep[]> {
    const { redis, writer } = this.#parts
    const shelf = holderShelf(lane)
    const priors = await redis.hmget(shelf.values, ...holders.map(({ number }) => String(number)))
    const entries: WrittenEntry[] = []
    const members: Member[] = []
    for (const [position, holder] of holders.entries()) {
      const prior = priors[position] ?? ''
      const member = this.#memberOf(holder, prior)
      members.push(member)
      entries.push(await this.#entry(lane, { ...holder, joined: member.joined }, prior))
    }
    await this.#noteInsz(holders)
    const results = await writer.write(shelf, entries)
    // Also who is unchanged: an earlier put may have stopped before what follows from it.
    this.#book.members.push(...members.filter((_, position) => results[position] !== 'conflict'))
    return results
  }

  /** Before the entry is written: a number that leads to somebody who does not have it is not believed. */
  async #noteInsz(holders: readonly NumberedHolder[]): Promise<void> {
    const { redis, secrets } = this.#parts
    const pipeline = redis.pipeline()
    for (const { holder, number } of holders) {
      const { inszNumber } = holder.parsed.identity
      if (inszNumber === '') continue
      const name = secrets.inszHash(inszNumber).toString('base64url')
      pipeline.hset(numberBucket('insz', name), name, number)
    }
    for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error
  }

  #memberOf({ holder, number, cards }: NumberedHolder, prior: string): Member {
    const { parsed } = holder
    const { isTold, now } = this.#book
    return {
      holder: { ...parsed.holder, number },
      joined: isTold ? [] : joinedOf(parsed.holder.memberships, prior, now()),
      cards: parsed.cards.map(({ cardSystem, status }, index) => ({ number: cards[index] ?? 0, cardSystem, status })),
    }
  }

  async #entry(lane: number, { holder, number, cards, joined }: JoinedHolder, prior: string): Promise<WrittenEntry> {
    const { secrets } = this.#parts
    const { parsed, body } = holder
    const rows = parsed.cards.map((card, index) => cardRowOf(this.#parts, card, cards[index] ?? 0))
    const sealed = parsed.cards.map((card, index) => sealedCardOf(card, cards[index] ?? 0))
    const gone = goneCards(prior, new Set(cards))
    const goneSealed = gone.length > 0 ? await this.#sealedCards(lane, number, gone) : []
    const stored = encodeHolderEntry({
      ...parsed.holder,
      cards: [...rows, ...gone],
      id: secrets.holderHash(parsed.identity.id),
      ...(joined.length > 0 && { joined }),
    })
    return {
      key: String(number),
      seen: prior.slice(0, CONTENT_HASH_LENGTH),
      entry: { stored, identity: parsed.identity, cards: [...sealed, ...goneSealed], data: body },
      entity: `holder/${number}`,
      record: projectionOfHolder({ ...parsed.holder, number }),
    }
  }

  /** Numbers of cards that the new body no longer names: old check-ins must still lead to the number that was used. */
  async #sealedCards(lane: number, number: number, gone: readonly CardRow[]): Promise<readonly SealedCard[]> {
    const { redis, secrets } = this.#parts
    const key = String(number)
    const text = await redis.hget(holderShelf(lane).sealed ?? '', key)
    const known = text === null ? [] : (openEntry(secrets, { kind: 'holders', key }, text).cards ?? [])
    return known.filter((card) => gone.some((row) => row.number === card.number))
  }
}

const OTHER_PROGRAMME: PutProblem = {
  code: 'body/invalid-data',
  detail: 'The id is that of a passholder in another programme.',
  schemaErrors: [{ jsonPointer: '/id', error: 'The id is that of a passholder in another programme.' }],
}

/** A membership that was there before keeps its beginning, known or not; a new one begins now. */
function joinedOf(memberships: readonly Membership[], prior: string, now: number): readonly Joined[] {
  const before = prior === '' ? undefined : decodeHolderEntry(prior.slice(CONTENT_HASH_LENGTH + 1))
  return memberships.flatMap(({ cardSystem }) => {
    if (!before?.memberships.some((membership) => membership.cardSystem === cardSystem)) return [{ cardSystem, since: now }]
    return before.joined?.find((membership) => membership.cardSystem === cardSystem) ?? []
  })
}

/** Cards of the entry as it was that are not in the new one: nobody can use them any more. */
function goneCards(prior: string, present: ReadonlySet<number>): readonly CardRow[] {
  if (prior === '') return []
  const { cards } = decodeHolderEntry(prior.slice(CONTENT_HASH_LENGTH + 1))
  return cards.filter(({ number }) => !present.has(number)).map((card) => ({ ...card, status: 'DELETED' }))
}
