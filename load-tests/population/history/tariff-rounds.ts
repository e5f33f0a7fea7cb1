import { brusselsDay, DAY_MS, formatDay, instantInBrussels } from '@zuil/core'
import { projectionOfHolder } from '@zuil/core/contracts/projection'
import { drawShare } from '../draw.ts'
import { ACTION, plan, type Steps } from './actions.ts'
import { TARIFF, type TariffIndex } from './holder-state.ts'
import { journal, type Scene } from './scene.ts'

/** The yearly round: renewals are prepared from mid February on, rights end on 30 April, grace lasts 30 days. */
const ROUND_DAY = '-02-15'
const GRACE_DAYS = 30
const SUBJECT = 311

/** What becomes of a right, as shares of all that end (assumptions). */
const RENEWED_BEFORE = 0.8
const RENEWED_IN_GRACE = 0.92
/** Of those renewed in time: suspended for the summer. */
const SUSPENDED = 0.01

/** Last second of a right: 30 April of the year after it was given, or the next one for those that are older than `day`. */
export function tariffEnd(givenOn: number, day: number): number {
  const first = endOfApril(Number(formatDay(givenOn).slice(0, 4)) + 1)
  if (first >= day * DAY_MS) return first
  const year = Number(formatDay(day).slice(0, 4))
  return endOfApril(year) >= day * DAY_MS ? endOfApril(year) : endOfApril(year + 1)
}

function endOfApril(year: number): number {
  return instantInBrussels(Date.UTC(year, 4, 1) / DAY_MS, 0) - 1_000
}

/** Renews and ends social tariffs. */
export class TariffRounds {
  readonly steps = {
    [ACTION.renewTariff]: ({ holder, subject, at }) => this.#renew(holder, subject, at),
    [ACTION.beginGrace]: ({ holder, at }) => this.#change(holder, TARIFF.grace, at),
    [ACTION.loseTariff]: ({ holder, at }) => this.#change(holder, TARIFF.expired, at),
    [ACTION.suspendTariff]: ({ holder, at }) => this.#change(holder, TARIFF.suspended, at),
  } satisfies Steps
  readonly #scene: Scene

  constructor(scene: Scene) {
    this.#scene = scene
  }

  planDay(day: number): void {
    const text = formatDay(day)
    if (!text.endsWith(ROUND_DAY)) return
    const year = Number(text.slice(0, 4))
    const end = endOfApril(year)
    const { state, world } = this.#scene
    for (let i = 0; i < world.people.count; i++) {
      const isEnding = state.tariff[i] === TARIFF.active && (state.tariffEndsAt[i] ?? 0) <= end && !state.isGroup(i)
      if (isEnding && (state.card[i] ?? 0) > 0) this.#planFate(i, { day, year, end })
    }
  }

  #planFate(i: number, { day, year, end }: { day: number; year: number; end: number }): void {
    const { queue, world } = this.#scene
    const { seed } = world.options
    const [fate, when] = [drawShare(seed, i, SUBJECT + year * 4), drawShare(seed, i, SUBJECT + year * 4 + 1)]
    const night = (days: number) => instantInBrussels(day + days, 150) + Math.floor(when * 10_800_000)
    const roundDays = Math.floor((end - day * DAY_MS) / DAY_MS)
    if (fate < RENEWED_BEFORE) {
      queue.push(plan(ACTION.renewTariff, night(Math.floor(when * roundDays)), { holder: i, subject: year + 1 }))
      if (fate < SUSPENDED) queue.push(plan(ACTION.suspendTariff, night(roundDays + 40), { holder: i }))
      return
    }
    queue.push(plan(ACTION.beginGrace, end + 1_000 + i, { holder: i }))
    const inGrace = 1 + Math.floor(when * (GRACE_DAYS - 2))
    if (fate < RENEWED_IN_GRACE)
      queue.push(plan(ACTION.renewTariff, night(roundDays + 1 + inGrace), { holder: i, subject: year + 1 }))
    else queue.push(plan(ACTION.loseTariff, end + GRACE_DAYS * DAY_MS + i, { holder: i }))
  }

  /** Until 30 April of `year`. */
  #renew(i: number, year: number, at: number): void {
    this.#scene.state.tariffEndsAt[i] = endOfApril(year)
    this.#change(i, TARIFF.active, at)
  }

  #change(i: number, tariff: TariffIndex, at: number): void {
    const { state } = this.#scene
    // who moved away meanwhile lost the right there and then
    if (state.tariff[i] === TARIFF.none) return
    state.tariff[i] = tariff
    journal(this.#scene, projectionOfHolder(state.holder(i, brusselsDay(at))), at)
  }
}
