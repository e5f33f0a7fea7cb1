import type { CardEntry } from '@zuil/core/registry/passholder'
import { type CardRow, encodeCardRow } from './holder-entry.ts'
import type { KindPut, PutParts, PutProblem, PutStep } from './kind-put.ts'
import { CONTENT_HASH_LENGTH, entityShelf, type WrittenEntry } from './registry-writer.ts'
import type { SealedCard } from './sealed-entry.ts'

export interface ParsedCard {
  readonly parsed: CardEntry
  readonly body: unknown
}

/** Takes in cards that nobody has yet. */
export class CardPut implements KindPut<ParsedCard> {
  readonly #parts: PutParts

  constructor(parts: PutParts) {
    this.#parts = parts
  }

  nameOf = ({ parsed }: ParsedCard): string => parsed.uitpasNumber

  write = async (values: readonly ParsedCard[]): Promise<readonly PutStep[]> => {
    const { redis, writer, secrets, lanes } = this.#parts
    if (values.length === 0) return []
    const names = values.map(({ parsed }) => secrets.cardHash(parsed.uitpasNumber).toString('base64url'))
    const numbers = await writer.numbers(
      'cards',
      names.map((name) => ({ owner: 0, names: [name] })),
    )
    const shelf = entityShelf('cards')
    const free = values.flatMap((value, index) => {
      const number = numbers[index]?.[0]
      return number === undefined ? [] : [{ value, index, number }]
    })
    const steps: PutStep[] = values.map(() => CARD_IN_USE)
    if (free.length === 0) return steps
    const priors = await redis.hmget(shelf.values, ...free.map(({ number }) => String(number)))
    const entries = free.map(({ value, number }, position) => this.#entry(value, { number, prior: priors[position] ?? '' }))
    const results = await writer.write(shelf, entries)
    for (const [position, { index }] of free.entries()) steps[index] = results[position] ?? 'conflict'
    await writer.touch(
      lanes,
      entries.map(({ entity }) => entity),
    )
    return steps
  }

  #entry({ parsed, body }: ParsedCard, { number, prior }: { readonly number: number; readonly prior: string }): WrittenEntry {
    const stored = JSON.stringify(encodeCardRow(cardRowOf(this.#parts, parsed, number)))
    return {
      key: String(number),
      seen: prior.slice(0, CONTENT_HASH_LENGTH),
      entry: { stored, cards: [sealedCardOf(parsed, number)], data: body },
      entity: `card/${number}`,
    }
  }
}

export const CARD_IN_USE: PutProblem = {
  code: 'card-in-use',
  detail: 'A card of this entry belongs to another passholder or group pass.',
  schemaErrors: [],
}

/** The card as decisions find it. */
export function cardRowOf({ secrets }: PutParts, card: CardEntry, number: number): CardRow {
  return {
    number,
    hash: secrets.cardHash(card.uitpasNumber),
    ...(card.chipNumber !== undefined && { chip: secrets.chipHash(card.chipNumber) }),
    cardSystem: card.cardSystem,
    status: card.status,
    cardType: card.cardType,
  }
}

/** The card with its numbers, for the sealed entry. */
export function sealedCardOf(card: CardEntry, number: number): SealedCard {
  const { uitpasNumber, chipNumber, cardType, cardSystem } = card
  return { number, uitpasNumber, cardType, cardSystem, ...(chipNumber !== undefined && { chipNumber }) }
}
