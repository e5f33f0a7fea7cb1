import { ageBand, type Holder, type Position, parseDay, type Transaction } from '@zuil/core'
import { describe, expect, test } from 'vitest'
import { History } from '../../../population/history/history.ts'
import type { TruthCell } from '../../../population/truth/cell.ts'
import { Truth } from '../../../population/truth/truth.ts'
import { makeWorld } from '../../../population/world.ts'

/** Counts again from the records alone, the slow way: what was taken back is known from the voids, not from the generator. */
const world = makeWorld({
  seed: 11,
  holders: 1_500,
  from: parseDay('2023-01-01') ?? 0,
  until: parseDay('2026-01-01') ?? 0,
  regions: ['Hasselt', 'Maasland'],
})

interface Stored {
  readonly position: Position
  readonly transaction: Transaction
}
interface Row {
  readonly at: number
  readonly holder: Holder
}

const stored = new Map<string, Stored>()
const rows: Row[] = []
const history = new History(world)
const truth = new Truth(history)
const cells: TruthCell[] = []
for (const day of history.days()) {
  truth.observe(day)
  cells.push(...truth.take())
  for (const { position, record } of day.records) {
    if (record.kind === 'transaction')
      stored.set(`${position.ms}-${position.sequence}`, { position, transaction: record.transaction })
    if (record.kind === 'void') stored.delete(record.position)
    // the history makes these of holders
    if (record.kind === 'projection' && record.entity === 'holder')
      rows.push({ at: position.ms, holder: record.body as unknown as Holder })
  }
}
truth.finish()
cells.push(...truth.take())

const counted = [...stored.values()].map(({ transaction }) => transaction).filter(({ flags }) => flags.length === 0)
const SCHOOL = 'rJRFUqmd6EiqTD4c7HS90w'
const visits = counted.filter(({ kind, eventType }) => kind === 'CHECKIN' && eventType !== SCHOOL)
const tickets = counted.filter(({ kind, exchange }) => kind === 'TICKET_SALE' && exchange?.tariff === 'SOCIALTARIFF')

/** Hasselt and Kortessem became one on 1 January 2025; everything is told in the municipalities of today. */
const today = (nis: number) =>
  nis === 73040 ? 71072 : (world.geography.places.find((p) => p.mergedFrom.includes(nis))?.nis ?? nis)
const tariff = (t: Transaction) => (t.socialTariff === 'ACTIVE' || t.socialTariff === 'GRACE' ? 'KT' : 'OTHER')
const participation = (t: Transaction) => `${t.holder} ${t.eventNumber} ${t.occurredOn}`
const holderOf = (t: Transaction) => String(t.holder)
const inYear = (year: string) => (t: Transaction) => t.occurredOn.startsWith(year)
/** Instant at which a year begins in Brussels. */
const begins = (year: number) => Date.UTC(year - 1, 11, 31, 23)

interface Asked {
  readonly measure: string
  readonly column: string
  readonly kind?: string
  readonly period: string
  readonly place?: string
  readonly dimensions?: readonly string[]
}

/** Cells as place, members of the dimensions, value. */
function truthOf({ measure, column, kind = 'YEAR', period, place = 'MUNICIPALITY', dimensions = [] }: Asked): string[] {
  const isMeant = (cell: TruthCell) =>
    cell.measure === measure &&
    cell.column === column &&
    cell.periodKind === kind &&
    cell.period === period &&
    cell.place.kind === place &&
    Object.keys(cell.dimensions).join() === dimensions.join()
  return cells
    .filter(isMeant)
    .map(({ place: { id }, dimensions: members, value }) => [id, ...Object.values(members), value].join(' '))
    .sort()
}

/** Sizes of the groups, each key counted once. */
function distinct<T>(items: readonly T[], cellOf: (item: T) => string, keyOf: (item: T) => unknown): string[] {
  return [...Map.groupBy(items, cellOf)].map(([cell, of]) => `${cell} ${new Set(of.map(keyOf)).size}`).sort()
}

/** The row of each holder at an instant, and whether the social tariff held at some moment between two. */
function residentsAt(instant: number): Map<number, Holder> {
  return new Map(rows.filter(({ at }) => at < instant).map(({ holder }) => [holder.number, holder]))
}
function hasTariff({ memberships }: Holder): boolean {
  return memberships.some(({ socialTariff }) => socialTariff === 'ACTIVE' || socialTariff === 'GRACE')
}
function withTariffIn(year: number): Set<number> {
  const held = new Set<number>()
  const before = residentsAt(begins(year))
  for (const [number, holder] of before) if (hasTariff(holder)) held.add(number)
  for (const { at, holder } of rows) if (at >= begins(year) && at < begins(year + 1) && hasTariff(holder)) held.add(holder.number)
  return held
}

describe('the truth of a history', () => {
  test('has the passholders at the end of a year by home, tariff and age', () => {
    const residents = [...residentsAt(begins(2025)).values()]
    const cell = (holder: Holder) =>
      `${today(holder.homeNis)} ${hasTariff(holder) ? 'KT' : 'OTHER'} ${ageBand(holder.birthYear, 2024) || 'UNKNOWN'}`
    const asked = { measure: 'A1', column: 'people', period: '2024', dimensions: ['tariff', 'age'] }
    expect(truthOf(asked)).toEqual(distinct(residents, cell, ({ number }) => number))
  })

  test('has who took part of those who had the time to, by whether they had the social tariff in the year', () => {
    const since = new Map(rows.toReversed().map(({ at, holder }) => [holder.number, at]))
    const [residents, held] = [residentsAt(begins(2025)), withTariffIn(2024)]
    const active = new Set(visits.filter(inYear('2024')).map(({ holder }) => holder))
    // 90 days of 2024 are left on 3 October
    const exposed = [...residents.values()].filter(({ number }) => (since.get(number) ?? 0) < Date.UTC(2024, 9, 3, 22))
    const cell = ({ number }: Holder) => `${held.has(number) ? 'KT' : 'OTHER'} ${active.has(number) ? 'ACTIVE' : 'INACTIVE'}`
    const asked = { measure: 'A3', column: 'people', period: '2024', place: 'ALL', dimensions: ['tariff', 'activity'] }
    expect(truthOf(asked).map((text) => text.trim())).toEqual(distinct(exposed, cell, ({ number }) => number))
  })

  test('has how often holders took part, where they live at the end of the year', () => {
    const residents = residentsAt(begins(2025))
    const homeAtEnd = (t: Transaction) => String(today(residents.get(t.holder)?.homeNis ?? 0))
    const inPeriod = visits.filter(inYear('2024'))
    expect(truthOf({ measure: 'A5', column: 'participations', period: '2024' })).toEqual(
      distinct(inPeriod, homeAtEnd, participation),
    )
    expect(truthOf({ measure: 'A5', column: 'people', period: '2024' })).toEqual(distinct(inPeriod, homeAtEnd, holderOf))
  })

  test('has what and where, by home and tariff at the moment, in the municipalities of today', () => {
    const season = visits.filter(({ occurredOn }) => occurredOn >= '2023-09-01' && occurredOn < '2024-09-01')
    const cell = (t: Transaction) => `${today(t.homeNis)} ${tariff(t)} ${today(t.venueNis)}`
    const asked = { measure: 'B2', column: 'people', kind: 'SEASON', period: '2023-2024', dimensions: ['tariff', 'destination'] }
    expect(truthOf(asked)).toEqual(distinct(season, cell, holderOf))
    const ofMonth = visits.filter(inYear('2024-05'))
    const libraries = ofMonth.filter(({ eventType }) => eventType === 'kI7uAyn2uUu9VV6Z3uWZTA')
    const sectors = truthOf({ measure: 'A7', column: 'participations', kind: 'MONTH', period: '2024-05', dimensions: ['sector'] })
    expect(sectors.filter((text) => text.includes(' LIBRARY '))).toEqual(
      distinct(libraries, (t) => `${today(t.homeNis)} LIBRARY`, participation),
    )
  })

  test('counts evidence of tickets and check-ins together, and schools and groups apart', () => {
    const people = tickets.filter(({ birthYear, eventType }) => birthYear > 0 && eventType !== SCHOOL)
    const asked = { measure: 'A5', column: 'participations-on-all-evidence', period: '2024', place: 'ALL' }
    const all = [...people, ...visits].filter(inYear('2024'))
    expect(truthOf(asked).map(Number)).toEqual([new Set(all.map(participation)).size])
    const schools = counted.filter(({ kind, eventType }) => kind === 'CHECKIN' && eventType === SCHOOL).filter(inYear('2024'))
    expect(truthOf({ ...asked, column: 'participations-of-schools' }).map(Number)).toEqual([schools.length])
  })

  test('has new holders in the year of their first participation, and those who stayed away for 18 months', () => {
    const firsts = new Map(visits.toSorted((a, b) => b.occurredAt - a.occurredAt).map((t) => [t.holder, t.occurredOn]))
    const asked = { measure: 'A9', column: 'people', period: '2024', place: 'ALL' }
    const states = truthOf({ ...asked, dimensions: ['state'] })
    expect(states).toContain(` NEW ${[...firsts.values()].filter((day) => day.startsWith('2024')).length}`)
    const active = (from: string, until: string) =>
      new Set(visits.filter(({ occurredOn: day }) => day >= from && day < until).map(({ holder }) => holder))
    const [before, lately] = [active('2022-01-01', '2024-07-01'), active('2024-07-01', '2026-01-01')]
    expect(truthOf({ ...asked, period: '2025', dimensions: ['lapsed'] })).toContain(
      ` YES ${[...before].filter((one) => !lately.has(one)).length}`,
    )
  })

  test('has whose right ended on 30 April, and who had one again within 90 days', () => {
    const ended = new Set<number>()
    const renewed = new Set<number>()
    const end = Date.UTC(2024, 3, 30, 21, 59, 59)
    for (const [index, { at, holder }] of rows.entries()) {
      const next = rows.slice(index + 1).find((row) => row.holder.number === holder.number)?.at ?? Number.POSITIVE_INFINITY
      for (const { socialTariff, socialTariffEndsAt = 0 } of holder.memberships) {
        if (socialTariffEndsAt === end && (socialTariff === 'ACTIVE' || socialTariff === 'GRACE')) ended.add(holder.number)
        // who got another one and lost it before has none to go on with
        const isAnother = socialTariffEndsAt > end && socialTariff === 'ACTIVE' && at <= end + 90 * 86_400_000 && next > end
        if (isAnother) renewed.add(holder.number)
      }
    }
    const again = [...ended].filter((one) => renewed.has(one)).length
    const asked = { measure: 'A11', column: 'people', period: '2024', place: 'ALL', dimensions: ['renewed'] }
    expect(truthOf(asked)).toEqual([` NO ${ended.size - again}`, ` YES ${again}`])
  })

  test('has the money of tickets to the cent, for those who pay and for those who are paid', () => {
    const sold = tickets.filter(inYear('2024'))
    const owed = sold.reduce((sum, { exchange }) => sum + (exchange?.localGovernmentShare ?? 0), 0)
    const total = (asked: Asked) => truthOf(asked).reduce((sum, text) => sum + Number(text.split(' ').at(-1)), 0)
    for (const [measure, place, dimension] of [
      ['A12', 'MUNICIPALITY', 'pass'],
      ['B4', 'MUNICIPALITY', 'destination'],
      ['C9', 'ORGANIZER', 'pass'],
    ] as const) {
      expect(total({ measure, column: 'local-government-cents', period: '2024', place, dimensions: [dimension] })).toBe(owed)
    }
  })

  test('has points that add up: what was redeemed was earned somewhere', () => {
    const redeemed = counted.filter(({ points, programme }) => points < 0 && programme === 'uitpas').filter(inYear('2025'))
    const sum = -redeemed.reduce((all, { points }) => all + points, 0)
    expect(truthOf({ measure: 'D10', column: 'redeemed', period: '2025', place: 'ALL' }).map(Number)).toEqual([sum])
    const flows = truthOf({ measure: 'B7', column: 'points', period: '2025', dimensions: ['origin', 'destination'] })
    expect(flows.reduce((all, text) => all + Number(text.split(' ').at(-1)), 0)).toBe(sum)
  })

  test('has the public of organizers, new or returning, and the hours of their check-ins', () => {
    const season = visits.filter(({ occurredOn }) => occurredOn >= '2024-09-01' && occurredOn < '2025-09-01')
    const asked = { kind: 'SEASON', period: '2024-2025', place: 'ORGANIZER' }
    expect(truthOf({ ...asked, measure: 'C1', column: 'people' })).toEqual(distinct(season, (t) => t.organizer, holderOf))
    const pair = (t: Transaction) => `${t.organizer} ${t.holder}`
    const known = new Set(visits.filter(({ occurredOn }) => occurredOn < '2024-09-01').map(pair))
    const news = truthOf({ ...asked, measure: 'C3', column: 'people', dimensions: ['state'] }).filter((text) =>
      text.includes(' NEW '),
    )
    expect(news).toEqual(
      distinct(
        season.filter((t) => !known.has(pair(t))),
        (t) => `${t.organizer} NEW`,
        holderOf,
      ),
    )
    const checkins = counted.filter(({ kind }) => kind === 'CHECKIN').filter(inYear('2024'))
    const hours = truthOf({ measure: 'C7', column: 'checkins', period: '2024', place: 'ALL', dimensions: ['weekday', 'hour'] })
    expect(hours.reduce((all, text) => all + Number(text.split(' ').at(-1)), 0)).toBe(checkins.length)
  })

  test('has parts that add up to their totals, no cell twice and none that is empty', () => {
    const keys = cells.map(({ value: _value, ...cell }) => JSON.stringify(cell))
    expect(new Set(keys).size).toBe(keys.length)
    expect(cells.filter(({ value }) => !(value > 0))).toEqual([])
    const sum = (place: string) =>
      truthOf({ measure: 'A9', column: 'people', period: '2025', place, dimensions: ['tariff', 'state'] }).reduce(
        (all, text) => all + Number(text.split(' ').at(-1)),
        0,
      )
    expect(sum('MUNICIPALITY')).toBe(sum('ALL'))
  })

  test('tells only of the measures that are asked for', () => {
    const some = new Truth(history, ['D7', 'A1'])
    for (const day of new History(world).days()) some.observe(day)
    some.finish()
    expect(new Set(some.take().map(({ measure }) => measure))).toEqual(new Set(['A1', 'D7']))
  })
})
