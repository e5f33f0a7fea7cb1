import { uuid } from '../population/identifiers.ts'
import { CARD_SYSTEMS } from './population/municipality.ts'
import { organizerId, type RegistryEntry } from './population/offer.ts'
import { cardSystemOf, currentNumber, hasSocialTariff } from './population/passholder.ts'
import type { Population } from './population/population.ts'

/** Rewards of each card system, for its members only, and rewards for everybody. */
const REWARDS_EACH = 10
/** Ordinary rewards; the hot one is numbered behind them. */
const REWARDS = (CARD_SYSTEMS.length + 1) * REWARDS_EACH
export const HOT_REWARD = REWARDS
export const REWARDS_ALL = REWARDS + 1
/** Rewards that one passholder may have. */
export const REWARDS_OF_ONE = 2 * REWARDS_EACH
/** Everybody may have each of them, and nobody takes the last one. */
const LARGE_STOCK = 5_000_000
/** More than all rewards together cost, so that points are looked at and suffice. */
const CARRIED_OVER_POINTS = 1_000
/** Passholders with points to spend. */
const REDEEMERS_MAX = 100_000
/** Beyond the subjects of the population's own draws. */
const REWARD_SUBJECT = 1_001

export const HOT_REWARD_UNITS = 1_000
export const HOT_REWARD_TITLE = 'Festivalticket'

/** Id of reward number `index`, below {@link REWARDS_ALL}. */
export function rewardId(population: Population, index: number): string {
  return uuid(population.seed, index, REWARD_SUBJECT)
}

/** Numbers of all passholders. */
export function everybody(population: Population): Uint32Array {
  return new Uint32Array(population.passholders).map((_, index) => index)
}

/** Numbers of the passholders who buy tickets: those with the social tariff, which is who tariffs are for. */
export function buyers(population: Population): Uint32Array {
  return everybody(population).filter((index) => hasSocialTariff(population, index))
}

/** Numbers of the passholders who have points from the start, spread evenly over the population. */
export function redeemers(population: Population): Uint32Array {
  const count = Math.min(population.passholders, REDEEMERS_MAX)
  return Uint32Array.from({ length: count }, (_, index) => Math.floor((index * population.passholders) / count))
}

/** Number of the `nth` reward, below {@link REWARDS_OF_ONE}, that passholder `index` may have. */
export function rewardFor(population: Population, index: number, nth: number): number {
  if (nth < REWARDS_EACH) return nth
  const own = CARD_SYSTEMS.findIndex(({ id }) => id === cardSystemOf(population, index))
  return (own + 1) * REWARDS_EACH + (nth - REWARDS_EACH)
}

/** Distribution keys and rewards, for after the population's own offer. */
export function* exchangeOffer(population: Population): Generator<RegistryEntry> {
  for (const { id } of CARD_SYSTEMS) yield* distributionKeys(id)
  for (let index = 0; index < REWARDS; index++) yield { kind: 'rewards', data: reward(population, index) }
  yield { kind: 'rewards', data: hotReward(population) }
}

/** Points that came from another scheme, for each of the {@link redeemers}. */
export function* carriedOverPoints(population: Population): Generator<Record<string, unknown>> {
  for (const index of redeemers(population)) {
    yield {
      id: 'carried-over',
      uitpasNumber: currentNumber(population, index),
      points: CARRIED_OVER_POINTS,
      label: 'Saldo van de spaarkaart',
    }
  }
}

const share = (percentage: number) => ({ type: 'PERCENTAGE', percentage })
const fixed = (amount: number) => ({ type: 'FIXED', amount })

/** What a card system has: the usual split for its members, a better one at home, a low price, guests, and one by hand. */
function distributionKeys(cardSystem: number): RegistryEntry[] {
  const keys = [
    {
      name: '20/40/40',
      conditions: { socialTariff: 'MY_CARDSYSTEM', prices: [{ comparison: 'MORE_THAN', amount: 3 }] },
      splits: [{ sameCity: { participant: share(20), organizer: share(40), localGovernment: share(40) } }],
    },
    {
      name: '20/10/70',
      conditions: { socialTariff: 'MY_CARDSYSTEM', city: 'IN', prices: [{ comparison: 'MORE_THAN', amount: 3 }] },
      splits: [{ sameCity: { participant: share(20), organizer: share(10), localGovernment: share(70) } }],
    },
    {
      name: '1,50 euro vast',
      conditions: { socialTariff: 'MY_CARDSYSTEM', prices: [{ comparison: 'LESS_THAN', amount: 3 }] },
      splits: [{ sameCity: { participant: fixed(1.5), organizer: { type: 'PERCENTAGE_OF_REMAINDER', percentage: 100 } } }],
    },
    {
      name: '25/55/20 voor gasten',
      conditions: { socialTariff: 'AT_LEAST_ONE_CARDSYSTEM' },
      splits: [{ sameCity: { participant: share(25), organizer: share(55), localGovernment: share(20) } }],
    },
    {
      name: 'Schoolvoorstelling',
      kind: 'MANUAL',
      splits: [{ sameCity: { participant: fixed(1), organizer: share(50), localGovernment: share(50) } }],
    },
  ]
  return keys.map((key, index) => ({
    kind: 'distribution-keys',
    data: { id: cardSystem * 10 + index + 1, kind: 'AUTOMATIC', cardSystem: { id: cardSystem }, ...key },
  }))
}

/** A reward for 1 to 10 points. The first are for everybody, the others for the members of one card system each. */
function reward(population: Population, index: number): Record<string, unknown> {
  const cardSystem = CARD_SYSTEMS[Math.floor(index / REWARDS_EACH) - 1]
  return {
    id: rewardId(population, index),
    title: `Voordeel ${index}`,
    type: 'POINTS',
    points: 1 + (index % 10),
    promotionalDescription: 'In ruil voor je punten, aan de balie',
    publicationPeriod: { begin: '2026-01-01T00:00:00+01:00' },
    redeemPeriod: { begin: '2026-01-01T00:00:00+01:00', end: '2036-12-31T23:59:59+01:00' },
    categories: ['Doen'],
    maxAvailableUnits: LARGE_STOCK,
    redeemConstraint: { volume: 5, period: 'MONTH' },
    organizers: [{ id: organizerId(population, index % population.organizers) }],
    ...(cardSystem && { owningCardSystem: { id: cardSystem.id }, applicableCardSystems: [{ id: cardSystem.id }] }),
  }
}

function hotReward(population: Population): Record<string, unknown> {
  return {
    ...reward(population, 0),
    id: rewardId(population, HOT_REWARD),
    title: HOT_REWARD_TITLE,
    maxAvailableUnits: HOT_REWARD_UNITS,
    redeemConstraint: { volume: 1, period: 'ABSOLUTE' },
  }
}
