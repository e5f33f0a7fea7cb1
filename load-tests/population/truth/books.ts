import { brusselsOffset, DAY_MS, DEFAULT_PROGRAMME, SOCIAL_TARIFF_ID, startOfDay, type Transaction, weekdayOf } from '@zuil/core'
import { CounterTable } from '../history/counter-table.ts'
import type { History } from '../history/history.ts'
import type { World } from '../world.ts'
import { ActivityBook, NEVER } from './activity-book.ts'
import type { Beginning } from './registry-book.ts'
import { RegistryBook } from './registry-book.ts'
import { Rows } from './rows.ts'
import { SCHOOL_TYPE, sectorOf } from './sectors.ts'
import type { TimedTransaction } from './timeline.ts'
import { TruthPlaces } from './truth-places.ts'

/** What tells of a participation; the index is the number of the member. */
export const EVIDENCE = ['CHECKIN', 'TICKET', 'BOTH'] as const

/** Days that rows are kept: two years before a year that is over, and one day more in a leap year. */
const PARTICIPATION_DAYS = 3 * 366 + 1
/** Rows that nothing earlier than the running year or season is asked of. */
const OTHER_DAYS = 366

const PARTICIPATION = {
  day: 4,
  holder: 4,
  event: 4,
  organizer: 2,
  home: 2,
  venue: 2,
  birthYear: 2,
  tariff: 1,
  sector: 1,
  evidence: 1,
  isSchool: 1,
  isInRegion: 1,
} as const
const TICKET = {
  day: 4,
  holder: 4,
  organizer: 2,
  home: 2,
  venue: 2,
  birthYear: 2,
  isGroup: 1,
  regular: 4,
  participant: 4,
  organizerShare: 4,
  localGovernment: 4,
  flemishGovernment: 4,
} as const
const REDEMPTION = { day: 4, holder: 4, reward: 4, organizer: 2, home: 2, venue: 2, isWelcome: 1, points: 4 } as const
const CHECKIN = { day: 4, organizer: 2, venue: 2, device: 2, weekday: 1, hour: 1 } as const
const POINTS = { day: 4, holder: 4, saved: 4, given: 4, redeemed: 4 } as const
/** Holders that fit the lower part of a key. */
export const HOLDERS_MAX = 2 ** 26

/** What the truth remembers of a history: rows of what happened, day after day, and what is known of the holders. */
export class Books {
  readonly world: World
  /** First day that is not told. */
  readonly until: number
  readonly places: TruthPlaces
  readonly registry: RegistryBook
  readonly activity: ActivityBook
  /** Individuals on a day in Brussels at an event: what the first check-in or ticket said. */
  readonly participations = new Rows(PARTICIPATION)
  /** Tickets at the social tariff. */
  readonly tickets = new Rows(TICKET)
  readonly redemptions = new Rows(REDEMPTION)
  readonly checkins = new Rows(CHECKIN)
  readonly points = new Rows(POINTS)
  /** Day of the first participation of each holder with each organizer, by {@link pairKey}. */
  readonly firstVisits = new CounterTable()
  /** Day of a holder's first welcome reward: when it was granted, and when it was collected. */
  readonly grantedOn: Int32Array
  readonly collectedOn: Int32Array
  readonly #kiosks: ReadonlyMap<string, number>

  constructor(history: Pick<History, 'world' | 'until'>, onBeginning: (what: Beginning, holder: number, day: number) => void) {
    const { world, until } = history
    const { options, people, hosts } = world
    this.world = world
    this.until = until
    this.places = new TruthPlaces(history)
    this.registry = new RegistryBook(people.count, this.places, onBeginning)
    this.activity = new ActivityBook({ from: options.from, until, holders: people.count })
    this.grantedOn = new Int32Array(people.count + 1).fill(NEVER)
    this.collectedOn = new Int32Array(people.count + 1).fill(NEVER)
    this.#kiosks = new Map(hosts.flatMap(({ kiosk }, index) => (kiosk === '' ? [] : [[kiosk, index + 1] as const])))
  }

  /** A whole day: its transactions by instant. */
  addDay(day: number, transactions: readonly TimedTransaction[]): void {
    this.registry.advance(startOfDay(day + 1))
    const counted = transactions.map(({ transaction }) => transaction).filter(isCounted)
    for (const transaction of counted) this.#addOne(day, transaction)
    this.#addParticipations(day, counted)
    this.participations.forgetBelow(day - PARTICIPATION_DAYS)
    for (const rows of [this.tickets, this.redemptions, this.checkins, this.points]) rows.forgetBelow(day - OTHER_DAYS)
  }

  #addOne(day: number, t: Transaction): void {
    if (t.points !== 0) this.#addPoints(day, t)
    switch (t.kind) {
      case 'CHECKIN':
        this.#addCheckin(day, t)
        break
      case 'TICKET_SALE':
        this.#addTicket(day, t)
        break
      case 'REDEMPTION':
        this.#addRedemption(day, t)
        break
      case 'GRANT':
        this.grantedOn[t.holder] = Math.min(this.grantedOn[t.holder] ?? NEVER, day)
        break
      case 'BONUS':
        break
    }
  }

  /** By holder and event, as the first transaction has them. */
  #addParticipations(day: number, transactions: readonly Transaction[]): void {
    const known = new Map<string, { facts: Transaction; evidence: number }>()
    for (const t of transactions) {
      const evidence = t.kind === 'CHECKIN' ? 1 : isReducedTicket(t) && this.registry.isGroup[t.holder] === 0 ? 2 : 0
      if (evidence === 0) continue
      const key = `${t.holder} ${t.eventNumber}`
      const one = known.get(key)
      if (!one) known.set(key, { facts: t, evidence })
      else one.evidence |= evidence
    }
    const byEvent = [...known.values()].sort((a, b) => a.facts.eventNumber - b.facts.eventNumber)
    for (const { facts, evidence } of byEvent) this.#addParticipation(day, facts, evidence)
  }

  #addParticipation(day: number, t: Transaction, evidence: number): void {
    const tariff = tariffOf(t)
    const isInRegion = t.memberships.some((cardSystem) => t.eventCardSystems.includes(cardSystem)) ? 1 : 0
    const isSchool = t.eventType === SCHOOL_TYPE ? 1 : 0
    const [home, venue] = [this.places.municipalityOf(t.homeNis), this.places.municipalityOf(t.venueNis)]
    const { holder, birthYear, eventNumber: event } = t
    const organizer = this.places.organizerOf(t.organizer)
    const what = { sector: sectorOf(t.eventType, t.eventTheme), evidence: evidence - 1, isSchool, isInRegion, tariff }
    this.participations.push({ day, holder, event, organizer, home, venue, birthYear, ...what })
    if (evidence === 2 || isSchool === 1) return
    this.activity.tookPart(holder, day, tariff)
    const pair = pairKey(organizer, holder)
    if (!this.firstVisits.has(pair)) this.firstVisits.set(pair, day)
  }

  #addCheckin(day: number, { occurredAt, organizer, venueNis, device }: Transaction): void {
    const hour = Math.floor(((occurredAt + brusselsOffset(occurredAt)) % DAY_MS) / 3_600_000)
    this.checkins.push({
      day,
      organizer: this.places.organizerOf(organizer),
      venue: this.places.municipalityOf(venueNis),
      device: this.#kiosks.get(device) ?? 0,
      weekday: weekdayOf(day),
      hour,
    })
  }

  #addTicket(day: number, t: Transaction): void {
    const { exchange: e, holder, birthYear } = t
    if (!e || !isReducedTicket(t)) return
    this.tickets.push({
      day,
      holder,
      organizer: this.places.organizerOf(t.organizer),
      home: this.places.municipalityOf(t.homeNis),
      venue: this.places.municipalityOf(t.venueNis),
      birthYear,
      isGroup: this.registry.isGroup[holder] ?? 0,
      regular: e.regularPrice,
      participant: e.price,
      organizerShare: e.organizerShare,
      localGovernment: e.localGovernmentShare,
      flemishGovernment: e.flemishGovernmentShare,
    })
  }

  #addRedemption(day: number, t: Transaction): void {
    const reward = (t.exchange?.rewardNumber ?? 0) - 1
    const isWelcome = this.world.rewards[reward]?.type === 'WELCOME' ? 1 : 0
    if (isWelcome === 1) this.collectedOn[t.holder] = Math.min(this.collectedOn[t.holder] ?? NEVER, day)
    const [home, venue] = [this.places.municipalityOf(t.homeNis), this.places.municipalityOf(t.venueNis)]
    const organizer = this.places.organizerOf(t.organizer)
    this.redemptions.push({ day, holder: t.holder, reward, organizer, home, venue, isWelcome, points: -t.points })
  }

  #addPoints(day: number, { holder, kind, points }: Transaction): void {
    const redeemed = points < 0 ? -points : 0
    const given = points > 0 && kind === 'BONUS' ? points : 0
    this.points.push({ day, holder, saved: points > 0 ? points - given : 0, given, redeemed })
  }
}

/** An organizer and a holder as one number. */
export function pairKey(organizer: number, holder: number): number {
  return organizer * HOLDERS_MAX + holder
}

/** Counts in the figures of UiTPAS: flagged facts do not, and other programmes have their own. */
export function isCounted({ flags, programme }: Transaction): boolean {
  return flags.length === 0 && programme === DEFAULT_PROGRAMME
}

function isReducedTicket({ kind, exchange }: Transaction): boolean {
  return kind === 'TICKET_SALE' && exchange?.tariff === SOCIAL_TARIFF_ID
}

/** 0: with the social tariff at that moment, grace included; 1: without. The index into {@link TARIFFS}. */
export function tariffOf({ socialTariff }: Pick<Transaction, 'socialTariff'>): number {
  return socialTariff === 'ACTIVE' || socialTariff === 'GRACE' ? 0 : 1
}

export const TARIFFS = ['KT', 'OTHER'] as const
