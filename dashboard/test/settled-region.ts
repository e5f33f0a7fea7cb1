import {
  type SettlementDocument,
  type SettlementEntry,
  type SettlementRefusalCode,
  settle,
  sharedBy,
  type WhatIf,
  whatIfBasis,
} from '@zuil/core'
import type { ClosingOrder, SettlementAccess, SettlementSource } from '../src/server/settlement/settlement-reader.ts'

/** Cents that betray themselves wherever they turn up: what Melle pays for one resident, and Gent for two. */
export const MELLE_CENTS = 7_123_457
export const GENT_CENTS = 8_234_569

const MEMBERS = [
  { nis: 44021, inhabitants: 270_000 },
  { nis: 44043, inhabitants: 12_000 },
]
const NAMES = {
  municipalities: { 44021: 'Gent', 44043: 'Melle' },
  organizers: { 'bib-gent': 'Bibliotheek Gent', 'bib-melle': '=Bibliotheek Melle' },
}

/** Sold in the first quarter of 2025 at two organizers, by residents of two municipalities. */
const ENTRIES: readonly SettlementEntry[] = [
  ticket('a', 44043, 'bib-gent', MELLE_CENTS),
  ticket('b', 44021, 'bib-gent', GENT_CENTS - 1),
  ticket('c', 44021, 'bib-melle', 1),
]

function ticket(id: string, payer: number, organizer: string, localGovernment: number): SettlementEntry {
  const host = organizer === 'bib-gent' ? 44021 : 44043
  const cents = {
    regularPrice: 600 + localGovernment,
    participant: 200,
    organizerShare: 300,
    localGovernment,
    flemishGovernment: 100,
  }
  return { kind: 'SOLD', origin: '2025-Q1', ticket: { id, day: '2025-02-03', payer, organizer, host, key: 1, ...cents } }
}

/** The settlement of card system 1 in the first quarter of 2025: two municipalities, two organizers. */
export function settledRegion(whatIf?: WhatIf): SettlementDocument {
  const agreed = {
    terms: { from: '2025-01-01', organizersPaidBy: 'HOST', basis: 'USE', useBasisPoints: 10_000 },
    members: MEMBERS,
  } as const
  const { parts } = whatIf ?? {}
  const entries = parts ? ENTRIES.map((entry) => ({ ...entry, ticket: sharedBy(entry.ticket, parts) })) : ENTRIES
  const basis = whatIf ? whatIfBasis(agreed, whatIf) : agreed
  const settlement = settle({ period: '2025-Q1', basis, entries, closed: [], successorOf: (nis) => nis })
  return {
    cardSystem: 1,
    region: 'UiTPAS Gent',
    firstDay: '2025-01-01',
    lastDay: '2025-03-31',
    ...settlement,
    ...NAMES,
    ...(whatIf ? { whatIf } : { closing: { number: 1, closedAt: Date.parse('2025-04-02T08:00:00Z'), closedBy: 'officer' } }),
  }
}

/** The second quarter, open: the ticket of Melle is taken back, and nobody knows where a passholder lives. */
export function openQuarter(): SettlementDocument {
  const { basis, shares } = settledRegion()
  const [first] = ENTRIES
  if (!first) throw new RangeError('There are tickets')
  const entries: readonly SettlementEntry[] = [
    { ...first, kind: 'VOIDED' },
    { ...ticket('d', 0, 'bib-gent', 400), origin: '2025-Q2' },
  ]
  const closed = [{ period: '2025-Q1', basis, shares }]
  const settlement = settle({ period: '2025-Q2', basis, entries, closed, successorOf: (nis) => nis })
  return { cardSystem: 1, region: 'UiTPAS Gent', firstDay: '2025-04-01', lastDay: '2025-06-30', ...settlement, ...NAMES }
}

/** A desk that closed one quarter of card system 1, has another open, and remembers who asked. */
export class SettledSource implements SettlementSource {
  readonly notes: SettlementAccess[] = []
  readonly orders: ClosingOrder[] = []
  asked = 0

  closings: SettlementSource['closings'] = async (cardSystem) => {
    this.asked += 1
    return cardSystem === 1 ? [settledRegion(), ...this.orders.map(closedBy)] : []
  }

  settlement: SettlementSource['settlement'] = async (cardSystem, { key }, whatIf) => {
    this.asked += 1
    if (cardSystem === 1 && key === '2025-Q1') return settledRegion(whatIf)
    const [order] = this.orders
    if (cardSystem === 1 && key === '2025-Q2') return order ? closedBy(order) : openQuarter()
    const message = '2025-Q1 was closed last, so the next period begins on 2025-04-01'
    return { refusal: { code: 'NOT_NEXT', message, detail: '2025-04-01' } }
  }

  close: SettlementSource['close'] = async (order) => {
    this.asked += 1
    const refused = (code: SettlementRefusalCode) => ({ refusal: { code, message: `Not closed: ${code}`, detail: '' } })
    if (order.period.key === '2025-Q1') return refused('ALREADY_CLOSED')
    if (!order.isAsSeen(openQuarter())) return refused('CHANGED')
    if (!order.accepted) return refused('FINDINGS')
    this.orders.push(order)
    return closedBy(order)
  }

  note: SettlementSource['note'] = async (access) => void this.notes.push(access)

  prepare: SettlementSource['prepare'] = async () => undefined
}

function closedBy({ by }: ClosingOrder): SettlementDocument {
  return { ...openQuarter(), closing: { number: 2, closedAt: Date.parse('2026-06-15T10:00:00Z'), closedBy: by } }
}
