import type { Reward } from './reward.ts'
import type { Exchange, Take } from './transaction.ts'

/** An exchange in which no money changes hands. */
export const NO_EXCHANGE: Exchange = {
  reward: '',
  rewardNumber: 0,
  tariff: '',
  label: '',
  regularPrice: 0,
  price: 0,
  organizerShare: 0,
  localGovernmentShare: 0,
  flemishGovernmentShare: 0,
  distributionKey: 0,
  takes: [],
}

/** A unit of a reward changes hands. */
export function rewardExchange({ id, number }: Pick<Reward, 'id' | 'number'>, takes: readonly Take[], label = ''): Exchange {
  return { ...NO_EXCHANGE, reward: id, rewardNumber: number, label, takes }
}

/** What a transaction has of an event when there is none. */
export const NO_EVENT = {
  event: '',
  eventNumber: 0,
  eventType: '',
  eventTheme: '',
  eventCardSystems: [],
  location: '',
  device: '',
  limitPeriod: '',
  flags: [],
} as const
