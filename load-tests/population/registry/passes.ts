import { formatDay, formatInstant, type Membership } from '@zuil/core'
import { draw, drawOne, drawShare } from '../draw.ts'
import type { HolderState } from '../history/holder-state.ts'
import { chipNumber, uitpasNumber, uuid } from '../identifiers.ts'
import { TRAIT } from '../people/people.ts'
import { PREDECESSOR } from '../place/place.ts'
import type { World } from '../world.ts'
import type { RegistryEntry } from './entry.ts'

const SUBJECT = { id: 241, gender: 242, firstName: 243, lastName: 244, birthDay: 245, street: 246 } as const
const SERIES = '092'
/** Card numbers are kept apart by holder, so that they do not depend on the order in which cards were given. */
const CARDS_PER_HOLDER_MAX = 8
const YEAR_DAYS = 365

const FIRST_NAMES = {
  FEMALE: ['Emma', 'Amina', 'Marie', 'Fatima', 'Olivia', 'An', 'Lotte', 'Elif', 'Sofie', 'Chantal', 'Noor', 'Rita'],
  MALE: ['Noah', 'Lucas', 'Jan', 'Mohamed', 'Pieter', 'Luc', 'Emre', 'Arthur', 'Karel', 'Rachid', 'Wout', 'Jef'],
} as const
const LAST_NAMES = [
  'Peeters',
  'Janssens',
  'Maes',
  'Jacobs',
  'Mertens',
  'Willems',
  'Claes',
  'Goossens',
  'El Idrissi',
  'Yilmaz',
  'Vranken',
  'Bollen',
  'Geurts',
  'Di Stefano',
] as const
const STREETS = ['Kerkstraat', 'Stationsstraat', 'Molenstraat', 'Nieuwstraat', 'Schoolstraat', 'Dorpsstraat'] as const

/** A card of a holder: its number, and its chip unless it is on a phone. */
export interface CardFace {
  readonly uitpasNumber: string
  readonly chipNumber?: string
}

/** Id of a passholder or group pass in the registry. */
export function passholderId(seed: number, i: number): string {
  return uuid(seed, i, SUBJECT.id)
}

/** What stands on the cards of a population, as they were given so far. */
export class CardFaces {
  readonly #state: HolderState
  /** Cards that each holder has got, counted up to the card of number `#counted`. */
  readonly #counts: Uint8Array
  #counted = 0

  constructor({ people }: World, state: HolderState) {
    this.#state = state
    this.#counts = new Uint8Array(people.count)
  }

  /** The card that a holder uses. */
  current(i: number): CardFace {
    const { cardHolders } = this.#state
    for (; this.#counted < cardHolders.length; this.#counted++) {
      const holder = cardHolders[this.#counted] ?? 0
      this.#counts[holder] = (this.#counts[holder] ?? 0) + 1
    }
    return this.face(i, (this.#counts[i] ?? 1) - 1)
  }

  /** The card that is the `nth` one of a holder, from 0. */
  face(i: number, nth: number): CardFace {
    if (nth >= CARDS_PER_HOLDER_MAX) throw new RangeError(`Holder ${i} has more than ${CARDS_PER_HOLDER_MAX} cards`)
    const serial = i * CARDS_PER_HOLDER_MAX + nth
    const number = uitpasNumber(SERIES, serial, this.#state.has(i, TRAIT.socialTariff))
    return this.#state.has(i, TRAIT.digitalCard)
      ? { uitpasNumber: number }
      : { uitpasNumber: number, chipNumber: chipNumber(serial) }
  }

  /** Every card that was given, in the order of the numbers that a history calls them by. */
  *given(): Generator<{ readonly holder: number; readonly cardSystem: number; readonly face: CardFace }> {
    const { cardHolders, cardSystems } = this.#state
    const counts = new Uint8Array(this.#counts.length)
    for (const [index, holder] of cardHolders.entries()) {
      const nth = counts[holder] ?? 0
      counts[holder] = nth + 1
      yield { holder, cardSystem: cardSystems[index] ?? 0, face: this.face(holder, nth) }
    }
  }
}

/** A card in its card system. */
export interface OwnCard extends CardFace {
  readonly cardSystem: number
}

/** Passholders and group passes as they are now, in the order in which they registered. */
export function* passEntries(world: World, state: HolderState): Generator<RegistryEntry> {
  const cards = new Map<number, OwnCard[]>()
  for (const { holder, cardSystem, face } of new CardFaces(world, state).given()) {
    const own = cards.get(holder)
    if (own) own.push({ ...face, cardSystem })
    else cards.set(holder, [{ ...face, cardSystem }])
  }
  for (let i = 0; i < world.people.count; i++) {
    if ((state.card[i] ?? 0) > 0) yield passEntry({ world, state, i, cards: cards.get(i) ?? [] })
  }
}

/** A holder and the cards that were given to it. */
export interface Bearer {
  readonly world: World
  readonly state: HolderState
  /** Index of the holder. */
  readonly i: number
  /** Oldest first. */
  readonly cards: readonly OwnCard[]
}

/** The passholder or group pass as it is now. */
export function passEntry(bearer: Bearer): RegistryEntry {
  const { world, state, i } = bearer
  return state.isGroup(i)
    ? { kind: 'group-passes', data: groupPassBody(bearer) }
    : { kind: 'passholders', data: { id: passholderId(world.options.seed, i), ...personMembers(bearer), ...passMembers(bearer) } }
}

function personMembers({ world: { options, people }, i }: Bearer): Record<string, unknown> {
  const { seed } = options
  const gender = draw(seed, i, SUBJECT.gender) % 2 === 0 ? 'MALE' : 'FEMALE'
  const firstDay = Date.UTC(people.birthYear[i] ?? 0, 0, 1) / 86_400_000
  return {
    name: drawOne(LAST_NAMES, draw(seed, i, SUBJECT.lastName)),
    firstName: drawOne(FIRST_NAMES[gender], draw(seed, i, SUBJECT.firstName)),
    dateOfBirth: formatDay(firstDay + Math.floor(drawShare(seed, i, SUBJECT.birthDay) * YEAR_DAYS)),
    gender,
  }
}

function passMembers(bearer: Bearer): Record<string, unknown> {
  const { world, state, i, cards } = bearer
  const holder = state.holder(i, lastDay(world))
  const current = cards.at(-1)
  // cards of the programme before the pass are not numbered, and no cards of UiTPAS
  const before = cards.slice(0, -1).filter(({ cardSystem }) => cardSystem !== PREDECESSOR.cardSystem)
  const coupons = (holder.coupons ?? []).map(({ id, coupon, validUntil }) => ({
    id,
    coupon: { id: coupon },
    ...(validUntil !== undefined && { validityPeriod: { end: formatInstant(validUntil) } }),
  }))
  return {
    ...addressMembers(bearer),
    cardSystemMemberships: holder.memberships.map((membership) => membershipBody(membership, current)),
    ...(before.length > 0 && {
      cards: before.map(({ cardSystem, ...face }) => ({ ...face, ...BLOCKED, cardSystem: { id: cardSystem } })),
    }),
    ...(coupons.length > 0 && { coupons }),
  }
}

const ACTIVE = { status: 'ACTIVE' } as const
const BLOCKED = { status: 'BLOCKED' } as const

function membershipBody(membership: Membership, current: OwnCard | undefined): Record<string, unknown> {
  const { cardSystem, status, socialTariff, socialTariffEndsAt } = membership
  const hasCard = current?.cardSystem === cardSystem && cardSystem !== PREDECESSOR.cardSystem
  return {
    cardSystem: { id: cardSystem },
    status,
    ...(hasCard && { uitpasNumber: current.uitpasNumber, currentCard: cardBody(current) }),
    ...(socialTariff !== 'NONE' && {
      socialTariff: {
        status: socialTariff === 'GRACE' ? 'ACTIVE' : socialTariff,
        inGracePeriod: socialTariff === 'GRACE',
        ...(socialTariffEndsAt !== undefined && { endDate: formatInstant(socialTariffEndsAt) }),
      },
    }),
  }
}

function cardBody({ cardSystem: _cardSystem, ...face }: OwnCard): Record<string, unknown> {
  return { ...face, cardType: face.chipNumber === undefined ? 'DIGITAL' : 'NFC_CARD', ...ACTIVE }
}

function groupPassBody(bearer: Bearer): Record<string, unknown> {
  const { world, state, i, cards } = bearer
  const { ticketsPerYear } = state.holder(i, lastDay(world))
  const [card] = cards
  return {
    id: passholderId(world.options.seed, i),
    name: `Groep ${drawOne(STREETS, draw(world.options.seed, i, SUBJECT.street))}`,
    uitpasNumber: card?.uitpasNumber,
    ...(card?.chipNumber !== undefined && { chipNumber: card.chipNumber }),
    cardStatus: 'ACTIVE',
    cardSystem: { id: state.system[i] },
    socialTariff: { status: 'ACTIVE', totalTicketsPerYear: ticketsPerYear },
    ...addressMembers(bearer),
  }
}

function addressMembers({ world, state, i }: Bearer): Record<string, unknown> {
  const { homePostalCode: postalCode } = state.holder(i, lastDay(world))
  const city = world.geography.places[state.home[i] ?? 0]?.name ?? ''
  const drawn = draw(world.options.seed, i, SUBJECT.street)
  const street = `${drawOne(STREETS, drawn)} ${1 + ((drawn >>> 8) % 200)}`
  return { address: { street, postalCode, city } }
}

/** The registry knows the municipalities as they are after all mergers. */
function lastDay({ options }: World): number {
  return options.until
}
