import type { CommitItem, Guard, Proposal, Transaction } from '@zuil/core'

/** Saturday 21 November 2026, 12:00 in Brussels. */
export const NOON = Date.parse('2026-11-21T12:00:00+01:00')

/** Far in the future of every clock that runs these tests. */
export const LATER = 4_000_000_000_000

export function aTransaction(members: Partial<Transaction> = {}): Transaction {
  return {
    kind: 'CHECKIN',
    programme: 'uitpas',
    occurredAt: NOON,
    occurredOn: '2026-11-21',
    channel: 'COUNTER',
    holder: 12,
    card: 34,
    homeNis: 44021,
    homePostalCode: '9000',
    birthYear: 1983,
    socialTariff: 'NONE',
    memberships: [5],
    event: '5a0967f9-cc06-4c3c-9206-30481a767434',
    eventNumber: 4711,
    eventType: '0.50.4.0.0',
    eventTheme: '1.8.3.5.0',
    eventCardSystems: [3, 5],
    organizer: '0ce87cbc-9299-4528-8d35-92225dc9489f',
    location: '8248e289-c986-4006-902f-b0616dcbcde7',
    venueNis: 44021,
    device: '',
    client: 'sample-client',
    points: 1,
    limitPeriod: 'WEEK',
    flags: [],
    request: '',
    ...members,
  }
}

export function aGuard(members: Partial<Guard> = {}): Guard {
  return { counter: 'points', owner: 12, period: '', add: 1, ...members }
}

export function aProposal(guards: readonly Guard[] = [aGuard()], members: Partial<Proposal> = {}): Proposal {
  return { guards, record: { kind: 'transaction', transaction: aTransaction() }, ...members }
}

export function anItem(members: Partial<CommitItem> = {}): CommitItem {
  return { owner: 12, proposal: aProposal(), entities: [], registryVersion: 0, ...members }
}
