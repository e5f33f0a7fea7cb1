import type { CostPart, CostParts, Coupon, DistributionKey, TariffBook } from '@zuil/core'
import type { Region } from '../place/place.ts'
import type { Host } from './organizers.ts'

/** Ids of the keys of a card system. */
const KEYS_PER_SYSTEM = 10
const STANDARD = 1
const ASSOCIATION = 2
const SCHOOL = 3
const COUPON = 4

const MEETJESLAND = 19
const DENDER = 1

/** Manual key for outings of schools. */
export function schoolKeyOf(cardSystem: number): number {
  return cardSystem * KEYS_PER_SYSTEM + SCHOOL
}

/** Every key of a card system, those of coupons too. */
export function distributionKeysOf(book: TariffBook, cardSystem: number): readonly DistributionKey[] {
  return Array.from({ length: KEYS_PER_SYSTEM }, (_, id) => book.key(cardSystem * KEYS_PER_SYSTEM + id) ?? []).flat()
}

/** Id of the coupon that every second card system gives to new members without the social tariff. */
export function couponOf(cardSystem: number): string | undefined {
  return cardSystem % 2 === 0 ? String(1_000 + cardSystem) : undefined
}

/** How the regions share the costs of tickets: the splits that are published, 20/40/40 where none is. */
export function priceBook(regions: readonly Region[], hosts: readonly Host[]): TariffBook {
  const keys = new Map<number, readonly DistributionKey[]>()
  const byId = new Map<number, DistributionKey>()
  const coupons = new Map<string, Coupon>()
  for (const { id } of regions) {
    const associations = hosts
      .filter(({ kind, organizer }) => kind === 'association' && organizer.cardSystems.includes(id))
      .map(({ organizer }) => organizer.id)
    const own = keysOfSystem(id, associations)
    for (const key of own) byId.set(key.id, key)
    keys.set(
      id,
      own.filter(({ kind }) => kind !== 'COUPON'),
    )
    const coupon = couponOf(id)
    if (coupon) coupons.set(coupon, cultureCoupon(coupon, id))
  }
  return { keysOf: (system) => keys.get(system) ?? [], key: (id) => byId.get(id), coupon: (id) => coupons.get(id) }
}

function keysOfSystem(cardSystem: number, associations: readonly string[]): DistributionKey[] {
  const base = { cardSystem, organizers: [], prices: [], socialTariff: 'MY_CARDSYSTEM' } as const
  const id = (number: number) => cardSystem * KEYS_PER_SYSTEM + number
  const keys: DistributionKey[] = [
    { ...base, id: id(STANDARD), name: 'Kansentarief', kind: 'AUTOMATIC', splits: [standardSplit(cardSystem)] },
    {
      ...base,
      id: id(SCHOOL),
      name: 'School - halve dag',
      kind: 'MANUAL',
      splits: [both(parts(fixed(150), share(40), share(0)))],
    },
    {
      cardSystem,
      organizers: [],
      prices: [],
      id: id(COUPON),
      name: 'Cultuurbon',
      kind: 'COUPON',
      splits: [both(parts(share(50), share(30), share(0)))],
    },
  ]
  if (cardSystem % 3 === 0 && associations.length > 0) {
    const splits = [both(parts(share(20), share(70), share(0)))]
    keys.push({ ...base, id: id(ASSOCIATION), name: 'Erkende vereniging', kind: 'AUTOMATIC', organizers: associations, splits })
  }
  return keys
}

/** Meetjesland 25/55/20; Dender € 1.50, and half from the own town, 70 % for people from another; elsewhere 20/40/40. */
function standardSplit(cardSystem: number) {
  if (cardSystem === MEETJESLAND) return both(parts(share(25), share(55), share(0)))
  if (cardSystem === DENDER) {
    return { sameCity: parts(fixed(150), share(50), share(0)), otherCity: parts(fixed(150), share(70), share(0)) }
  }
  return both(parts(share(20), share(40), share(0)))
}

function both(split: CostParts) {
  return { sameCity: split, otherCity: split }
}

/** The organizer pays what is left. */
function parts(participant: CostPart, localGovernment: CostPart, flemishGovernment: CostPart): CostParts {
  return { participant, localGovernment, flemishGovernment, organizer: { type: 'REMAINDER_SHARE', basisPoints: 10_000 } }
}

function share(percent: number): CostPart {
  return { type: 'SHARE', basisPoints: percent * 100 }
}

function fixed(cents: number): CostPart {
  return { type: 'FIXED', cents }
}

function cultureCoupon(id: string, cardSystem: number): Coupon {
  return {
    id,
    name: 'Cultuurbon',
    description: '',
    cardSystem,
    distributionKey: cardSystem * KEYS_PER_SYSTEM + COUPON,
    status: 'ACTIVE',
    organizers: [],
    events: [],
    exchangeLimit: { volume: 2, period: 'ABSOLUTE' },
  }
}
