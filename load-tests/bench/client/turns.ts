import { buyers, everybody, HOT_REWARD, REWARDS_OF_ONE, redeemers, rewardFor } from '../exchange-offer.ts'
import type { Population } from '../population/population.ts'
import { type Crowd, visit, visitsMax } from '../population/visit.ts'
import type { RequestKind } from './job.ts'

/** Whose turn it is, request after request: a passholder, and the event or reward it is about, by their numbers. */
export interface Turns {
  /** How many there are; no pair of passholder and event or reward comes twice. */
  readonly count: number
  turn(sequence: number): Turn
}

export interface Turn {
  readonly passholder: number
  readonly item: number
}

/** Kinds of request whose turns are counted together: looking at the tariffs of a ticket comes before it is sold. */
export type TurnCounter = 'check-ins' | 'tickets' | 'redemptions' | 'hot reward'

export function turnCounterOf(kind: RequestKind): TurnCounter {
  switch (kind) {
    case 'checkins':
    case 'batches':
      return 'check-ins'
    case 'ticket-sales':
    case 'tariffs':
      return 'tickets'
    case 'redemptions':
      return 'redemptions'
    case 'hot-reward':
      return 'hot reward'
  }
}

export function turnsOf(kind: RequestKind, population: Population): Turns {
  switch (turnCounterOf(kind)) {
    case 'check-ins':
      return among(everybody(population), population.events)
    case 'tickets':
      return among(buyers(population), population.events)
    case 'redemptions': {
      const { count, turn } = among(redeemers(population), REWARDS_OF_ONE)
      const own = ({ passholder, item }: Turn) => ({ passholder, item: rewardFor(population, passholder, item) })
      return { count, turn: (sequence) => own(turn(sequence)) }
    }
    case 'hot reward': {
      const { count, turn } = among(redeemers(population), 1)
      return { count, turn: (sequence) => ({ ...turn(sequence), item: HOT_REWARD }) }
    }
  }
}

/** Each of these passholders, and then each of them again with another of so many items. */
function among(passholders: Uint32Array, items: number): Turns {
  const crowd: Crowd = { passholders: passholders.length, events: items }
  return {
    count: visitsMax(crowd),
    turn: (sequence) => {
      const { passholder, event } = visit(crowd, sequence)
      return { passholder: passholders[passholder] ?? 0, item: event }
    },
  }
}
