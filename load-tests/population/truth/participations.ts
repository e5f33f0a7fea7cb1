import { brusselsDay, brusselsOffset, DAY_MS, parseDay, type Transaction, weekdayOf } from '@zuil/core'
import { CounterTable } from '../history/counter-table.ts'
import { periodsOf } from './periods.ts'
import { DistinctTally, Tally, type TruthCell } from './tally.ts'

/** Days in which a device may still tell of a participation, and one more. */
const DAYS_KEPT = 9
const EVENTS_MAX = 2 ** 26
/** What is known of a participation. */
const SEEN = { checkin: 1, ticket: 2 } as const

/** A check-in that counts: not taken back, not flagged. */
export interface CountedCheckin {
  readonly transaction: Transaction
  /** Epoch ms of the commit. */
  readonly recordedAt: number
}

/** Who took part in what: participations are one holder at one event on one day in Brussels. */
export class Participations {
  readonly #days = new Map<string, CounterTable>()
  readonly #byHome = new Tally('A5', 'participations', ['year', 'home', 'tariff'])
  readonly #activeByHome = new DistinctTally('A5', 'active-holders', ['year', 'home', 'tariff'])
  readonly #allEvidence = new Tally('A5', 'participations-all-evidence', ['year', 'home', 'tariff'])
  readonly #byType = new Tally('A7', 'participations', ['year', 'eventType', 'tariff'])
  readonly #matrix = new Tally('B2', 'participations', ['year', 'home', 'venue'])
  readonly #matrixHolders = new DistinctTally('B2', 'holders', ['year', 'home', 'venue'])
  readonly #organizers = new Tally('C1', 'participations', ['month', 'organizer'])
  readonly #organizerHolders = new DistinctTally('C1', 'holders', ['month', 'organizer'])
  readonly #seasons = new Tally('C2', 'participations', ['season', 'organizer', 'tariff'])
  readonly #hours = new Tally('C7', 'check-ins', ['quarter', 'weekday', 'hour'])
  readonly #channels = new Tally('D7', 'check-ins', ['month', 'channel'])
  readonly #late = new Tally('D8', 'told-after-a-day', ['month', 'channel'])
  readonly #active = new DistinctTally('D12', 'active-holders', ['month'])
  readonly #organizersActive = new DistinctTally('D12', 'active-organizers', ['month'])
  readonly #organizerNumbers = new Map<string, number>()
  readonly #onActive: (holder: number, day: string) => void

  constructor(onActive: (holder: number, day: string) => void) {
    this.#onActive = onActive
  }

  checkin({ transaction: t, recordedAt }: CountedCheckin): void {
    const { quarter, month } = periodsOf(t.occurredOn)
    const local = t.occurredAt + brusselsOffset(t.occurredAt)
    this.#hours.add(1, quarter, weekdayOf(brusselsDay(t.occurredAt)), Math.floor((local % DAY_MS) / 3_600_000))
    this.#channels.add(1, month, t.channel)
    if (recordedAt - t.occurredAt > DAY_MS) this.#late.add(1, month, t.channel)
    const before = this.#mark(t, SEEN.checkin)
    if (before === 0) this.#addAllEvidence(t)
    if ((before & SEEN.checkin) === 0) this.#participate(t)
  }

  /** A ticket at the social tariff to somebody: evidence that they came. */
  ticket(t: Transaction): void {
    if (this.#mark(t, SEEN.ticket) === 0) this.#addAllEvidence(t)
  }

  cells(): TruthCell[] {
    const tallies = [
      this.#byHome,
      this.#activeByHome,
      this.#allEvidence,
      this.#byType,
      this.#matrix,
      this.#matrixHolders,
      this.#organizers,
      this.#organizerHolders,
      this.#seasons,
      this.#hours,
      this.#channels,
      this.#late,
      this.#active,
      this.#organizersActive,
    ]
    return tallies.flatMap((tally) => tally.cells())
  }

  #participate(t: Transaction): void {
    const { year, month, season } = periodsOf(t.occurredOn)
    const tariff = tariffGroup(t)
    this.#byHome.add(1, year, t.homeNis, tariff)
    this.#activeByHome.add(t.holder, year, t.homeNis, tariff)
    this.#byType.add(1, year, t.eventType, tariff)
    this.#matrix.add(1, year, t.homeNis, t.venueNis)
    this.#matrixHolders.add(t.holder, year, t.homeNis, t.venueNis)
    this.#organizers.add(1, month, t.organizer)
    this.#organizerHolders.add(t.holder, month, t.organizer)
    this.#seasons.add(1, season, t.organizer, tariff)
    this.#active.add(t.holder, month)
    this.#organizersActive.add(this.#numberOf(t.organizer), month)
    this.#onActive(t.holder, t.occurredOn)
  }

  #addAllEvidence(t: Transaction): void {
    this.#allEvidence.add(1, periodsOf(t.occurredOn).year, t.homeNis, tariffGroup(t))
  }

  /** What was known of the participation before. */
  #mark({ occurredOn, holder, eventNumber }: Transaction, evidence: number): number {
    let table = this.#days.get(occurredOn)
    if (!table) {
      table = new CounterTable()
      this.#days.set(occurredOn, table)
      const first = (parseDay(occurredOn) ?? 0) - DAYS_KEPT
      for (const day of this.#days.keys()) if ((parseDay(day) ?? 0) < first) this.#days.delete(day)
    }
    const key = eventNumber * EVENTS_MAX + holder
    const before = table.get(key)
    table.set(key, before | evidence)
    return before
  }

  #numberOf(organizer: string): number {
    const known = this.#organizerNumbers.get(organizer) ?? this.#organizerNumbers.size
    this.#organizerNumbers.set(organizer, known)
    return known
  }
}

/** Whether somebody had the social tariff at that moment; grace counts. */
export function tariffGroup({ socialTariff }: Pick<Transaction, 'socialTariff'>): 'KT' | 'OTHER' {
  return socialTariff === 'ACTIVE' || socialTariff === 'GRACE' ? 'KT' : 'OTHER'
}
