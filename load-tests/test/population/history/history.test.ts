import { createHash } from 'node:crypto'
import { type PeriodType, parseDay, periodBucket, type Transaction } from '@zuil/core'
import { describe, expect, test } from 'vitest'
import { History } from '../../../population/history/history.ts'
import type { HistoryRecord } from '../../../population/history/record.ts'
import { fileIdKey, transactionLine } from '../../../population/history/transaction-line.ts'
import { HOLDERS_MAX, makeWorld, POPULATION_VERSION, type WorldOptions } from '../../../population/world.ts'

const day = (text: string) => parseDay(text) ?? Number.NaN
const OPTIONS: WorldOptions = {
  seed: 7,
  holders: 3_000,
  from: day('2019-06-01'),
  until: day('2021-06-01'),
  regions: ['14', 'Leuven'],
}

function recordsOf(options: WorldOptions): HistoryRecord[] {
  return [...new History(makeWorld(options)).days()].flatMap(({ records }) => records)
}

function hashOf(records: readonly HistoryRecord[]): string {
  const hash = createHash('sha256')
  for (const record of records) hash.update(transactionLine(record, fileIdKey(7)) ?? JSON.stringify(record))
  return hash.digest('hex')
}

interface Counted {
  readonly transaction: Transaction
  readonly counts: 1 | -1
}

/** Transactions and their voids, in commit order. */
function countedOf(records: readonly HistoryRecord[]): Counted[] {
  return records.flatMap(({ record }): Counted[] => {
    if (record.kind === 'transaction') return [{ transaction: record.transaction, counts: 1 }]
    return record.kind === 'void' ? [{ transaction: record.transaction, counts: -1 }] : []
  })
}

/** What the simulated world lets one holder, or all of them where it is stock, take in a period. */
function mostOf(name: string, { exchange }: Transaction): number {
  const [kind = ''] = name.split('/')
  switch (kind) {
    case 'sales':
      return 4
    case 'sales-of':
      return 12
    case 'quota':
      return 60
    case '~stock':
      return world.rewards[(exchange?.rewardNumber ?? 0) - 1]?.unitsMax ?? Number.POSITIVE_INFINITY
    case 'redeemed':
    case 'granted':
    case 'bonus':
      return 1
    default:
      return 2
  }
}

const world = makeWorld(OPTIONS)
const records = recordsOf(OPTIONS)
const counted = countedOf(records)
const transactions = records.flatMap(({ record }) => (record.kind === 'transaction' ? [record.transaction] : []))

describe('a history', () => {
  test('is the same to the byte with the same options, and another one with another seed', () => {
    const hash = hashOf(records)
    expect(hashOf(recordsOf(OPTIONS))).toBe(hash)
    expect(hashOf(recordsOf({ ...OPTIONS, seed: 8 }))).not.toBe(hash)
  })

  test('is the one of this version of the population: who makes another one raises the version', () => {
    expect({ version: POPULATION_VERSION, hash: hashOf(records) }).toEqual({
      version: 2,
      hash: '0d5fdcf46c337d39a49423329fb078947d0980bd565c46a6f86e3f6ffd86f7d0',
    })
  })

  test('stands in the order of the journal, each record at a position of its own', () => {
    const isAfter = (index: number) => {
      const [a, b] = [records[index - 1]?.position, records[index]?.position]
      return a && b && (b.ms > a.ms || (b.ms === a.ms && b.sequence > a.sequence))
    }
    expect(records.findIndex((_, index) => index > 0 && !isAfter(index))).toBe(-1)
  })

  test('has every kind of transaction, void, refusal and registry change', () => {
    const kinds = new Set([...transactions.map(({ kind }) => kind), ...records.map(({ record }) => record.kind)])
    expect([...kinds].sort()).toEqual(
      ['BONUS', 'CHECKIN', 'GRANT', 'REDEMPTION', 'TICKET_SALE', 'projection', 'refusals', 'transaction', 'void'].sort(),
    )
  })

  test('never takes a balance below zero by a redemption (P2)', () => {
    const balances = new Map<string, number>()
    const tooLow = counted.filter(({ transaction: { holder, programme, points, kind }, counts }) => {
      const key = `${holder} ${programme}`
      const balance = (balances.get(key) ?? 0) + counts * points
      balances.set(key, balance)
      return kind === 'REDEMPTION' && counts === 1 && balance < 0
    })
    expect(tooLow).toEqual([])
  })

  test('never has more check-ins of one holder at one event in a day or week than the limit of one (P3)', () => {
    const taken = new Map<string, number>()
    const tooMany = counted.filter(({ transaction: t, counts }) => {
      if (t.kind !== 'CHECKIN' || t.limitPeriod === '' || t.flags.length > 0) return false
      const key = `${t.holder} ${t.eventNumber} ${periodBucket(t.limitPeriod, t.occurredAt).key}`
      taken.set(key, (taken.get(key) ?? 0) + counts)
      return (taken.get(key) ?? 0) > 1
    })
    expect(tooMany).toEqual([])
  })

  test('never takes more of a ticket, quota, coupon or reward in a period than its limit lets (P3)', () => {
    const taken = new Map<string, number>()
    const tooMany: string[] = []
    for (const { transaction: t, counts } of counted) {
      for (const take of t.exchange?.takes ?? []) {
        const [name = '', period = ''] = take.split(' ')
        const owner = name.startsWith('~') ? `reward ${t.exchange?.rewardNumber}` : `holder ${t.holder}`
        // a period of the rules is one of core's, as the take was made by it
        const key = `${name} ${owner} ${periodBucket(period as PeriodType, t.occurredAt).key}`
        taken.set(key, (taken.get(key) ?? 0) + counts)
        if ((taken.get(key) ?? 0) > mostOf(name, t)) tooMany.push(key)
      }
    }
    expect(tooMany).toEqual([])
    expect(new Set([...taken.keys()].map((key) => key.split(/[ /]/)[0])).size).toBeGreaterThan(4)
  })

  test('shares the price of each ticket to the cent', () => {
    const wrong = transactions.filter(({ exchange: e }) => {
      return e && e.price + e.organizerShare + e.localGovernmentShare + e.flemishGovernmentShare !== e.regularPrice
    })
    expect(wrong).toEqual([])
  })

  test('falls quiet while the doors are closed', () => {
    const visitsIn = (month: string) => transactions.filter((t) => t.kind === 'CHECKIN' && t.occurredOn.startsWith(month)).length
    expect(visitsIn('2020-04')).toBeLessThan(visitsIn('2020-02') / 10)
  })

  test('has nobody from Dilsen-Stokkem or Lanaken before September 2020, when they joined Maasmechelen', () => {
    const [before, after] = ['2020-09-07', '9999'].map(
      (until) => new Set(transactions.filter((t) => t.occurredOn < until).map((t) => t.homeNis)),
    )
    expect([before?.has(73107), before?.has(72041), before?.has(73042)]).toEqual([true, false, false])
    expect([after?.has(72041), after?.has(73042)]).toEqual([true, true])
  })

  test('has rights in grace after 30 April, and ended ones a month later', () => {
    const statesIn = (month: string) =>
      new Set(transactions.filter((t) => t.occurredOn.startsWith(month)).map((t) => t.socialTariff))
    expect(statesIn('2021-04').has('GRACE')).toBe(false)
    expect(statesIn('2021-05').has('GRACE')).toBe(true)
    expect(statesIn('2020-08').has('EXPIRED')).toBe(true)
  })

  test('tells of some check-ins late, and flags what came too late', () => {
    const uploads = records.filter(({ record }) => record.kind === 'transaction' && record.transaction.channel === 'BATCH')
    const lateMs = uploads.map(
      ({ position, record }) => position.ms - (record.kind === 'transaction' ? record.transaction.occurredAt : 0),
    )
    expect(Math.max(...lateMs)).toBeGreaterThan(86_400_000)
    expect(transactions.some(({ flags }) => flags.includes('LATE'))).toBe(true)
  })
})

describe('the card for children that was there before the pass', () => {
  const saved = countedOf(
    recordsOf({ seed: 3, holders: 800, from: day('2022-01-01'), until: day('2025-01-01'), regions: ['103'] }),
  )
  const replacedOn = '2024-01-08'

  test('is used until the pass comes, by those who are old enough not to be babies and young enough for it', () => {
    const days = saved.filter(({ transaction }) => transaction.programme === 'beleefpas').map(({ transaction }) => transaction)
    expect(days.length).toBeGreaterThan(100)
    expect(days.filter(({ occurredOn }) => occurredOn > replacedOn)).toEqual([])
    expect(
      days.filter(({ birthYear, occurredOn, flags }) => flags.length === 0 && Number(occurredOn.slice(0, 4)) - birthYear > 20),
    ).toEqual([])
  })

  test('hands its points over: each holder gets what was saved on it, once', () => {
    const before = new Map<number, number>()
    const carried = new Map<number, number>()
    for (const { transaction: t, counts } of saved) {
      if (t.programme === 'beleefpas' && t.occurredOn < replacedOn)
        before.set(t.holder, (before.get(t.holder) ?? 0) + counts * t.points)
      if (t.kind === 'BONUS' && t.exchange?.label.startsWith('Overgedragen'))
        carried.set(t.holder, (carried.get(t.holder) ?? 0) + t.points)
    }
    expect([...carried].filter(([holder, points]) => before.get(holder) !== points)).toEqual([])
    expect(carried.size).toBeGreaterThan(20)
  })
})

describe('a world', () => {
  test('that nobody can live in is refused by its reason', () => {
    expect(() => makeWorld({ ...OPTIONS, holders: HOLDERS_MAX + 1 })).toThrow(String(HOLDERS_MAX + 1))
    expect(() => makeWorld({ ...OPTIONS, regions: ['Atlantis'] })).toThrow('Atlantis')
    expect(() => makeWorld({ ...OPTIONS, until: OPTIONS.from })).toThrow('ends')
    expect(() => makeWorld({ ...OPTIONS, from: day('2012-01-01'), until: day('2012-02-01') })).toThrow('municipality')
  })
})
