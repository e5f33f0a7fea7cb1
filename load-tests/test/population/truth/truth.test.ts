import { parseDay, type Transaction } from '@zuil/core'
import { describe, expect, test } from 'vitest'
import { History } from '../../../population/history/history.ts'
import type { TruthCell } from '../../../population/truth/tally.ts'
import { Truth } from '../../../population/truth/truth.ts'
import { makeWorld } from '../../../population/world.ts'

/** Counts again from the records alone, the slow way: what was taken back is known from the voids, not from the generator. */
const world = makeWorld({
  seed: 11,
  holders: 1_500,
  from: parseDay('2023-07-01') ?? 0,
  until: parseDay('2025-03-01') ?? 0,
  regions: ['Hasselt', 'Maasland'],
})
const history = new History(world)
const truth = new Truth(world, history.state)
const stored = new Map<string, Transaction>()
for (const day of history.days()) {
  truth.observe(day)
  for (const { position, record } of day.records) {
    if (record.kind === 'transaction') stored.set(`${position.ms}-${position.sequence}`, record.transaction)
    if (record.kind === 'void') stored.delete(record.position)
  }
}
const counted = [...stored.values()].filter(({ flags }) => flags.length === 0)
const checkins = counted.filter(({ kind }) => kind === 'CHECKIN')
const cells = truth.cells()

function truthOf(measure: string, figure: string): [string, number][] {
  return cells
    .filter((cell) => cell.measure === measure && cell.figure === figure)
    .map(({ dimensions, value }): [string, number] => [Object.values(dimensions).join(' '), value])
    .sort()
}

/** Sizes of the groups, each key counted once. */
function distinct(
  items: readonly Transaction[],
  cellOf: (t: Transaction) => string,
  keyOf: (t: Transaction) => string,
): [string, number][] {
  return [...Map.groupBy(items, cellOf)].map(([cell, of]): [string, number] => [cell, new Set(of.map(keyOf)).size]).sort()
}

const tariff = (t: Transaction) => (t.socialTariff === 'ACTIVE' || t.socialTariff === 'GRACE' ? 'KT' : 'OTHER')
const participation = (t: Transaction) => `${t.holder} ${t.eventNumber} ${t.occurredOn}`
const year = (t: Transaction) => t.occurredOn.slice(0, 4)
const month = (t: Transaction) => t.occurredOn.slice(0, 7)
const holder = (t: Transaction) => String(t.holder)

describe('the truth of a history', () => {
  test('has participations and active holders by home and tariff group', () => {
    // a participation has the tariff group of its first check-in, and no limit lets a second one in on the same day
    const cell = (t: Transaction) => `${year(t)} ${t.homeNis} ${tariff(t)}`
    expect(truthOf('A5', 'participations')).toEqual(distinct(checkins, cell, participation))
    expect(truthOf('A5', 'active-holders')).toEqual(distinct(checkins, cell, holder))
  })

  test('has who goes where, before and after the merger of Hasselt', () => {
    const cell = (t: Transaction) => `${year(t)} ${t.homeNis} ${t.venueNis}`
    expect(truthOf('B2', 'participations')).toEqual(distinct(checkins, cell, participation))
    expect(truthOf('B2', 'holders')).toEqual(distinct(checkins, cell, holder))
    const homes = new Set(truthOf('B2', 'holders').map(([key]) => key.slice(0, 10)))
    expect([homes.has('2024 71022'), homes.has('2025 71022'), homes.has('2025 71072')]).toEqual([true, false, true])
  })

  test('has the public of each organizer by month', () => {
    const cell = (t: Transaction) => `${month(t)} ${t.organizer}`
    expect(truthOf('C1', 'participations')).toEqual(distinct(checkins, cell, participation))
    expect(truthOf('C1', 'holders')).toEqual(distinct(checkins, cell, holder))
  })

  test('counts evidence of tickets and check-ins together', () => {
    const people = counted.filter(({ kind, exchange, birthYear }) => {
      return kind === 'CHECKIN' || (kind === 'TICKET_SALE' && exchange?.tariff === 'SOCIALTARIFF' && birthYear > 0)
    })
    const total = (list: readonly [string, number][]) => list.reduce((sum, [, value]) => sum + value, 0)
    expect(total(truthOf('A5', 'participations-all-evidence'))).toBe(new Set(people.map(participation)).size)
  })

  test('has the money of tickets to the cent', () => {
    const sold = counted.filter(({ kind, exchange }) => kind === 'TICKET_SALE' && exchange?.tariff === 'SOCIALTARIFF')
    const sum = (part: string) =>
      truthOf('A12', 'cents').reduce((all, [key, value]) => all + (key.endsWith(` ${part}`) ? value : 0), 0)
    const owed = sold.reduce((all, { exchange }) => all + (exchange?.localGovernmentShare ?? 0), 0)
    expect(sum('local-government')).toBe(owed)
    expect(truthOf('B4', 'cents').reduce((all, [, value]) => all + value, 0)).toBe(owed)
    expect(sum('participant') + sum('organizer') + sum('local-government')).toBe(sum('regular-price'))
  })

  test('has points that add up to the balances', () => {
    const flows = truthOf('D10', 'points').reduce((all, [key, value]) => all + (key.endsWith('redeemed') ? -value : value), 0)
    expect(flows).toBe(counted.reduce((all, { points }) => all + points, 0))
  })

  test('has new holders once, and cohorts that begin with them', () => {
    const news = truthOf('A9', 'new').reduce((all, [, value]) => all + value, 0)
    expect(news).toBe(new Set(checkins.map(holder)).size)
    const beginnings = truthOf('A10', 'active-members').filter(([key]) => key.endsWith(' 0'))
    expect(beginnings.map(([, value]) => value)).toEqual(truthOf('A9', 'new').map(([, value]) => value))
  })

  test('has the passholders at the end of a year', () => {
    const total = truthOf('A1', 'valid-holders')
      .filter(([key]) => key.startsWith('2024'))
      .reduce((all, [, value]) => all + value, 0)
    const groups = Array.from(world.people.traits).filter((traits) => (traits & 1) === 1).length
    const later = Array.from(world.people.joinedOn).filter(
      (day, i) => day >= (parseDay('2025-01-01') ?? 0) && ((world.people.traits[i] ?? 0) & 1) === 0,
    )
    expect(total).toBe(world.people.count - groups - later.length)
  })

  test('has no cell twice', () => {
    const keys = cells.map(({ measure, figure, dimensions }: TruthCell) => JSON.stringify([measure, figure, dimensions]))
    expect(new Set(keys).size).toBe(keys.length)
  })
})
