import { ageBand, brusselsDay, formatDay, SOCIAL_TARIFF_ID, type Transaction } from '@zuil/core'
import type { HistoryDay } from '../history/history.ts'
import type { HolderState } from '../history/holder-state.ts'
import type { HistoryRecord } from '../history/record.ts'
import type { World } from '../world.ts'
import { Loyalty } from './loyalty.ts'
import { Participations, tariffGroup } from './participations.ts'
import { periodsOf } from './periods.ts'
import { Tally, type TruthCell } from './tally.ts'

const WELCOME_DAYS = 90
const DAY_MS = 86_400_000

/**
 * The true answers of a history, counted while it is told and without any database: for tests of measures and of what is
 * published to compare with. What counts stands in truth/README.md.
 */
export class Truth {
  readonly #world: World
  readonly #state: HolderState
  readonly #loyalty: Loyalty
  readonly #participations: Participations
  readonly #valid = new Tally('A1', 'valid-holders', ['year', 'home', 'ageBand'])
  readonly #social = new Tally('A2', 'social-tariff-holders', ['year', 'home', 'ageBand'])
  readonly #money = new Tally('A12', 'cents', ['quarter', 'home', 'part'])
  readonly #tickets = new Tally('A12', 'tickets', ['quarter', 'home'])
  readonly #settlement = new Tally('B4', 'cents', ['quarter', 'payer', 'venue'])
  readonly #points = new Tally('D10', 'points', ['month', 'programme', 'flow'])
  readonly #refusals = new Tally('D4', 'refusals', ['month', 'reason'])
  readonly #granted = new Tally('A13', 'granted', ['quarter'])
  readonly #collected = new Tally('A13', 'collected-within-90-days', ['quarter'])
  /** Instant of the first welcome reward of each holder; negative once one was collected. */
  readonly #grantedAt: Float64Array

  constructor(world: World, state: HolderState) {
    const { options, people } = world
    this.#world = world
    this.#state = state
    this.#loyalty = new Loyalty({ ...options, holders: people.count })
    this.#participations = new Participations((holder, day) => this.#loyalty.tookPart(holder, day))
    this.#grantedAt = new Float64Array(people.count + 1)
  }

  /** Days in their order, each right after it was told: the stock at the end of a year is read from the holders then. */
  observe({ day, isOver, records }: HistoryDay): void {
    for (const record of records) this.#observe(record)
    const text = formatDay(day)
    if (isOver && text.endsWith('-12-31')) this.#countStock(day, text.slice(0, 4))
  }

  cells(): TruthCell[] {
    const tallies = [this.#valid, this.#social, this.#money, this.#tickets, this.#settlement, this.#points, this.#refusals]
    const welcome = [this.#granted, this.#collected]
    const counted = [...tallies, ...welcome].flatMap((tally) => tally.cells())
    return [...counted, ...this.#participations.cells(), ...this.#loyalty.cells()]
  }

  #observe({ position, record, isTakenBack }: HistoryRecord): void {
    if (record.kind === 'refusals') {
      const month = formatDay(brusselsDay(record.minute)).slice(0, 7)
      for (const { reason, count } of record.counts) this.#refusals.add(count, month, reason)
    }
    if (record.kind !== 'transaction' || isTakenBack) return
    const { transaction } = record
    if (transaction.flags.length > 0) return
    this.#countPoints(transaction)
    switch (transaction.kind) {
      case 'CHECKIN':
        this.#participations.checkin({ transaction, recordedAt: position.ms })
        break
      case 'TICKET_SALE':
        this.#countTicket(transaction)
        break
      case 'GRANT':
        this.#countGrant(transaction)
        break
      case 'REDEMPTION':
        this.#countWelcome(transaction)
        break
      case 'BONUS':
        break
    }
  }

  #countPoints({ points, occurredOn, programme, kind }: Transaction): void {
    if (points === 0) return
    const flow = points < 0 ? 'redeemed' : kind === 'BONUS' ? 'given' : 'saved'
    this.#points.add(Math.abs(points), periodsOf(occurredOn).month, programme, flow)
  }

  #countTicket(t: Transaction): void {
    const { exchange: e } = t
    if (!e || e.tariff !== SOCIAL_TARIFF_ID) return
    const { quarter } = periodsOf(t.occurredOn)
    this.#tickets.add(1, quarter, t.homeNis)
    this.#money.add(e.regularPrice, quarter, t.homeNis, 'regular-price')
    this.#money.add(e.price, quarter, t.homeNis, 'participant')
    this.#money.add(e.organizerShare, quarter, t.homeNis, 'organizer')
    this.#money.add(e.localGovernmentShare, quarter, t.homeNis, 'local-government')
    this.#settlement.add(e.localGovernmentShare, quarter, t.homeNis, t.venueNis)
    // a group is nobody in particular: its tickets are money, not participations
    if (!this.#state.isGroup(t.holder - 1)) this.#participations.ticket(t)
  }

  #countGrant({ holder, occurredAt, occurredOn }: Transaction): void {
    if (this.#grantedAt[holder] !== 0) return
    this.#grantedAt[holder] = occurredAt
    this.#granted.add(1, periodsOf(occurredOn).quarter)
  }

  #countWelcome({ holder, occurredAt, exchange }: Transaction): void {
    const grantedAt = this.#grantedAt[holder] ?? 0
    const isWelcome = this.#world.rewards[(exchange?.rewardNumber ?? 0) - 1]?.type === 'WELCOME'
    if (!isWelcome || grantedAt <= 0 || occurredAt - grantedAt > WELCOME_DAYS * DAY_MS) return
    this.#grantedAt[holder] = -grantedAt
    this.#collected.add(1, periodsOf(formatDay(brusselsDay(grantedAt))).quarter)
  }

  /** Passholders at the last moment of a year, by where they live then. */
  #countStock(day: number, year: string): void {
    const { people } = this.#world
    for (let i = 0; i < people.count; i++) {
      if ((this.#state.card[i] ?? 0) === 0 || this.#state.isGroup(i)) continue
      const band = ageBand(people.birthYear[i] ?? 0, Number(year))
      const home = this.#state.homeNis(i, day)
      this.#valid.add(1, year, home, band)
      if (tariffGroup({ socialTariff: this.#state.tariffOf(i) }) === 'KT') this.#social.add(1, year, home, band)
    }
  }
}
