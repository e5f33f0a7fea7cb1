import { burdenOf, municipalityStatements, type SettlementBasis, type SettlementTicket, settle, transfersOf } from '@zuil/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyHistory, closeAll, QUARTERS, same } from './settlement-history.ts'

const MONEY = ['tickets', 'regularPrice', 'participant', 'organizerShare', 'localGovernment', 'flemishGovernment'] as const
const [Q1, Q2] = ['2025-Q1', '2025-Q2']
const LANAKEN = 73042
const MAASMECHELEN = 73107
const DILSEN = 72041

function total<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0)
}

describe('over any history of sales, late arrivals, voids and closings', () => {
  test('all balances of a closing together are 0, and so are they of each period that it corrects', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        for (const { shares, lines } of closeAll(history).settlements) {
          for (const origin of new Set(shares.map((share) => share.origin))) {
            const own = shares.filter((share) => share.origin === origin)
            expect(total(own, ({ advanced, borne }) => advanced - borne)).toBe(0)
            expect(total(own, ({ cost }) => cost)).toBe(total(own, ({ borne }) => borne))
          }
          const statements = municipalityStatements({ lines, shares })
          expect(total(statements, ({ balance }) => balance)).toBe(0)
          expect(total(statements, ({ net }) => net)).toBe(0)
          expect(total(statements, ({ paid }) => paid)).toBe(total(lines, ({ localGovernment }) => localGovernment))
          expect(statements.filter(({ paid, paidInOwn, paidElsewhere }) => paid !== paidInOwn + paidElsewhere)).toEqual([])
        }
      }),
    )
  })

  test('no ticket is settled twice and none is lost: the lines of all closings are the tickets that are there at the end', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const { settlements } = closeAll(history)
        const last = QUARTERS.length - 1
        const there = history.sales.filter(({ known, voided }) => known <= last && last < voided).map(({ ticket }) => ticket)
        const lines = settlements.flatMap((settlement) => settlement.lines)
        expect(Object.fromEntries(MONEY.map((of) => [of, total(lines, (line) => line[of])]))).toEqual({
          ...Object.fromEntries(
            MONEY.slice(1).map((of) => [of, total(there, (ticket) => ticket[of as keyof SettlementTicket] as number)]),
          ),
          tickets: there.length,
        })
      }),
    )
  })

  test('corrections leave everybody where one settlement of everything would have', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const booked = sumsOf(closeAll(history).settlements.flatMap(({ shares }) => shares))
        // the same sales, known at once and never taken back when they are there at the end
        const last = QUARTERS.length - 1
        const sales = history.sales
          .filter(({ known, voided }) => known <= last && last < voided)
          .map((sale) => ({ ...sale, known: 0, voided: Number.POSITIVE_INFINITY }))
        expect(booked).toEqual(sumsOf(closeAll({ ...history, sales }).settlements.flatMap(({ shares }) => shares)))
      }),
    )
  })

  test("it stays so when municipalities merge in between: what was booked for one that is gone is its successor's", () => {
    fc.assert(
      fc.property(anyHistory, fc.nat(3), (history, merging) => {
        const successorAt = (closing: number) => (nis: number) => (closing >= merging && nis === 71002 ? 73107 : nis)
        const { settlements } = closeAll(history, successorAt)
        for (const { shares } of settlements) expect(total(shares, ({ advanced, borne }) => advanced - borne)).toBe(0)
        const shares = settlements.flatMap((settlement) => settlement.shares)
        const last = QUARTERS.length - 1
        const there = history.sales.filter(({ known, voided }) => known <= last && last < voided)
        expect(total(shares, ({ cost }) => cost)).toBe(total(there, ({ ticket }) => ticket.localGovernment))
      }),
    )
  })

  test('payments settle every balance, and there are fewer of them than municipalities', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -100_000, max: 100_000 }), { maxLength: 12 }), (balances) => {
        const all = [...balances, -total(balances, (balance) => balance)].map((balance, nis) => ({ nis, balance }))
        const transfers = transfersOf(all)
        const left = new Map(all.map(({ nis, balance }) => [nis, balance]))
        for (const { from, to, cents } of transfers) {
          expect(cents).toBeGreaterThan(0)
          left.set(from, (left.get(from) ?? 0) + cents)
          left.set(to, (left.get(to) ?? 0) - cents)
        }
        expect([...left.values()].every((balance) => balance === 0)).toBe(true)
        expect(transfers.length).toBeLessThan(Math.max(1, all.filter(({ balance }) => balance !== 0).length))
      }),
    )
  })
})

function sumsOf(shares: readonly { origin: string; nis: number; cost: number; advanced: number; borne: number }[]) {
  const sums = new Map<string, [cost: number, advanced: number, borne: number]>()
  for (const { origin, nis, cost, advanced, borne } of shares) {
    const [a, b, c] = sums.get(`${origin} ${nis}`) ?? [0, 0, 0]
    sums.set(`${origin} ${nis}`, [a + cost, b + advanced, c + borne])
  }
  return [...sums].filter(([, sum]) => sum.some((cents) => cents !== 0)).sort()
}

/** The example of docs/settlement.md: three municipalities, tickets of € 10.00 shared 2.00 + 4.00 + 4.00. */
describe('the example by hand', () => {
  const members = [
    { nis: DILSEN, inhabitants: 20_000 },
    { nis: LANAKEN, inhabitants: 26_000 },
    { nis: MAASMECHELEN, inhabitants: 39_000 },
  ]
  const terms = { from: '2025-01-01', organizersPaidBy: 'HOST', basis: 'MIXED', useBasisPoints: 5_000 } as const
  const basis: SettlementBasis = { terms, members }
  const sold = (payer: number, host: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      kind: 'SOLD' as const,
      origin: Q1 ?? '',
      ticket: ticketOf(`${payer}-${host}-${index}`, payer, host),
    }))
  const entries = [...sold(LANAKEN, MAASMECHELEN, 3), ...sold(MAASMECHELEN, MAASMECHELEN, 5), ...sold(DILSEN, LANAKEN, 1)]
  const first = settle({ period: '2025-Q1', basis, entries, closed: [], successorOf: same })

  test('half is borne by use, half by inhabitants, and the cents that are left go to the largest remainders', () => {
    expect(municipalityStatements(first)).toEqual([
      statement(DILSEN, { tickets: 1, paid: 400, paidElsewhere: 400, net: -400, borne: 623, balance: -623 }),
      statement(LANAKEN, {
        tickets: 3,
        paid: 1_200,
        paidElsewhere: 1_200,
        received: 400,
        net: -800,
        advanced: 400,
        borne: 1_151,
        balance: -751,
      }),
      statement(MAASMECHELEN, {
        tickets: 5,
        paid: 2_000,
        paidInOwn: 2_000,
        received: 1_200,
        net: 1_200,
        advanced: 3_200,
        borne: 1_826,
        balance: 1_374,
      }),
    ])
    expect(transfersOf(municipalityStatements(first))).toEqual([
      { from: LANAKEN, to: MAASMECHELEN, cents: 751 },
      { from: DILSEN, to: MAASMECHELEN, cents: 623 },
    ])
  })

  test('a ticket that is taken back after the closing is a correction in the next period, by the agreement of its own', () => {
    const [ticket] = entries
    if (!ticket) throw new Error('The example has tickets')
    const closed = [{ period: '2025-Q1', basis, shares: first.shares }]
    const other: SettlementBasis = {
      members,
      terms: { ...terms, organizersPaidBy: 'HOME', basis: 'USE', useBasisPoints: 10_000 },
    }
    const gone = { ...ticket, kind: 'VOIDED' as const }
    const second = settle({ period: Q2 ?? '', basis: other, entries: [gone], closed, successorOf: same })
    expect(second.lines).toMatchObject([
      { kind: 'VOIDED', origin: '2025-Q1', tickets: -1, localGovernment: -400, participant: -200 },
    ])
    expect(municipalityStatements(second)).toEqual([
      statement(DILSEN, { borne: -46, balance: 46 }),
      statement(LANAKEN, { tickets: -1, paid: -400, paidElsewhere: -400, net: 400, borne: -262, balance: 262 }),
      statement(MAASMECHELEN, { received: -400, net: -400, advanced: -400, borne: -92, balance: -308 }),
    ])
    expect(second.findings).toEqual([{ code: 'CORRECTIONS', subject: '2025-Q1', tickets: 1, cents: 400, detail: '' }])
  })

  test('by use nobody bears for others; by inhabitants everybody bears alike; who is no member bears its own', () => {
    const costs = new Map([
      [LANAKEN, 1_001],
      [24062, 500],
    ])
    const by = (useBasisPoints: number) => Object.fromEntries(burdenOf(costs, { members, terms: { ...terms, useBasisPoints } }))
    expect(by(10_000)).toEqual({ [DILSEN]: 0, [LANAKEN]: 1_001, [MAASMECHELEN]: 0, 24062: 500 })
    expect(by(0)).toEqual({ [DILSEN]: 236, [LANAKEN]: 306, [MAASMECHELEN]: 459, 24062: 500 })
  })
})

describe('what somebody who closes has to know', () => {
  const basis: SettlementBasis = {
    terms: { from: '2025-01-01', organizersPaidBy: 'HOME', basis: 'USE', useBasisPoints: 10_000 },
    members: [{ nis: LANAKEN, inhabitants: 26_000 }],
  }
  const told = (...tickets: readonly SettlementTicket[]) => {
    const entries = tickets.map((ticket) => ({ kind: 'SOLD' as const, origin: '2025-Q1', ticket }))
    return settle({ period: '2025-Q1', basis, entries, closed: [], successorOf: same }).findings
  }

  test('nobody to pay, an organizer without municipality, and a payer that is no member are said with their amounts', () => {
    expect(told(ticketOf('1', 0, LANAKEN), ticketOf('2', 24062, LANAKEN), ticketOf('3', LANAKEN, 0))).toMatchObject([
      { code: 'PAYER_UNKNOWN', subject: '', tickets: 1, cents: 400 },
      { code: 'HOST_UNKNOWN', subject: 'zaal', tickets: 1, cents: 400 },
      { code: 'PAYER_OUTSIDE', subject: '24062', tickets: 1, cents: 400 },
      { code: 'ORGANIZER_MOVED', subject: 'zaal' },
    ])
  })

  test('shares that changed within the period and an organizer that moved are said with their days', () => {
    const ticket = ticketOf('1', LANAKEN, LANAKEN)
    const later = { ...ticket, id: '2', day: '2025-02-01', participant: 250, localGovernment: 350 }
    expect(told(later, ticket)).toEqual([
      {
        code: 'SHARES_CHANGED',
        subject: '1',
        tickets: 0,
        cents: 0,
        detail: '€ 10.00: € 2.00 + € 4.00 + € 4.00 + € 0.00 (2025-01-15), € 2.50 + € 4.00 + € 3.50 + € 0.00 (2025-02-01)',
      },
    ])
    expect(told({ ...ticket, day: '2025-03-01', payer: MAASMECHELEN, host: MAASMECHELEN }, ticket)).toMatchObject([
      { code: 'PAYER_OUTSIDE' },
      { code: 'ORGANIZER_MOVED', detail: `${LANAKEN} (2025-01-15), ${MAASMECHELEN} (2025-03-01)` },
    ])
  })
})

function ticketOf(id: string, payer: number, host: number): SettlementTicket {
  const shares = { participant: 200, organizerShare: 400, localGovernment: 400, flemishGovernment: 0 }
  return { id, day: '2025-01-15', payer, organizer: 'zaal', host, key: 1, regularPrice: 1_000, ...shares }
}

function statement(nis: number, members: object) {
  const nothing = { tickets: 0, paid: 0, paidInOwn: 0, paidElsewhere: 0, received: 0, net: 0, advanced: 0, borne: 0, balance: 0 }
  return { nis, ...nothing, ...members }
}
