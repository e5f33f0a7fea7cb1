import { brusselsDay, DAY_MS, startOfDay } from '@zuil/core'
import type { HolderState } from '../history/holder-state.ts'
import { busyness, seasonOf } from '../history/rhythm.ts'
import { CATEGORIES } from '../offer/category.ts'
import { hoursOn } from '../offer/offers.ts'
import type { World } from '../world.ts'

const HOURS = 24
const HOUR_MS = 3_600_000
const YEAR_DAYS = 365.25
/** What is left of an average hour while everything is closed: devices that come online, tickets at home. */
const NIGHT = 0.05

/** How many actions a second the population takes by itself at an instant: by its visits, the day and the hour. */
export class Pace {
  readonly #world: World
  readonly #state: HolderState
  #day = Number.NaN
  #perDay = 0
  #hours: readonly number[] = []

  constructor(world: World, state: HolderState) {
    this.#world = world
    this.#state = state
  }

  /** @param now epoch ms */
  perSecond(now: number): number {
    const day = brusselsDay(now)
    if (day !== this.#day) this.#begin(day)
    const hour = Math.min(HOURS - 1, Math.floor((now - startOfDay(day)) / HOUR_MS))
    return ((this.#perDay * (this.#hours[hour] ?? 1)) / DAY_MS) * 1_000
  }

  #begin(day: number): void {
    const { people, holidays } = this.#world
    let visits = 0
    for (let i = 0; i < people.count; i++) {
      const isActive = (this.#state.card[i] ?? 0) > 0 && (people.lapsedOn[i] ?? 0) > day
      if (isActive) visits += people.visitsPerYear[i] ?? 0
    }
    this.#day = day
    this.#perDay = (visits / YEAR_DAYS) * busyness(day, holidays)
    this.#hours = this.#hoursOf(day)
  }

  /** Beside an average hour, by what is open. */
  #hoursOf(day: number): readonly number[] {
    const { offers, holidays } = this.#world
    const pulls = new Array<number>(HOURS).fill(0)
    for (let offer = 0; offer < offers.count; offer++) {
      if ((offers.firstDay[offer] ?? 0) > day || (offers.lastDay[offer] ?? 0) < day) continue
      const category = CATEGORIES[offers.category[offer] ?? 0]
      const hours = category && hoursOn(category, day)
      if (!hours) continue
      const pull = (category.pull * seasonOf(category, day, holidays)) / (hours.closes - hours.opens)
      for (let hour = 0; hour < HOURS; hour++) {
        const minutes = Math.min(hours.closes, (hour + 1) * 60) - Math.max(hours.opens, hour * 60)
        if (minutes > 0) pulls[hour] = (pulls[hour] ?? 0) + pull * minutes
      }
    }
    const mean = pulls.reduce((sum, pull) => sum + pull, 0) / HOURS
    return pulls.map((pull) => Math.max(NIGHT, mean > 0 ? pull / mean : 1))
  }
}
