import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { municipalityStatements, type SettlementDocument, type SettlementRefusalCode } from '@zuil/core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SettlementAccessLog } from '../../src/index.ts'
import {
  BY_USE,
  DILSEN,
  GENK,
  HALF,
  LANAKEN,
  MAASMECHELEN,
  MERGED,
  NOW,
  periodOf,
  type Sale,
  type SettledRegions,
  settledRegions,
} from './settled-regions.ts'

let regions: SettledRegions
let next = 14
beforeAll(async () => {
  regions = await settledRegions()
})
afterAll(async () => await regions?.[Symbol.asyncDispose]())

const Q1 = periodOf('2025-Q1')
const Q2 = periodOf('2025-Q2')

/** A card system that no other test has. */
async function freshRegion(...terms: Parameters<SettledRegions['region']>[1] & object): Promise<number> {
  await regions.region(next, terms)
  return next++
}

const refused = (code: SettlementRefusalCode) => expect.objectContaining({ name: 'SettlementRefusal', code })
const sums = ({ lines }: Pick<SettlementDocument, 'lines'>) =>
  lines.reduce((all, line) => ({ tickets: all.tickets + line.tickets, cents: all.cents + line.localGovernment }), {
    tickets: 0,
    cents: 0,
  })

describe('A period that is closed', () => {
  test('stays as it was; what was taken back or came late since is a correction of the next one', async () => {
    const cardSystem = await freshRegion(HALF)
    const sale = (day: string, payer: number): Sale => ({ cardSystem, day, payer })
    const taken = sale('2025-01-15', LANAKEN)
    const [number = 0] = await regions.sell(taken, sale('2025-02-03', MAASMECHELEN), sale('2025-05-02', DILSEN))
    const desk = regions.desk()
    const first = await desk.close({ cardSystem, period: Q1, by: 'officer' })
    expect(first).toMatchObject({
      period: '2025-Q1',
      region: `Regio ${cardSystem}`,
      closing: { number: 1, closedAt: NOW, closedBy: 'officer' },
    })
    expect(sums(first)).toEqual({ tickets: 2, cents: 800 })

    await regions.takeBack([[number, taken]])
    await regions.sell(sale('2025-03-31', GENK))
    expect(await desk.settlement(cardSystem, Q1)).toEqual(first)
    const second = await desk.close({ cardSystem, period: Q2, by: 'officer' })
    expect(
      second.lines.map(({ kind, origin, payer, tickets, localGovernment }) => [kind, origin, payer, tickets, localGovernment]),
    ).toEqual([
      ['LATE', '2025-Q1', GENK, 1, 400],
      ['VOIDED', '2025-Q1', LANAKEN, -1, -400],
      ['SOLD', '2025-Q2', DILSEN, 1, 400],
    ])
    expect(municipalityStatements(second).reduce((sum, { balance }) => sum + balance, 0)).toBe(0)
    expect((await desk.closings(cardSystem)).map(({ period }) => period)).toEqual(['2025-Q1', '2025-Q2'])
  })

  test('is the same after the warehouse lost every copy, and so is what is settled next', async () => {
    const cardSystem = await freshRegion(BY_USE)
    await regions.sell({ cardSystem, day: '2025-01-15', payer: LANAKEN }, { cardSystem, day: '2025-04-15', payer: DILSEN })
    const closed = await regions.desk().close({ cardSystem, period: Q1, by: 'officer' })
    const open = await regions.desk().settlement(cardSystem, Q2)
    for (const table of ['settlement_closings', 'settlement_tickets'])
      await regions.warehouse.change(`TRUNCATE TABLE ${table}`, {}, 'test')
    expect(await regions.desk().settlement(cardSystem, Q2)).toEqual(open)
    for (const table of ['settlement_closings', 'settlement_tickets'])
      await regions.warehouse.change(`TRUNCATE TABLE ${table}`, {}, 'test')
    expect(await regions.desk().bringUp()).toBeGreaterThan(0)
    expect(await regions.desk().bringUp()).toBe(0)
    expect(await regions.desk().settlement(cardSystem, Q1)).toEqual(closed)
    const sql = 'SELECT sum(local_government_share) AS cents FROM settlement_lines WHERE card_system = {cardSystem:UInt32}'
    expect(await regions.warehouse.query(sql, { cardSystem }, 'test')).toEqual([{ cents: 400 }])
  })

  test('is not closed twice, and two that close at once take no ticket twice', async () => {
    const cardSystem = await freshRegion(HALF)
    await regions.sell({ cardSystem, day: '2025-01-15', payer: LANAKEN })
    const desk = regions.desk()
    const order = { cardSystem, period: Q1, by: 'officer' }
    const [once, twice] = await Promise.allSettled([desk.close(order), desk.close({ ...order, by: 'other' })])
    expect(once).toMatchObject({ status: 'fulfilled', value: { closing: { number: 1 } } })
    expect(twice).toMatchObject({
      status: 'rejected',
      reason: { code: 'ALREADY_CLOSED', message: expect.stringContaining('by officer') },
    })
  })

  test('is closed as it was looked at: what changed in between is looked at again', async () => {
    const cardSystem = await freshRegion(HALF)
    await regions.sell({ cardSystem, day: '2025-01-15', payer: LANAKEN })
    const desk = regions.desk()
    const seen = JSON.stringify((await desk.settlement(cardSystem, Q1)).lines)
    const order = {
      cardSystem,
      period: Q1,
      by: 'officer',
      isAsSeen: ({ lines }: SettlementDocument) => JSON.stringify(lines) === seen,
    }
    await regions.sell({ cardSystem, day: '2025-01-16', payer: LANAKEN })
    await expect(desk.close(order)).rejects.toEqual(refused('CHANGED'))
    expect(await desk.closings(cardSystem)).toEqual([])
  })

  test('that somebody changed on disk is not believed', async () => {
    const cardSystem = await freshRegion(HALF)
    await regions.sell({ cardSystem, day: '2025-01-15', payer: LANAKEN }, { cardSystem, day: '2025-04-15', payer: LANAKEN })
    const desk = regions.desk()
    await desk.close({ cardSystem, period: Q1, by: 'officer' })
    await desk.close({ cardSystem, period: Q2, by: 'officer' })
    const folder = join(regions.folder, 'settlements', String(cardSystem))
    expect((await readdir(folder)).sort()).toEqual([
      '0001.json',
      '0001.tickets.ndjson.zst',
      '0002.json',
      '0002.tickets.ndjson.zst',
    ])
    const path = join(folder, '0001.json')
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace('"localGovernment": 400', '"localGovernment": 300'))
    await expect(desk.settlement(cardSystem, Q1)).rejects.toMatchObject({ code: 'settlement-record-damaged' })
    const lastPath = join(folder, '0002.json')
    const last = await readFile(lastPath, 'utf8')
    await writeFile(lastPath, last.replace('"payer": 73042', '"payer": 73107'))
    await expect(desk.settlement(cardSystem, Q1)).rejects.toMatchObject({ code: 'settlement-record-damaged' })
    await writeFile(lastPath, last)
    await rename(path, `${path}.away`)
    await expect(desk.settlement(cardSystem, Q1)).rejects.toMatchObject({ code: 'settlement-record-damaged' })
    // the other tests bring everything up
    await writeFile(path, text)
    expect(await desk.settlement(cardSystem, Q1)).toMatchObject({ period: '2025-Q1' })
  })
})

test('Over any history the closings of a real warehouse hold each ticket that is there once, and no other', async () => {
  const payers = [LANAKEN, MAASMECHELEN, DILSEN, GENK, MERGED]
  const told = fc.array(
    fc.record({
      month: fc.integer({ min: 1, max: 9 }),
      payer: fc.constantFrom(...payers),
      organizer: fc.constantFrom('zaal', 'bib', 'ZAAL'),
      cents: fc.nat(2_000),
      late: fc.nat(2),
      stays: fc.integer({ min: 1, max: 4 }),
    }),
    { minLength: 5, maxLength: 20 },
  )
  await fc.assert(
    fc.asyncProperty(told, async (history) => {
      const cardSystem = await freshRegion(HALF)
      const sales = history.map(({ month, late, stays, ...sale }) => ({
        sale: { ...sale, cardSystem, day: `2025-0${month}-11` },
        known: Math.ceil(month / 3) + late,
        gone: Math.ceil(month / 3) + late + stays,
      }))
      const numbers = new Map<(typeof sales)[number], number>()
      const documents: SettlementDocument[] = []
      for (const quarter of [1, 2, 3, 4]) {
        const known = sales.filter((each) => each.known === quarter)
        const sold = await regions.sell(...known.map(({ sale }) => sale))
        for (const [index, each] of known.entries()) numbers.set(each, sold[index] ?? 0)
        const gone = sales.filter((each) => each.gone === quarter)
        await regions.takeBack(gone.map((each) => [numbers.get(each) ?? 0, each.sale]))
        documents.push(await regions.desk().close({ cardSystem, period: periodOf(`2025-Q${quarter}`), by: 'officer' }))
      }
      const there = sales.filter(({ known, gone }) => known <= 4 && gone > 4)
      const cents = there.reduce((sum, { sale }) => sum + sale.cents, 0)
      expect(sums({ lines: documents.flatMap(({ lines }) => lines) })).toEqual({ tickets: there.length, cents })
      for (const document of documents) {
        const statements = municipalityStatements(document)
        expect(statements.reduce((sum, { balance }) => sum + balance, 0)).toBe(0)
        expect(statements.some(({ nis }) => nis === MERGED)).toBe(false)
      }
    }),
    { numRuns: 4 },
  )
})

describe('What is odd is said', () => {
  test('an organizer that moved, shares that changed and a holder from nowhere are to be accepted, and stand in the closing', async () => {
    const cardSystem = await freshRegion(HALF)
    await regions.organizer('circus', LANAKEN)
    await regions.organizer('circus', MAASMECHELEN, '2025-02-01T08:00:00Z')
    const sale = (day: string, members: Partial<Sale> = {}): Sale => ({
      cardSystem,
      day,
      payer: DILSEN,
      organizer: 'circus',
      ...members,
    })
    await regions.sell(
      sale('2025-01-15'),
      sale('2025-02-15'),
      sale('2025-03-01', { payer: 0 }),
      sale('2025-03-02', { participant: 100, cents: 500 }),
    )
    const desk = regions.desk()
    const order = { cardSystem, period: Q1, by: 'officer' }
    await expect(desk.close(order)).rejects.toEqual(refused('FINDINGS'))
    expect(await desk.closings(cardSystem)).toEqual([])
    const { findings, lines } = await desk.close({ ...order, accepted: true })
    expect(findings.map(({ code, subject }) => [code, subject])).toEqual([
      ['PAYER_UNKNOWN', ''],
      ['SHARES_CHANGED', String(cardSystem * 100)],
      ['ORGANIZER_MOVED', 'circus'],
    ])
    expect(lines.map(({ payer, host, tickets }) => [payer, host, tickets])).toEqual([
      [0, MAASMECHELEN, 1],
      [DILSEN, LANAKEN, 1],
      [DILSEN, MAASMECHELEN, 2],
    ])
  })

  test('tickets from before the first closing are no part of it, and are named', async () => {
    const cardSystem = await freshRegion(HALF)
    await regions.sell({ cardSystem, day: '2024-12-31', payer: LANAKEN }, { cardSystem, day: '2025-01-01', payer: LANAKEN })
    const document = await regions.desk().settlement(cardSystem, Q1)
    expect(sums(document)).toEqual({ tickets: 1, cents: 400 })
    expect(document.findings).toEqual([{ code: 'BEFORE_FIRST', subject: '2025-01-01', tickets: 1, cents: 400, detail: '' }])
    await regions.desk().close({ cardSystem, period: Q1, by: 'officer', accepted: true })
    expect((await regions.desk().settlement(cardSystem, Q2)).findings).toEqual([])
  })

  test('tickets from before are counted anew when a period is closed, not each time that somebody looks', async () => {
    const cardSystem = await freshRegion(HALF)
    const before = { cardSystem, day: '2024-12-31', payer: LANAKEN }
    await regions.sell(before, { cardSystem, day: '2025-01-01', payer: LANAKEN })
    const desk = regions.desk()
    const look = async () => (await desk.settlement(cardSystem, Q1)).findings.map(({ tickets }) => tickets)
    const first = await look()
    await regions.sell(before)
    expect([first, await look()]).toEqual([[1], [1]])
    const order = { cardSystem, period: Q1, by: 'officer', accepted: true }
    await expect(desk.close({ ...order, isAsSeen: () => false })).rejects.toEqual(refused('CHANGED'))
    expect(await look()).toEqual([2])
    expect((await desk.close(order)).findings).toMatchObject([{ code: 'BEFORE_FIRST', tickets: 2 }])
  })

  test('tickets from before are counted again behind whoever looks later, and before whoever looks after a day', async () => {
    const cardSystem = await freshRegion(HALF)
    const before = { cardSystem, day: '2024-12-31', payer: LANAKEN }
    await regions.sell(before, { cardSystem, day: '2025-01-01', payer: LANAKEN })
    let now = NOW
    const desk = regions.desk({ clock: () => now })
    const look = async () => (await desk.settlement(cardSystem, Q1)).findings.map(({ tickets }) => tickets)
    await desk.prepare()
    await regions.sell(before)
    expect(await look()).toEqual([1])
    now += 11 * 60_000
    expect(await look()).toEqual([1])
    await expect.poll(look).toEqual([2])
    await regions.sell(before)
    now += 25 * 60 * 60_000
    expect(await look()).toEqual([3])
  })

  test('with other percentages the tickets that were sold are shared again, and nothing is kept', async () => {
    const cardSystem = await freshRegion(BY_USE)
    await regions.sell({ cardSystem, day: '2025-01-15', payer: LANAKEN })
    const desk = regions.desk()
    const share = (basisPoints: number) => ({ type: 'SHARE', basisPoints }) as const
    const parts = {
      participant: share(2_500),
      localGovernment: share(5_500),
      flemishGovernment: share(0),
      organizer: share(2_000),
    }
    const whatIf = { parts, useBasisPoints: 0, organizersPaidBy: 'HOST' } as const
    const open = await desk.settlement(cardSystem, Q1, whatIf)
    expect(open).toMatchObject({
      whatIf,
      lines: [{ participant: 250, localGovernment: 550, organizerShare: 200, regularPrice: 1_000 }],
    })
    expect(open.shares.map(({ nis, advanced, borne }) => [nis, advanced, borne])).toEqual([
      [DILSEN, 0, 130],
      [LANAKEN, 0, 168],
      [MAASMECHELEN, 550, 252],
    ])
    const closed = await desk.close({ cardSystem, period: Q1, by: 'officer' })
    expect(closed.shares).toContainEqual({ origin: '2025-Q1', nis: LANAKEN, cost: 400, advanced: 400, borne: 400 })
    expect((await desk.settlement(cardSystem, Q1, whatIf)).shares).toEqual(open.shares)
    expect(await desk.settlement(cardSystem, Q1)).toEqual(closed)
  })
})

describe('What cannot add up is refused, and says what to do', () => {
  test.each<[SettlementRefusalCode, string, (cardSystem: number) => Promise<unknown>]>([
    ['UNKNOWN_REGION', 'a card system that the registry does not have', () => regions.desk().settlement(999_999, Q1)],
    [
      'NOT_OVER',
      'closing a period that runs',
      (cardSystem) => regions.desk().close({ cardSystem, period: periodOf('2026'), by: 'o' }),
    ],
    [
      'NOT_LOADED',
      'closing a period that is not loaded',
      (cardSystem) => regions.desk({ freshUntil: Date.parse('2025-03-31T21:59:59Z') }).close({ cardSystem, period: Q1, by: 'o' }),
    ],
    [
      'NOT_NEXT',
      'a period that leaves a gap',
      async (cardSystem) => {
        await regions.desk().close({ cardSystem, period: Q1, by: 'o' })
        await regions.desk().settlement(cardSystem, periodOf('2025-Q3'))
      },
    ],
    [
      'NOT_NEXT',
      'a period that overlaps a closed one',
      async (cardSystem) => {
        await regions.desk().close({ cardSystem, period: Q1, by: 'o' })
        await regions.desk().settlement(cardSystem, periodOf('2025'))
      },
    ],
    [
      'UNKNOWN_KEY',
      'a ticket of an event in several regions by a key that nobody knows',
      async (cardSystem) => {
        await regions.sell({ cardSystem, day: '2025-01-15', payer: LANAKEN, key: 77, eventCardSystems: [cardSystem, 999] })
        await regions.desk().settlement(cardSystem, Q1)
      },
    ],
  ])('%s: %s', async (code, _what, ask) => {
    await expect(ask(await freshRegion(HALF))).rejects.toEqual(refused(code))
  })

  test('NO_AGREEMENT and AGREEMENT_CHANGES: a region without terms, terms that begin later, terms that change on the way', async () => {
    await expect(regions.desk().settlement(await freshRegion(), Q1)).rejects.toEqual(refused('NO_AGREEMENT'))
    const later = await freshRegion({ ...HALF, from: '2025-04-01' })
    await expect(regions.desk().settlement(later, Q1)).rejects.toThrow('from 2025-04-01 on only')
    const changing = await freshRegion(HALF, { ...BY_USE, from: '2025-03-01' })
    await expect(regions.desk().settlement(changing, Q1)).rejects.toEqual(refused('AGREEMENT_CHANGES'))
    expect(await regions.desk().settlement(changing, periodOf('2025-02'))).toMatchObject({ period: '2025-02' })
  })

  test('TICKETS_MISSING: a warehouse that lost settled tickets does not take them for voided', async () => {
    const cardSystem = await freshRegion(HALF)
    const sale = { cardSystem, day: '2025-01-15', payer: LANAKEN }
    await regions.sell(sale)
    await regions.desk().close({ cardSystem, period: Q1, by: 'o' })
    // the tickets of all tests: this one is the last that needs some
    await regions.warehouse.truncate('transactions')
    await expect(regions.desk().settlement(cardSystem, Q2)).rejects.toEqual(refused('TICKETS_MISSING'))
  })
})

test('Who got exact amounts stands in a log of its own, one line after the other', async () => {
  const path = join(regions.folder, 'settlements', 'access.ndjson')
  const log = new SettlementAccessLog(path, () => NOW)
  const access = {
    who: 'token/a',
    what: 'READ',
    cardSystem: 14,
    period: '2025-Q1',
    part: 'municipalities/73107',
    format: 'xlsx',
  } as const
  await Promise.all([log.note(access), log.note({ ...access, who: 'token/b' })])
  const lines = (await readFile(path, 'utf8')).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { at: '2026-03-01T09:00:00.000Z', ...access },
    { at: '2026-03-01T09:00:00.000Z', ...access, who: 'token/b' },
  ])
})
