import { brusselsDay, startOfDay } from '@zuil/core'
import { History } from '../population/history/history.ts'
import type { HolderState } from '../population/history/holder-state.ts'
import { Pace } from '../population/live/pace.ts'
import { PREDECESSOR } from '../population/place/place.ts'
import { CardFaces, passholderId } from '../population/registry/passes.ts'
import { makeWorld, type World, type WorldOptions } from '../population/world.ts'
import type { Visitor } from '../scenarios/cast.ts'

const SEED = 8
/** The world goes on a little, so that what is open tomorrow is published. */
const DAYS_AHEAD = 2

/** Everybody and everything of a load, as they are now: nobody's past is told, only that they are there. */
export interface Population {
  readonly world: World
  readonly state: HolderState
  /** In Brussels, days since 1 January 1970. */
  readonly today: number
}

export interface PopulationOptions {
  readonly holders: number
  readonly regions?: WorldOptions['regions']
  /** Epoch ms. */
  readonly now: number
}

export function makePopulation({ holders, regions, now }: PopulationOptions): Population {
  const today = brusselsDay(now)
  const world = makeWorld({ seed: SEED, holders, from: today - 1, until: today + DAYS_AHEAD, ...(regions && { regions }) })
  const history = new History(world, today)
  // told for what it leaves behind: who has which card
  for (const _ of history.days());
  return { world, state: history.state, today }
}

/** Those who can check in, in the order in which they registered. */
export function visitorsOf({ world, state }: Population): readonly Visitor[] {
  const faces = new CardFaces(world, state)
  const visitors: Visitor[] = []
  for (let i = 0; i < world.people.count; i++) {
    const cardSystem = state.system[i] ?? 0
    if ((state.card[i] ?? 0) === 0 || state.isGroup(i) || cardSystem === PREDECESSOR.cardSystem) continue
    const { uitpasNumber, chipNumber = '' } = faces.current(i)
    const id = passholderId(world.options.seed, i)
    visitors.push({ passholderId: id, uitpasNumber, chipNumber, cardSystem, hasSocialTariff: state.hasSocialTariff(i) })
  }
  return visitors
}

const HOURS = 24
const HOUR_MS = 3_600_000

/** How busy each hour of today is beside the busiest one, 0 to 1. */
export function hoursOf({ world, state, today }: Population): readonly number[] {
  const pace = new Pace(world, state)
  const hours = Array.from({ length: HOURS }, (_, hour) => pace.perSecond(startOfDay(today) + hour * HOUR_MS))
  const most = Math.max(...hours)
  return hours.map((perSecond) => perSecond / most)
}
