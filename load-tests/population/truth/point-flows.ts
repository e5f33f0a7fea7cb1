import { DEFAULT_PROGRAMME, reportingPeriodOf, type Transaction } from '@zuil/core'
import type { TruthCell } from './cell.ts'
import type { TimedTransaction } from './timeline.ts'
import { NOWHERE, type TruthPlaces } from './truth-places.ts'

/** Points of one place that a holder has not redeemed yet. */
interface Lot {
  points: number
  readonly place: number
  /** Of points that were redeemed before they were earned: where, as long as the month lasts. */
  readonly debt?: Debt
}

interface Debt {
  readonly periods: readonly string[]
  readonly home: number
  readonly destination: number
  /** The month is over: whatever pays it now, it came from nowhere. */
  isTold: boolean
}

const PERIODS = ['YEAR', 'SEASON'] as const

/**
 * B7: where points were earned and where they are redeemed. The k-th point that a holder redeems is the k-th that the holder earned.
 * When an older check-in is taken back, more may be redeemed than was earned: the next ones pay for it, those of the same month by
 * their name.
 */
export class PointFlows {
  readonly #places: TruthPlaces
  readonly #lots = new Map<number, Lot[]>()
  readonly #sums = new Map<string, number>()
  #debts: Lot[] = []

  constructor(places: TruthPlaces) {
    this.#places = places
  }

  /** Days in their order, each with what happened by instant. */
  addDay(day: number, transactions: readonly TimedTransaction[]): void {
    for (const { transaction } of transactions) this.#observe(day, transaction)
    if (reportingPeriodOf('MONTH', day).lastDay === day) this.#tellDebts()
  }

  cells(): TruthCell[] {
    this.#tellDebts()
    return [...this.#sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => this.#cell(key, value))
  }

  #observe(day: number, { flags, programme, holder, points, kind, venueNis, homeNis }: Transaction): void {
    if (points === 0 || flags.length > 0 || programme !== DEFAULT_PROGRAMME) return
    const venue = this.#places.municipalityOf(venueNis)
    if (points > 0) {
      this.#earn(holder, points, kind === 'BONUS' ? NOWHERE : venue)
      return
    }
    const periods = PERIODS.map((period) => reportingPeriodOf(period, day).key)
    const home = this.#places.municipalityOf(homeNis)
    this.#redeem(holder, -points, { periods, home, destination: venue, isTold: false })
  }

  #tellDebts(): void {
    for (const { points, debt } of this.#debts) {
      if (!debt || debt.isTold) continue
      this.#add(debt, NOWHERE, points)
      debt.isTold = true
    }
    this.#debts = []
  }

  #earn(holder: number, points: number, place: number): void {
    const lots = this.#lots.get(holder) ?? []
    this.#lots.set(holder, lots)
    let rest = points
    while (rest > 0 && lots[0]?.debt) {
      const paid = Math.min(rest, lots[0].points)
      if (!lots[0].debt.isTold) this.#add(lots[0].debt, place, paid)
      lots[0].points -= paid
      if (lots[0].points === 0) lots.shift()
      rest -= paid
    }
    const last = lots.at(-1)
    if (rest > 0 && last && last.place === place) last.points += rest
    else if (rest > 0) lots.push({ points: rest, place })
  }

  #redeem(holder: number, points: number, debt: Debt): void {
    const lots = this.#lots.get(holder) ?? []
    this.#lots.set(holder, lots)
    let rest = points
    while (rest > 0 && lots[0] && !lots[0].debt) {
      const taken = Math.min(rest, lots[0].points)
      this.#add(debt, lots[0].place, taken)
      lots[0].points -= taken
      if (lots[0].points === 0) lots.shift()
      rest -= taken
    }
    if (rest === 0) return
    const owed = { points: rest, place: NOWHERE, debt }
    lots.push(owed)
    this.#debts.push(owed)
  }

  #add({ periods, home, destination }: Debt, origin: number, points: number): void {
    for (const [index, period] of periods.entries()) {
      const key = `${PERIODS[index]} ${period} ${home} ${origin} ${destination}`
      this.#sums.set(key, (this.#sums.get(key) ?? 0) + points)
    }
  }

  #cell(key: string, value: number): TruthCell {
    const [kind = '', period = '', home = '', origin = '', destination = ''] = key.split(' ')
    const nis = (index: string) => this.#places.idOf('MUNICIPALITY', Number(index))
    return {
      measure: 'B7',
      column: 'points',
      periodKind: kind === 'YEAR' ? 'YEAR' : 'SEASON',
      period,
      place: { kind: 'MUNICIPALITY', id: nis(home) },
      dimensions: { origin: nis(origin), destination: nis(destination) },
      value,
    }
  }
}
