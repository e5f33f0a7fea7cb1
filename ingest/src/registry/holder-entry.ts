import {
  CARD_STATUSES,
  type CardStatus,
  type GrantedCoupon,
  type Joined,
  type Membership,
  SOCIAL_TARIFF_STATES,
} from '@zuil/core'

export const CARD_TYPES = ['NFC_CARD', 'DIGITAL'] as const
export type CardType = (typeof CARD_TYPES)[number]

/** A card in a holder's entry: found by keyed hash, its number names nobody. */
export interface CardRow {
  readonly number: number
  /** Keyed hash of the UiTPAS number. */
  readonly hash: Buffer
  /** Keyed hash of the chip number; absent for a digital card. */
  readonly chip?: Buffer
  readonly cardSystem: number
  readonly status: CardStatus
  readonly cardType: CardType
}

/** A holder as it stands in `zuil:{L}:holders`: what decisions need, nothing that names a person. */
export interface HolderEntry {
  readonly passType: 'INDIVIDUAL' | 'GROUP'
  readonly homeNis: number
  readonly homePostalCode: string
  readonly birthYear: number
  readonly memberships: readonly Membership[]
  /** Since when, of the memberships that began after this was written down. */
  readonly joined?: readonly Joined[]
  /** As in {@link Holder}: few have one of these. */
  readonly coupons?: readonly GrantedCoupon[]
  readonly ticketsPerYear?: number
  /** Every card the holder ever had. */
  readonly cards: readonly CardRow[]
  /** Keyed hash of the passholder's id. */
  readonly id: Buffer
}

const MEMBERSHIP_STATUSES = ['ACTIVE', 'BLOCKED'] as const

type CardParts = readonly [number: number, hash: string, chip: string, cardSystem: number, status: number, cardType: number]
type MembershipParts = readonly [cardSystem: number, status: number, socialTariff: number, endsAt: number | null]
type HolderParts = readonly [
  group: number,
  homeNis: number,
  homePostalCode: string,
  birthYear: number,
  memberships: readonly MembershipParts[],
  cards: readonly CardParts[],
  id: string,
  joined?: readonly (readonly [cardSystem: number, since: number])[] | null,
  ticketsPerYear?: number | null,
  coupons?: readonly GrantedCoupon[] | null,
]

export function encodeCardRow(card: CardRow): CardParts {
  const chip = card.chip?.toString('base64url') ?? ''
  const status = CARD_STATUSES.indexOf(card.status)
  return [card.number, card.hash.toString('base64url'), chip, card.cardSystem, status, CARD_TYPES.indexOf(card.cardType)]
}

export function decodeCardRow([number, hash, chip, cardSystem, status, cardType]: CardParts): CardRow {
  return {
    number,
    hash: Buffer.from(hash, 'base64url'),
    ...(chip !== '' && { chip: Buffer.from(chip, 'base64url') }),
    cardSystem,
    status: CARD_STATUSES[status] ?? 'DELETED',
    cardType: CARD_TYPES[cardType] ?? 'NFC_CARD',
  }
}

/** Arrays instead of objects: half a million of them stand in Redis and are parsed at every start. */
export function encodeHolderEntry(entry: HolderEntry): string {
  const parts: HolderParts = [
    entry.passType === 'GROUP' ? 1 : 0,
    entry.homeNis,
    entry.homePostalCode,
    entry.birthYear,
    entry.memberships.map(({ cardSystem, status, socialTariff, socialTariffEndsAt }) => [
      cardSystem,
      MEMBERSHIP_STATUSES.indexOf(status),
      SOCIAL_TARIFF_STATES.indexOf(socialTariff),
      socialTariffEndsAt ?? null,
    ]),
    entry.cards.map(encodeCardRow),
    entry.id.toString('base64url'),
  ]
  const joined = entry.joined?.map(({ cardSystem, since }) => [cardSystem, since])
  const { coupons, ticketsPerYear } = entry
  if (coupons || ticketsPerYear !== undefined) {
    return JSON.stringify([...parts, joined ?? null, ticketsPerYear ?? null, coupons ?? null])
  }
  return JSON.stringify(joined ? [...parts, joined] : parts)
}

/** @throws {SyntaxError} or {TypeError} when the text is not an entry. */
export function decodeHolderEntry(text: string): HolderEntry {
  // Written by encodeHolderEntry only; the registry's store is the one writer of the key.
  const [group, homeNis, homePostalCode, birthYear, memberships, cards, id, ...more] = JSON.parse(text) as HolderParts
  const [joined, ticketsPerYear, coupons] = more
  return {
    passType: group === 1 ? 'GROUP' : 'INDIVIDUAL',
    homeNis,
    homePostalCode,
    birthYear,
    memberships: memberships.map(([cardSystem, status, socialTariff, endsAt]) => ({
      cardSystem,
      status: MEMBERSHIP_STATUSES[status] ?? 'BLOCKED',
      socialTariff: SOCIAL_TARIFF_STATES[socialTariff] ?? 'NONE',
      ...(endsAt !== null && { socialTariffEndsAt: endsAt }),
    })),
    cards: cards.map(decodeCardRow),
    id: Buffer.from(id, 'base64url'),
    ...(ticketsPerYear !== undefined && ticketsPerYear !== null && { ticketsPerYear }),
    ...(coupons && { coupons }),
    ...(joined && { joined: joined.map(([cardSystem, since]) => ({ cardSystem, since })) }),
  }
}
