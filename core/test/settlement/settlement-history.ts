import {
  type ClosedSettlement,
  entryOf,
  type Settlement,
  type SettlementBasis,
  type SettlementEntry,
  type SettlementSpan,
  type SettlementTicket,
  settle,
} from '@zuil/core'
import fc from 'fast-check'

/** Quarters that are closed one after the other. */
export const QUARTERS: readonly SettlementSpan[] = [
  { period: '2025-Q1', firstDay: '2025-01-01', lastDay: '2025-03-31' },
  { period: '2025-Q2', firstDay: '2025-04-01', lastDay: '2025-06-30' },
  { period: '2025-Q3', firstDay: '2025-07-01', lastDay: '2025-09-30' },
  { period: '2025-Q4', firstDay: '2025-10-01', lastDay: '2025-12-31' },
]

/** Members, one that is none, and who is unknown. */
const PLACES = [71002, 71016, 73107, 24062, 0] as const
const MEMBERS = [71002, 71016, 73107]

/** A sale, when it is known, and when it is taken back: numbers of closings, each before the closing of that number. */
export interface ToldSale {
  readonly ticket: SettlementTicket
  readonly known: number
  readonly voided: number
}

const cents = fc.integer({ min: 0, max: 5_000 })

const sale = (index: number): fc.Arbitrary<ToldSale> =>
  fc
    .record({
      quarter: fc.nat(QUARTERS.length - 1),
      day: fc.integer({ min: 1, max: 28 }),
      payer: fc.constantFrom(...PLACES),
      host: fc.constantFrom(...PLACES),
      organizer: fc.constantFrom('a', 'b', 'c'),
      shares: fc.tuple(cents, cents, cents, cents),
      late: fc.nat(2),
      stays: fc.integer({ min: 1, max: 6 }),
    })
    .map(
      ({
        quarter,
        day,
        payer,
        host,
        organizer,
        shares: [participant, organizerShare, localGovernment, flemishGovernment],
        late,
        stays,
      }) => ({
        ticket: {
          id: `t${index}`,
          day: `${QUARTERS[quarter]?.firstDay.slice(0, 8)}${String(day).padStart(2, '0')}`,
          payer,
          organizer,
          host,
          key: 1,
          regularPrice: participant + organizerShare + localGovernment + flemishGovernment,
          participant,
          organizerShare,
          localGovernment,
          flemishGovernment,
        },
        known: quarter + late,
        voided: quarter + late + stays,
      }),
    )

/** Any history of sales, late arrivals and voids, over any agreements. */
export const anyHistory = fc.record({
  sales: fc.nat(25).chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => sale(index)))),
  bases: fc.tuple(anyBasis(), anyBasis(), anyBasis(), anyBasis()),
})

function anyBasis(): fc.Arbitrary<SettlementBasis> {
  return fc
    .record({
      organizersPaidBy: fc.constantFrom('HOME' as const, 'HOST' as const),
      useBasisPoints: fc.constantFrom(0, 10_000, 5_000, 3_333, 9_999),
      inhabitants: fc.array(fc.integer({ min: 1, max: 500_000 }), { minLength: MEMBERS.length, maxLength: MEMBERS.length }),
    })
    .map(({ organizersPaidBy, useBasisPoints, inhabitants }) => ({
      terms: { from: '2025-01-01', organizersPaidBy, basis: 'MIXED', useBasisPoints },
      members: MEMBERS.map((nis, index) => ({ nis, inhabitants: inhabitants[index] ?? 1 })),
    }))
}

export const same = (nis: number): number => nis

/** Closes the quarters one by one, as the desk does: what is new enters, what was settled and is gone goes out. */
export function closeAll(
  { sales, bases }: { readonly sales: readonly ToldSale[]; readonly bases: readonly SettlementBasis[] },
  successorAt: (closing: number) => (nis: number) => number = () => same,
): { readonly settlements: readonly Settlement[]; readonly entries: readonly (readonly SettlementEntry[])[] } {
  const settled = new Map<string, SettlementEntry>()
  const closed: (ClosedSettlement & SettlementSpan)[] = []
  const settlements: Settlement[] = []
  const all: SettlementEntry[][] = []
  for (const [number, span] of QUARTERS.entries()) {
    const basis = bases[number]
    if (!basis) throw new Error('Every quarter has a basis')
    const isThere = ({ known, voided }: ToldSale) => known <= number && number < voided
    const visible = sales.filter((each) => isThere(each) && each.ticket.day <= span.lastDay)
    const fresh = visible.filter(({ ticket }) => !settled.has(ticket.id)).map(({ ticket }) => entryOf(ticket, span, closed))
    const here = new Set(visible.map(({ ticket }) => ticket.id))
    const gone = [...settled.values()].filter(({ ticket }) => !here.has(ticket.id))
    const entries = [...fresh, ...gone.map((entry): SettlementEntry => ({ ...entry, kind: 'VOIDED' }))]
    for (const entry of fresh) settled.set(entry.ticket.id, entry)
    for (const { ticket } of gone) settled.delete(ticket.id)
    const settlement = settle({ period: span.period, basis, entries, closed, successorOf: successorAt(number) })
    closed.push({ ...span, basis, shares: settlement.shares })
    settlements.push(settlement)
    all.push(entries)
  }
  return { settlements, entries: all }
}
