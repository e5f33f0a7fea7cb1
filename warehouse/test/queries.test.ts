import { DAY_MS, NO_EXCHANGE, type Transaction } from '@zuil/core'
import { projectionOfMunicipality } from '@zuil/core/contracts/projection'
import { projectionRow } from '@zuil/core/contracts/projection-row'
import { refusalRows } from '@zuil/core/contracts/refusal-row'
import {
  balances,
  balancesOf,
  type LimitCount,
  lastLoaded,
  limitCounts,
  nowFigures,
  transactionById,
  transactionsWithRequest,
  voidedTransactions,
  type Warehouse,
} from '@zuil/warehouse'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FreshWarehouse, freshEmbedded } from './fresh-warehouse.ts'
import { idOf, MORNING, positionOf, transactionLine } from './transaction-lines.ts'

let place: FreshWarehouse
let warehouse: Warehouse

beforeAll(async () => {
  place = await freshEmbedded()
  warehouse = place.warehouse
})

afterAll(async () => {
  await place[Symbol.asyncDispose]()
})

beforeEach(async () => {
  for (const table of ['transactions', 'refusals', 'municipalities'] as const) await warehouse.truncate(table)
})

const DAYS = { from: '2026-11-14', to: '2026-11-22' }

describe('A transaction by its id', () => {
  it('comes back as it was decided', async () => {
    await warehouse.insert('transactions', [
      transactionLine({ sequence: 4, transaction: { memberships: [1, 9], request: 'a.b' } }),
    ])
    const stored = await transactionById(warehouse, idOf({ sequence: 4 }), DAYS)
    expect(stored).toEqual({
      id: idOf({ sequence: 4 }),
      voided: false,
      recordedAt: positionOf({}).ms,
      versionedAt: positionOf({}).ms,
      lane: 0,
      transaction: {
        kind: 'CHECKIN',
        programme: 'uitpas',
        occurredAt: MORNING,
        occurredOn: '2026-11-21',
        channel: 'KIOSK',
        holder: 4,
        card: 9,
        homeNis: 44021,
        homePostalCode: '9000',
        birthYear: 1984,
        socialTariff: 'NONE',
        memberships: [1, 9],
        event: '54cd3bfb-5a6e-49d6-9b4b-0d5b1f5b2f7a',
        eventNumber: 3,
        eventType: '0.5.0.0.0',
        eventTheme: '',
        eventCardSystems: [1],
        organizer: '5b2e5c2e-9a2b-4a75-9a0a-9b1f0a5d2c11',
        location: '',
        venueNis: 44021,
        device: 'kiosk-1',
        client: '',
        points: 1,
        limitPeriod: 'DAY',
        flags: [],
        request: 'a.b',
      } satisfies Transaction,
    })
  })

  it('is found when it is void, before and after a merge', async () => {
    await warehouse.insert('transactions', [transactionLine({ sequence: 4 })])
    await warehouse.insert('transactions', [transactionLine({ sequence: 4, voided: true, range: 2 })])
    const expected = { voided: true, recordedAt: positionOf({}).ms, versionedAt: positionOf({}).ms + 1_000 }
    expect(await transactionById(warehouse, idOf({ sequence: 4 }), DAYS)).toMatchObject(expected)
    await warehouse.mergeMonth(202611)
    expect(await transactionById(warehouse, idOf({ sequence: 4 }), DAYS)).toMatchObject(expected)
  })

  it('is not found outside the days, nor when there is none', async () => {
    await warehouse.insert('transactions', [transactionLine({ sequence: 4 })])
    expect(await transactionById(warehouse, idOf({ sequence: 4 }), { from: '2026-11-22', to: '2026-11-30' })).toBeUndefined()
    expect(await transactionById(warehouse, idOf({ sequence: 5 }), DAYS)).toBeUndefined()
  })
})

describe('Balances', () => {
  it('are the points of the transactions that are not void, also when a range was loaded twice', async () => {
    const lines = [
      transactionLine({ sequence: 1, transaction: { holder: 7, points: 3 } }),
      transactionLine({ sequence: 2, transaction: { holder: 7, points: 2 } }),
      transactionLine({ sequence: 3, transaction: { holder: 8, points: 5 } }),
      transactionLine({ sequence: 4, transaction: { holder: 9, points: 1 } }),
    ]
    await warehouse.insert('transactions', lines)
    await warehouse.insert('transactions', lines)
    await warehouse.insert('transactions', [
      transactionLine({ sequence: 4, range: 2, voided: true, transaction: { holder: 9, points: 1 } }),
    ])
    expect(sorted(await collect(balances(warehouse)))).toEqual([
      { holder: 7, programme: 'uitpas', points: 5 },
      { holder: 8, programme: 'uitpas', points: 5 },
    ])
    expect(await balancesOf(warehouse, [7, 9, 10])).toEqual([{ holder: 7, programme: 'uitpas', points: 5 }])
  })
})

describe('Counts of limits', () => {
  const NOON = MORNING + 3 * 3_600_000

  it('fall into the calendar buckets of core', async () => {
    const transactions: Partial<Transaction>[] = [
      { limitPeriod: 'DAY' },
      { limitPeriod: 'DAY' },
      { limitPeriod: 'WEEK' },
      { limitPeriod: 'MONTH' },
      { limitPeriod: 'QUARTER' },
      { limitPeriod: 'YEAR', occurredAt: Date.UTC(2026, 0, 1), occurredOn: '2026-01-01' },
      { limitPeriod: 'ABSOLUTE', occurredAt: Date.UTC(2020, 5, 1), occurredOn: '2020-06-01' },
      { limitPeriod: '' },
      {
        kind: 'REDEMPTION',
        limitPeriod: '',
        exchange: { ...NO_EXCHANGE, rewardNumber: 8, takes: ['redeemed/8 DAY', '~stock ABSOLUTE'] },
      },
      {
        kind: 'TICKET_SALE',
        limitPeriod: '',
        exchange: { ...NO_EXCHANGE, takes: ['sales/3 WEEK', '@tickets ABSOLUTE'] },
      },
    ]
    await warehouse.insert(
      'transactions',
      transactions.map((transaction, sequence) => transactionLine({ sequence, transaction: { holder: 1, ...transaction } })),
    )
    const counts = await collect(limitCounts(warehouse, NOON))
    expect(
      counts.map(({ owner, counter, period, bucket, count }) => `${owner} ${counter} ${period} ${bucket} ${count}`).sort(),
    ).toEqual([
      '1 checkins/3 ABSOLUTE  1',
      '1 checkins/3 DAY 2026-11-21 2',
      '1 checkins/3 MONTH 2026-11 1',
      '1 checkins/3 QUARTER 2026-Q4 1',
      '1 checkins/3 WEEK 2026-W47 1',
      '1 checkins/3 YEAR 2026 1',
      '1 redeemed/8 DAY 2026-11-21 1',
      '1 sales/3 WEEK 2026-W47 1',
      '3 tickets ABSOLUTE  1',
      '8 stock ABSOLUTE  1',
    ])
    expect(counts.find(({ period }) => period === 'DAY')).toEqual({
      owner: 1,
      counter: 'checkins/3',
      period: 'DAY',
      bucket: '2026-11-21',
      endsAt: Date.UTC(2026, 10, 21, 23),
      count: 2,
    } satisfies LimitCount)
  })

  it('leave out what is void or flagged, and buckets that no device can bring a fact of any more', async () => {
    const old = { occurredAt: MORNING - 9 * DAY_MS, occurredOn: '2026-11-12' }
    const recent = { occurredAt: MORNING - 6 * DAY_MS, occurredOn: '2026-11-15' }
    await warehouse.insert('transactions', [
      transactionLine({ sequence: 1, transaction: { flags: ['LATE'] } }),
      transactionLine({ sequence: 2 }),
      transactionLine({ sequence: 3, transaction: old }),
      transactionLine({ sequence: 4, transaction: recent }),
    ])
    await warehouse.insert('transactions', [transactionLine({ sequence: 2, range: 2, voided: true })])
    expect((await collect(limitCounts(warehouse, NOON))).map(({ owner, bucket }) => [owner, bucket])).toEqual([[4, '2026-11-15']])
    expect(await collect(voidedTransactions(warehouse))).toEqual([{ id: idOf({ sequence: 2 }), holder: 2 }])
  })
})

describe('Transactions with a request key', () => {
  it('are those since a moment, void or not, in their latest version', async () => {
    await warehouse.insert('transactions', [
      transactionLine({ sequence: 1, transaction: { request: 'one.x' } }),
      transactionLine({ sequence: 2, transaction: { request: 'two.x' } }),
      transactionLine({ sequence: 3 }),
    ])
    await warehouse.insert('transactions', [
      transactionLine({ sequence: 2, range: 2, voided: true, transaction: { request: 'two.x' } }),
    ])
    const since = positionOf({}).ms
    const stored = await collect(transactionsWithRequest(warehouse, since, DAYS))
    expect(stored.map(({ id, voided, transaction }) => [id, voided, transaction.request]).sort()).toEqual([
      [idOf({ sequence: 1 }), false, 'one.x'],
      [idOf({ sequence: 2 }), true, 'two.x'],
    ])
    expect(await collect(transactionsWithRequest(warehouse, since + 1, DAYS))).toEqual([])
  })
})

describe('The figures of now', () => {
  // 00:30 on 22 November in Brussels: the last hour began on the day before
  const NOW = Date.UTC(2026, 10, 21, 23, 30, 20)
  const checkin = (sequence: number, occurredAt: number, transaction: Partial<Transaction> = {}) =>
    transactionLine({
      sequence,
      transaction: {
        occurredAt,
        occurredOn: occurredAt < Date.UTC(2026, 10, 21, 23) ? '2026-11-21' : '2026-11-22',
        ...transaction,
      },
    })

  it('count the last hour by minute over midnight, and today by channel and municipality', async () => {
    await warehouse.insert('municipalities', [municipalityLine(44021, 'Gent'), municipalityLine(11002, 'Antwerpen')])
    await warehouse.insert('transactions', [
      checkin(1, NOW),
      checkin(2, NOW - 20_000, { channel: 'COUNTER', points: 4 }),
      checkin(3, NOW - 60_000, { venueNis: 99 }),
      checkin(4, NOW - 59 * 60_000),
      checkin(5, NOW - 61 * 60_000),
      checkin(6, NOW - 60_000),
    ])
    await warehouse.insert('transactions', [
      transactionLine({
        sequence: 6,
        range: 2,
        voided: true,
        transaction: { occurredAt: NOW - 60_000, occurredOn: '2026-11-22' },
      }),
    ])
    await warehouse.insert('refusals', [
      ...refusalLines(NOW, ['maximum-reached', 2], ['not-active', 3]),
      ...refusalLines(NOW - DAY_MS, ['maximum-reached', 50]),
    ])
    expect(await nowFigures(warehouse, NOW)).toEqual({
      asOf: NOW,
      day: '2026-11-22',
      minutes: [
        { minute: Date.UTC(2026, 10, 21, 22, 31), checkins: 1 },
        { minute: Date.UTC(2026, 10, 21, 23, 29), checkins: 1 },
        { minute: Date.UTC(2026, 10, 21, 23, 30), checkins: 2 },
      ],
      channels: [
        { channel: 'KIOSK', checkins: 2 },
        { channel: 'COUNTER', checkins: 1 },
      ],
      venues: [
        { nis: 44021, name: 'Gent', checkins: 2 },
        { nis: 99, name: '', checkins: 1 },
      ],
      refusals: [
        { reason: 'not-active', refusals: 3 },
        { reason: 'maximum-reached', refusals: 2 },
      ],
      totals: { checkins: 3, points: 6, refusals: 5 },
    })
  })

  it('use the latest name of a municipality', async () => {
    await warehouse.insert('municipalities', [municipalityLine(44021, 'Gand', 0), municipalityLine(44021, 'Gent', 1)])
    await warehouse.insert('transactions', [checkin(1, NOW)])
    expect((await nowFigures(warehouse, NOW)).venues).toEqual([{ nis: 44021, name: 'Gent', checkins: 1 }])
  })

  it('are zero when nothing happened', async () => {
    expect(await nowFigures(warehouse, NOW)).toMatchObject({
      minutes: [],
      channels: [],
      totals: { checkins: 0, points: 0, refusals: 0 },
    })
  })
})

describe('The last load', () => {
  it('is the highest range of each lane', async () => {
    await warehouse.insert('transactions', [
      transactionLine({ sequence: 1, range: 4 }),
      transactionLine({ sequence: 2, range: 5 }),
      transactionLine({ sequence: 1, lane: 2, range: 9 }),
    ])
    const versionedAt = positionOf({}).ms
    expect(await lastLoaded(warehouse, '2026-11-20')).toEqual([
      { lane: 0, range: 5, versionedAt },
      { lane: 2, range: 9, versionedAt },
    ])
  })
})

describe('The history of a dimension', () => {
  it('says from when to when each row held', async () => {
    await warehouse.insert('municipalities', [municipalityLine(44021, 'Gand', 0), municipalityLine(44021, 'Gent', 3)])
    const sql = `SELECT name, toUnixTimestamp64Milli(valid_from) AS validFrom, toString(valid_to) AS validTo
FROM municipalities_history ORDER BY valid_from, sequence`
    expect(await warehouse.query(sql, {}, 'test')).toEqual([
      { name: 'Gand', validFrom: MORNING, validTo: '2026-11-21 09:00:00.000' },
      { name: 'Gent', validFrom: MORNING, validTo: '2299-12-31 00:00:00.000' },
    ])
    expect(await warehouse.query('SELECT name FROM municipalities_now', {}, 'test')).toEqual([{ name: 'Gent' }])
  })
})

function municipalityLine(nis: number, name: string, sequence = nis): string {
  const municipality = {
    nis,
    name,
    postalCodes: ['9000'],
    latitude: 51.05,
    longitude: 3.72,
    inhabitants: 1,
    inhabitantsYear: 2025,
    mergedFrom: [],
  }
  return projectionRow({ lane: 0, ms: MORNING, sequence }, projectionOfMunicipality(municipality), { range: 1 }).line
}

function refusalLines(minute: number, ...reasons: readonly (readonly [reason: string, count: number])[]): readonly string[] {
  const counts = reasons.map(([reason, count]) => ({ reason, channel: 'KIOSK', organizer: '', venueNis: 0, count }))
  return refusalRows({ lane: 0, ms: minute, sequence: 0 }, { kind: 'refusals', minute, counts }, { range: 1 })
}

async function collect<Row>(portions: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  const rows: Row[] = []
  for await (const portion of portions) rows.push(...portion)
  return rows
}

function sorted<Row extends { readonly holder: number }>(rows: Row[]): Row[] {
  return rows.sort((a, b) => a.holder - b.holder)
}
