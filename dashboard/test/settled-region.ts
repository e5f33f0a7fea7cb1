import { type SettlementDocument, type SettlementEntry, settle } from '@zuil/core'
import type { SettlementAccess, SettlementSource } from '../src/server/settlement/settlement-reader.ts'

/** Cents that betray themselves wherever they turn up: what Melle pays for one resident, and Gent for two. */
export const MELLE_CENTS = 7_123_457
export const GENT_CENTS = 8_234_569

/** The settlement of card system 1 in the first quarter of 2025: two municipalities, two organizers. */
export function settledRegion(): SettlementDocument {
  const ticket = (id: string, payer: number, organizer: string, localGovernment: number): SettlementEntry => ({
    kind: 'SOLD',
    origin: '2025-Q1',
    ticket: {
      id,
      day: '2025-02-03',
      payer,
      organizer,
      host: organizer === 'bib-gent' ? 44021 : 44043,
      key: 1,
      regularPrice: 600 + localGovernment,
      participant: 200,
      organizerShare: 300,
      localGovernment,
      flemishGovernment: 100,
    },
  })
  const settlement = settle({
    period: '2025-Q1',
    basis: {
      terms: { from: '2025-01-01', organizersPaidBy: 'HOST', basis: 'USE', useBasisPoints: 10_000 },
      members: [
        { nis: 44021, inhabitants: 270_000 },
        { nis: 44043, inhabitants: 12_000 },
      ],
    },
    entries: [
      ticket('a', 44043, 'bib-gent', MELLE_CENTS),
      ticket('b', 44021, 'bib-gent', GENT_CENTS - 1),
      ticket('c', 44021, 'bib-melle', 1),
    ],
    closed: [],
    successorOf: (nis) => nis,
  })
  return {
    cardSystem: 1,
    region: 'UiTPAS Gent',
    firstDay: '2025-01-01',
    lastDay: '2025-03-31',
    ...settlement,
    municipalities: { 44021: 'Gent', 44043: 'Melle' },
    organizers: { 'bib-gent': 'Bibliotheek Gent', 'bib-melle': '=Bibliotheek Melle' },
    closing: { number: 1, closedAt: Date.parse('2025-04-02T08:00:00Z'), closedBy: 'officer' },
  }
}

/** A desk that closed one quarter of card system 1, and remembers who asked. */
export class SettledSource implements SettlementSource {
  readonly notes: SettlementAccess[] = []
  asked = 0

  closings: SettlementSource['closings'] = async (cardSystem) => {
    this.asked += 1
    return cardSystem === 1 ? [settledRegion()] : []
  }

  settlement: SettlementSource['settlement'] = async (cardSystem, { key }) => {
    this.asked += 1
    if (cardSystem === 1 && key === '2025-Q1') return settledRegion()
    return { refusal: `2025-Q1 was closed last, so the next period begins on 2025-04-01` }
  }

  note: SettlementSource['note'] = async (access) => void this.notes.push(access)
}
