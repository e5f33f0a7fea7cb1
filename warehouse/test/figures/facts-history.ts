import { SOCIAL_TARIFF_ID } from '@zuil/core'
import { noons, type Told, ToldHistory } from './told-history.ts'

/** Each test has a municipality of its own, so that it sees nobody else. */
export const TOWN = {
  voids: 101,
  nights: 102,
  leaves: 103,
  arrives: 104,
  merged: 105,
  before: 205,
  alsoBefore: 206,
  groups: 106,
  grace: 107,
  ages: 108,
  others: 109,
  days: 110,
  states: 111,
  tastes: 112,
  money: 113,
  welcome: 114,
  points: 115,
  region: 116,
  neighbour: 117,
  far: 118,
  public: 119,
  late: 120,
  cohort: 121,
  meanwhile: 122,
  cards: 123,
} as const

/** Card system of a programme beside UiTPAS. */
export const OLDER_CARDS = 90
const FIRST_OF_2024 = '2024-01-01T09:00:00Z'
const THEATRE = '0.55.0.0.0'
const SPORT = '0.59.0.0.0'
const COURSE = '0.3.1.0.0'

/** What the tests of the facts look at: a little of everything that makes counting hard. */
export class FactsHistory extends ToldHistory {
  #holders = 0

  /** A holder since 2024, or as told. */
  somebody(home: number, told: Partial<Told> = {}): number {
    const holder = ++this.#holders
    this.told({ holder, at: FIRST_OF_2024, home, ...told })
    return holder
  }

  /** A check-in at noon in Brussels. */
  checkin(holder: number, day: string, deed: object = {}): void {
    this.did({ holder, at: `${day}T11:00:00Z`, eventType: THEATRE, homeNis: 0, venueNis: 0, ...deed })
  }

  tellAll(): void {
    this.#tellOfDays()
    this.#tellOfHomes()
    this.#tellOfTariffs()
    this.#tellOfTaste()
    this.#tellOfExchanges()
    this.#tellOfOrganizers()
    this.#tellOfOlderCards()
  }

  #tellOfDays(): void {
    const homeNis = TOWN.voids
    const holder = this.somebody(homeNis)
    this.checkin(holder, '2025-03-01', { homeNis, isVoided: true, eventNumber: 1 })
    this.checkin(holder, '2025-03-02', { homeNis, eventNumber: 1 })
    const flagged = this.somebody(homeNis)
    this.checkin(flagged, '2025-03-02', { homeNis, flags: ['LATE'] })

    const night = { homeNis: TOWN.nights, venueNis: TOWN.nights, eventNumber: 5 }
    const owl = this.somebody(TOWN.nights)
    // 26 October 2025 has 25 hours in Brussels: 22:30 UTC of the 25th is its first half hour, and 2 o'clock comes twice
    for (const at of [
      '2025-10-25T21:30:00Z',
      '2025-10-25T22:30:00Z',
      '2025-10-26T00:30:00Z',
      '2025-10-26T01:30:00Z',
      '2025-10-26T22:30:00Z',
    ]) {
      this.did({ holder: owl, at, eventType: THEATRE, ...night })
    }
    this.did({ holder: owl, at: '2025-10-26T23:30:00Z', eventType: THEATRE, ...night })

    this.somebody(TOWN.days, { at: '2025-10-03T22:30:00Z' })
    this.somebody(TOWN.days, { at: '2025-10-03T21:30:00Z' })
    const late = this.somebody(TOWN.late)
    this.checkin(late, '2025-05-01', { homeNis: TOWN.late })
  }

  #tellOfHomes(): void {
    const mover = this.somebody(TOWN.leaves)
    this.told({ holder: mover, at: '2025-06-01T09:00:00Z', home: TOWN.arrives })
    this.checkin(mover, '2025-03-01', { homeNis: TOWN.leaves })
    this.checkin(mover, '2025-09-01', { homeNis: TOWN.arrives })

    const merged = this.somebody(TOWN.before)
    this.checkin(merged, '2024-12-01', { homeNis: TOWN.before, venueNis: TOWN.alsoBefore })
    this.checkin(merged, '2025-02-01', { homeNis: TOWN.before, venueNis: TOWN.alsoBefore })
    this.checkin(merged, '2025-02-02', { homeNis: TOWN.merged, venueNis: TOWN.merged })

    const group = this.somebody(TOWN.groups, { passType: 'GROUP' })
    this.checkin(group, '2025-02-01', { homeNis: TOWN.groups })
    const stranger = this.somebody(TOWN.others, { cardSystem: 1 })
    this.checkin(stranger, '2025-02-01', { homeNis: TOWN.others, programme: 'beleefpas' })

    const neighbour = this.somebody(TOWN.region)
    const homeNis = TOWN.region
    for (const [index, venueNis] of [TOWN.region, TOWN.neighbour, TOWN.far, 0].entries()) {
      this.checkin(neighbour, '2025-04-01', { homeNis, venueNis, eventNumber: index + 1 })
    }
  }

  #tellOfTariffs(): void {
    const home = TOWN.grace
    const birthYear = 1990
    const ends = { tariff: 'ACTIVE', tariffEnds: '2025-04-30T21:59:59Z', birthYear } as const
    const after = '2025-04-30T22:00:00Z'
    const renewed = { tariff: 'ACTIVE', tariffEnds: '2026-04-30T21:59:59Z', birthYear } as const
    const early = this.somebody(home, ends)
    this.told({ holder: early, at: '2025-03-01T09:00:00Z', home, ...renewed })
    const graceful = this.somebody(home, ends)
    this.told({ holder: graceful, at: after, home, tariff: 'GRACE', birthYear })
    this.told({ holder: graceful, at: '2025-05-20T09:00:00Z', home, ...renewed })
    const lost = this.somebody(home, ends)
    this.told({ holder: lost, at: after, home, tariff: 'GRACE', birthYear })
    this.told({ holder: lost, at: '2025-05-30T22:00:00Z', home, tariff: 'EXPIRED', birthYear })
    const homeNis = home
    this.checkin(graceful, '2025-05-10', { homeNis, socialTariff: 'GRACE' })
    this.checkin(lost, '2025-06-10', { homeNis, socialTariff: 'EXPIRED' })

    for (const year of [2020, 2019, 2008, 2007, 1960, 0]) this.somebody(TOWN.ages, { birthYear: year })
  }

  #tellOfTaste(): void {
    const homeNis = TOWN.states
    const newcomer = this.somebody(homeNis)
    this.checkin(newcomer, '2025-11-05', { homeNis })
    const returning = this.somebody(homeNis)
    this.checkin(returning, '2024-05-01', { homeNis })
    this.checkin(returning, '2025-11-05', { homeNis })
    const reactivated = this.somebody(homeNis)
    this.checkin(reactivated, '2024-03-31', { homeNis })
    this.checkin(reactivated, '2025-11-05', { homeNis })
    const lapsed = this.somebody(homeNis)
    this.checkin(lapsed, '2024-06-30', { homeNis, socialTariff: 'ACTIVE' })

    const home = { homeNis: TOWN.tastes }
    const broad = this.somebody(TOWN.tastes)
    for (const day of ['2024-05-01', '2025-05-01', '2025-05-02']) this.checkin(broad, day, home)
    this.checkin(broad, '2025-05-03', { ...home, eventType: SPORT })
    const narrow = this.somebody(TOWN.tastes)
    for (const day of ['2024-05-01', '2025-05-01']) this.checkin(narrow, day, home)

    const cohort = { homeNis: TOWN.cohort }
    const stays = this.somebody(TOWN.cohort)
    this.checkin(stays, '2025-04-01', cohort)
    this.checkin(stays, '2025-12-31', cohort)
    const goes = this.somebody(TOWN.cohort)
    this.checkin(goes, '2025-04-01', cohort)
  }

  #tellOfExchanges(): void {
    const homeNis = TOWN.money
    const shares = { tariff: SOCIAL_TARIFF_ID, regularPrice: 1000, price: 200, organizerShare: 400, localGovernmentShare: 400 }
    const buyer = this.somebody(homeNis, { tariff: 'ACTIVE' })
    const ticket = { kind: 'TICKET_SALE', points: 0, homeNis, socialTariff: 'ACTIVE', exchange: shares } as const
    this.checkin(buyer, '2025-05-01', { ...ticket, eventNumber: 1 })
    this.checkin(buyer, '2025-05-01', { homeNis, socialTariff: 'ACTIVE', eventNumber: 1 })
    this.checkin(buyer, '2025-05-02', { ...ticket, eventNumber: 2 })
    this.checkin(buyer, '2025-05-03', { ...ticket, eventNumber: 2, exchange: { ...shares, tariff: 'COUPON_1' } })
    const group = this.somebody(TOWN.groups, { passType: 'GROUP' })
    this.checkin(group, '2025-05-01', { ...ticket, homeNis: TOWN.groups })

    const grant = { kind: 'GRANT', points: 0, homeNis: TOWN.welcome, exchange: { reward: 'welcome-bag' } } as const
    const collect = { ...grant, kind: 'REDEMPTION', venueNis: TOWN.region } as const
    const [quick, slow, never] = [1, 2, 3].map(() => this.somebody(TOWN.welcome, { at: '2025-10-01T09:00:00Z' }))
    for (const holder of [quick, slow, never]) this.checkin(holder ?? 0, '2025-10-01', grant)
    this.checkin(quick ?? 0, '2025-10-11', collect)
    this.checkin(slow ?? 0, '2025-12-31', collect)
    const earlier = this.somebody(TOWN.welcome)
    this.checkin(earlier, '2025-10-01', grant)

    const saver = this.somebody(TOWN.points)
    const at = { homeNis: TOWN.points }
    this.checkin(saver, '2024-05-01', { ...at, points: 3, venueNis: TOWN.region })
    this.checkin(saver, '2025-05-01', { ...at, points: 4, venueNis: TOWN.neighbour })
    const redeem = { ...at, kind: 'REDEMPTION', venueNis: TOWN.far, exchange: { reward: 'cinema' } } as const
    this.checkin(saver, '2024-06-01', { ...redeem, points: -2 })
    this.checkin(saver, '2025-06-01', { ...redeem, points: -4 })
  }

  #tellOfOrganizers(): void {
    const homeNis = TOWN.public
    const here = { homeNis, organizer: 'here' }
    const regular = this.somebody(homeNis)
    this.checkin(regular, '2024-03-01', here)
    for (const day of noons('2025-03-01', 4))
      this.did({ holder: regular, at: day, ...here, eventType: THEATRE, memberships: [1], eventCardSystems: [1] })
    this.checkin(regular, '2025-04-01', { homeNis, organizer: 'there', eventType: COURSE })
    const first = this.somebody(homeNis)
    this.checkin(first, '2024-10-01', { ...here, memberships: [1], eventCardSystems: [2], socialTariff: 'ACTIVE' })
    this.checkin(first, '2025-10-01', here)
    const once = this.somebody(homeNis)
    this.checkin(once, '2024-10-01', here)
    this.checkin(once, '2025-10-02', here)
  }

  #tellOfOlderCards(): void {
    const homeNis = TOWN.cards
    const at = '2025-11-05T09:00:00Z'
    const kept = this.somebody(homeNis, { cardSystem: OLDER_CARDS })
    this.told({ holder: kept, at, home: homeNis })
    this.checkin(kept, '2025-11-10', { homeNis })
    // another number in the registry, to which the points of the older card went
    const [before, carried, stranger] = [
      this.somebody(homeNis, { cardSystem: OLDER_CARDS }),
      this.somebody(homeNis, { at }),
      this.somebody(homeNis, { at }),
    ]
    const bonus = (takes: string) => ({ kind: 'BONUS', homeNis, exchange: { takes: [takes] } }) as const
    this.checkin(before, '2025-11-05', { ...bonus('carried/a1 ABSOLUTE'), programme: 'beleefpas', points: 0 })
    this.checkin(carried, '2025-11-05', { ...bonus('bonus/a1 ABSOLUTE'), points: 7 })
    // a bonus of UiTPAS itself, and points of an older card that came after the period
    this.checkin(stranger, '2025-11-05', { ...bonus('bonus/b2 ABSOLUTE'), points: 5 })
    const later = this.somebody(homeNis, { at })
    this.checkin(before, '2026-02-01', { ...bonus('carried/c3 ABSOLUTE'), programme: 'beleefpas', points: 0 })
    this.checkin(later, '2026-02-01', { ...bonus('bonus/c3 ABSOLUTE'), points: 5 })
  }
}
