import Type, { type Static } from 'typebox'
import { CARD_STATUSES, type CardStatus, type Holder, type Membership } from '../holder.ts'
import type { SocialTariffState } from '../transaction.ts'
import type { RegistryContext } from './context.ts'
import { GrantedCouponsShape, grantedCouponsOf } from './coupon.ts'
import { checkPassholderProgramme, checkPassNumber } from './pass-programme.ts'
import {
  Address,
  CardSystemRef,
  ChipNumberText,
  Day,
  EntityId,
  type Faults,
  Instant,
  LIST_LENGTH_MAX,
  PassNumberText,
  PostalCode,
  ProgrammeName,
  parserOf,
  Text,
} from './shape.ts'

/** A passholder or group pass as the registry takes it in; the dense numbers are given out there. */
export interface PassEntry {
  readonly holder: Omit<Holder, 'number'>
  /** Every card by its UiTPAS number, the replaced ones too; each number once. */
  readonly cards: readonly CardEntry[]
  readonly identity: Identity
}

export interface CardEntry {
  readonly uitpasNumber: string
  /** Upper case; absent for a digital card. */
  readonly chipNumber?: string
  readonly cardType: 'NFC_CARD' | 'DIGITAL'
  readonly status: CardStatus
  readonly cardSystem: number
}

/** Somebody whom a passholder put into the family; the relation is not mutual. */
export interface FamilyEntry {
  readonly uitpasNumber: string
  /** Empty when none was chosen. */
  readonly icon: string
  /** Epoch ms; 0 when unknown. */
  readonly since: number
}

/** What names a person. It stays in the registry, encrypted. */
export interface Identity {
  /** Passholder or group pass id, as sent. */
  readonly id: string
  /** Empty for a group pass. */
  readonly firstName: string
  /** Family name, or the name of the group. */
  readonly name: string
  /** `yyyy-mm-dd`; empty when unknown. */
  readonly dateOfBirth: string
  readonly gender: 'MALE' | 'FEMALE' | 'X' | ''
  /** Empty when unknown. */
  readonly inszNumber: string
  readonly street: string
  readonly postalCode: string
  readonly city: string
  /** Number of the oldest active membership that has an active card; empty without one. */
  readonly uitpasNumber: string
  /** Without the passholder itself; absent: nobody. */
  readonly family?: readonly FamilyEntry[]
}

const CardShape = Type.Object({
  uitpasNumber: PassNumberText,
  chipNumber: Type.Optional(ChipNumberText),
  cardType: Type.Optional(Type.Enum(['NFC_CARD', 'DIGITAL'])),
  status: Type.Enum([...CARD_STATUSES]),
})

const MembershipShape = Type.Object({
  cardSystem: CardSystemRef,
  uitpasNumber: Type.Optional(PassNumberText),
  currentCard: Type.Optional(CardShape),
  status: Type.Optional(Type.Enum(['ACTIVE', 'BLOCKED'])),
  socialTariff: Type.Optional(
    Type.Object({
      status: Type.Enum(['ACTIVE', 'EXPIRED', 'SUSPENDED']),
      endDate: Type.Optional(Instant),
      inGracePeriod: Type.Optional(Type.Boolean()),
      suspendedUntilDate: Type.Optional(Instant),
    }),
  ),
})

/** A card by itself: `Card` of the official API. */
const LooseCardShape = Type.Object({ ...CardShape.properties, cardSystem: CardSystemRef })

/** The official limit is not public; no family comes near this one. */
const FAMILY_MEMBERS_MAX = 50

/** `FamilyMember` of the official API. */
const FamilyMemberShape = Type.Object({
  uitpasNumber: PassNumberText,
  icon: Type.Optional(Text),
  creationDate: Type.Optional(Instant),
  mainFamilyMember: Type.Optional(Type.Boolean()),
})

/** `Passholder` of the official API, with the cards that were replaced and the family; `programme` is ours. */
const PassholderShape = Type.Object({
  id: EntityId,
  firstName: Text,
  name: Text,
  dateOfBirth: Type.Optional(Day),
  gender: Type.Optional(Type.Enum(['MALE', 'FEMALE', 'X'])),
  inszNumber: Type.Optional(Type.String({ pattern: '^[0-9]{11}$' })),
  address: Type.Optional(Address),
  postalCode: Type.Optional(PostalCode),
  city: Type.Optional(Text),
  cardSystemMemberships: Type.Array(MembershipShape, { maxItems: LIST_LENGTH_MAX }),
  cards: Type.Optional(Type.Array(LooseCardShape, { maxItems: LIST_LENGTH_MAX })),
  coupons: Type.Optional(GrantedCouponsShape),
  programme: Type.Optional(ProgrammeName),
  familyMembers: Type.Optional(Type.Array(FamilyMemberShape, { maxItems: FAMILY_MEMBERS_MAX })),
})

/** `Grouppass` of the official API, with its chip number. */
const GroupPassShape = Type.Object({
  id: EntityId,
  name: Type.Optional(Text),
  uitpasNumber: PassNumberText,
  chipNumber: Type.Optional(ChipNumberText),
  cardStatus: Type.Enum([...CARD_STATUSES]),
  cardSystem: CardSystemRef,
  address: Type.Optional(Address),
  socialTariff: Type.Optional(
    Type.Object({
      status: Type.Enum(['ACTIVE', 'EXPIRED']),
      endDate: Type.Optional(Instant),
      totalTicketsPerYear: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    }),
  ),
  coupons: Type.Optional(GrantedCouponsShape),
})

export const parsePassholder = parserOf(PassholderShape, (document, faults, context: RegistryContext): PassEntry => {
  const { id, firstName, name, dateOfBirth = '', gender = '', inszNumber = '', address = {} } = document
  const postalCode = address.postalCode ?? document.postalCode ?? ''
  const city = address.city ?? document.city ?? ''
  const cards = cardsOf(document)
  checkPassholderProgramme(document, faults, context)
  return {
    holder: {
      passType: 'INDIVIDUAL',
      homeNis: context.nisOf(postalCode, city),
      homePostalCode: postalCode,
      birthYear: Number(dateOfBirth.slice(0, 4)),
      memberships: document.cardSystemMemberships.map((membership, index) => membershipOf(membership, faults, index)),
      ...couponsOf(document.coupons, faults),
    },
    cards,
    identity: {
      id,
      firstName,
      name,
      dateOfBirth,
      gender,
      inszNumber,
      street: address.street ?? '',
      postalCode,
      city,
      uitpasNumber: currentNumber(document.cardSystemMemberships, cards),
      ...familyOf(document, faults),
    },
  }
})

export const parseGroupPass = parserOf(GroupPassShape, (document, faults, context: RegistryContext): PassEntry => {
  const { id, name = '', uitpasNumber, cardStatus, cardSystem, address = {}, socialTariff } = document
  const { street = '', postalCode = '', city = '' } = address
  const ends = socialTariff?.endDate
  checkPassNumber({ uitpasNumber, cardSystem: cardSystem.id, pointer: '/uitpasNumber' }, faults, context)
  const membership: Membership = {
    cardSystem: cardSystem.id,
    status: 'ACTIVE',
    socialTariff: socialTariff?.status ?? 'NONE',
    ...(ends !== undefined && { socialTariffEndsAt: faults.instant('/socialTariff/endDate', ends) }),
  }
  return {
    holder: {
      passType: 'GROUP',
      homeNis: context.nisOf(postalCode, city),
      homePostalCode: postalCode,
      birthYear: 0,
      memberships: [membership],
      ...couponsOf(document.coupons, faults),
      ...(socialTariff?.totalTicketsPerYear !== undefined && { ticketsPerYear: socialTariff.totalTicketsPerYear }),
    },
    cards: [cardOf({ uitpasNumber, status: cardStatus, ...chipOf(document.chipNumber) }, cardSystem.id)],
    identity: { id, firstName: '', name, dateOfBirth: '', gender: '', inszNumber: '', street, postalCode, city, uitpasNumber },
  }
})

function couponsOf(coupons: Static<typeof GrantedCouponsShape> | undefined, faults: Faults): Pick<Holder, 'coupons'> {
  return coupons && coupons.length > 0 ? { coupons: grantedCouponsOf(coupons, faults) } : {}
}

/** The official list begins with the passholder itself, which is no entry here. */
function familyOf({ familyMembers = [] }: Static<typeof PassholderShape>, faults: Faults): Pick<Identity, 'family'> {
  const family = familyMembers.flatMap(({ uitpasNumber, icon = '', creationDate, mainFamilyMember }, index) => {
    const pointer = `/familyMembers/${index}/creationDate`
    const since = creationDate === undefined ? 0 : faults.instant(pointer, creationDate)
    return mainFamilyMember ? [] : [{ uitpasNumber, icon, since }]
  })
  return family.length > 0 ? { family } : {}
}

/** A card that nobody has yet. */
export const parseCard = parserOf(LooseCardShape, (document, faults, context: RegistryContext): CardEntry => {
  const { uitpasNumber, cardSystem } = document
  checkPassNumber({ uitpasNumber, cardSystem: cardSystem.id, pointer: '/uitpasNumber' }, faults, context)
  return cardOf(document, cardSystem.id)
})

function membershipOf(membership: Static<typeof MembershipShape>, faults: Faults, index: number): Membership {
  const { cardSystem, status = 'ACTIVE', socialTariff } = membership
  const ends = socialTariff?.endDate
  const pointer = `/cardSystemMemberships/${index}/socialTariff/endDate`
  return {
    cardSystem: cardSystem.id,
    status,
    socialTariff: socialTariffState(socialTariff),
    ...(ends !== undefined && { socialTariffEndsAt: faults.instant(pointer, ends) }),
  }
}

/** The status decides, never the end date: during grace it is ACTIVE past its end. */
function socialTariffState(socialTariff: Static<typeof MembershipShape>['socialTariff']): SocialTariffState {
  if (!socialTariff) return 'NONE'
  return socialTariff.status === 'ACTIVE' && socialTariff.inGracePeriod ? 'GRACE' : socialTariff.status
}

/** Current cards first; a membership that names a number only has that card, active. */
function cardsOf({ cardSystemMemberships, cards = [] }: Static<typeof PassholderShape>): readonly CardEntry[] {
  const byNumber = new Map<string, CardEntry>()
  const keep = (entry: CardEntry) => {
    if (!byNumber.has(entry.uitpasNumber)) byNumber.set(entry.uitpasNumber, entry)
  }
  for (const { currentCard, cardSystem } of cardSystemMemberships) if (currentCard) keep(cardOf(currentCard, cardSystem.id))
  for (const card of cards) keep(cardOf(card, card.cardSystem.id))
  for (const { uitpasNumber, cardSystem } of cardSystemMemberships) {
    if (uitpasNumber !== undefined) keep(cardOf({ uitpasNumber, status: 'ACTIVE' }, cardSystem.id))
  }
  return [...byNumber.values()]
}

function cardOf(card: Static<typeof CardShape>, cardSystem: number): CardEntry {
  const { uitpasNumber, cardType = card.chipNumber === undefined ? 'DIGITAL' : 'NFC_CARD', status } = card
  return { uitpasNumber, cardType, status, cardSystem, ...chipOf(card.chipNumber?.toUpperCase()) }
}

function chipOf(chipNumber: string | undefined): { chipNumber?: string } {
  return chipNumber === undefined ? {} : { chipNumber }
}

/** Memberships come oldest first. */
function currentNumber(memberships: readonly Static<typeof MembershipShape>[], cards: readonly CardEntry[]): string {
  const active = new Set(cards.filter((card) => card.status === 'ACTIVE').map((card) => card.uitpasNumber))
  for (const { status = 'ACTIVE', currentCard, uitpasNumber } of memberships) {
    const number = currentCard?.uitpasNumber ?? uitpasNumber
    if (status === 'ACTIVE' && number !== undefined && active.has(number)) return number
  }
  return ''
}
