import { BASIS_POINTS } from '../cost-sharing.ts'
import type { SettlementBasis } from './agreement.ts'
import { apportion } from './apportion.ts'
import { type SettlementFinding, SettlementFindings } from './settlement-finding.ts'
import type { EntryKind, SettlementEntry } from './settlement-ticket.ts'

/** Tickets of one kind, origin, payer and organizer together; cents, negative for what is taken back. */
export interface SettlementLine {
  readonly kind: EntryKind
  readonly origin: string
  readonly payer: number
  readonly organizer: string
  readonly host: number
  readonly tickets: number
  readonly regularPrice: number
  readonly participant: number
  readonly organizerShare: number
  readonly localGovernment: number
  readonly flemishGovernment: number
}

/**
 * What one municipality has to do with the tickets of one period, in cents. `cost`: shares of the local government in tickets of its
 * residents. `advanced`: what it pays to organizers. `borne`: what it bears by the agreement. What it advanced more than it bears it gets back.
 */
export interface SettlementShare {
  readonly origin: string
  readonly nis: number
  readonly cost: number
  readonly advanced: number
  readonly borne: number
}

/** What stays of a closed period: enough to settle everything that comes later against it. */
export interface ClosedSettlement {
  readonly period: string
  readonly basis: SettlementBasis
  readonly shares: readonly SettlementShare[]
}

export interface Settlement {
  readonly period: string
  readonly basis: SettlementBasis
  /** By kind, origin, payer, organizer and host, ascending. */
  readonly lines: readonly SettlementLine[]
  /** By origin and NIS code, ascending; those of earlier origins are corrections. */
  readonly shares: readonly SettlementShare[]
  readonly findings: readonly SettlementFinding[]
}

export interface SettlementQuestion {
  readonly period: string
  readonly basis: SettlementBasis
  readonly entries: Iterable<SettlementEntry>
  /** Closed before, oldest first. */
  readonly closed: readonly ClosedSettlement[]
  /** What became of a municipality by merging; itself when nothing did. */
  readonly successorOf: (nis: number) => number
}

/**
 * Settles a period: lines by payer and organizer, and what each municipality bears. For each origin the burden is worked out anew from all of its
 * tickets that are settled by now, and what was booked before is taken off. So corrections leave everybody where one settlement of everything would
 * have, to the cent, in whatever order tickets came and went; and all balances together are 0.
 */
export function settle({ period, basis, entries, closed, successorOf }: SettlementQuestion): Settlement {
  const lines = new Map<string, Changeable<SettlementLine>>()
  const findings = new SettlementFindings(period, basis)
  const origins = new Map<string, OriginSums>([[period, new OriginSums()]])
  for (const entry of entries) {
    addToLine(lines, entry)
    findings.see(entry)
    const sums = origins.get(entry.origin) ?? new OriginSums()
    origins.set(entry.origin, sums)
    sums.add(entry, basisOf(entry.origin, { period, basis, closed }).terms.organizersPaidBy === 'HOME')
  }
  const shares = [...origins].flatMap(([origin, sums]) => {
    const booked = closed.flatMap((earlier) => earlier.shares.filter((share) => share.origin === origin))
    return sharesOf(origin, sums, { booked, basis: basisOf(origin, { period, basis, closed }), successorOf })
  })
  return {
    period,
    basis,
    lines: [...lines.values()].sort(byLine),
    shares: shares.sort((a, b) => compare(a.origin, b.origin) || a.nis - b.nis),
    findings: findings.list(),
  }
}

/**
 * What each municipality bears of what tickets cost, by NIS code. Of each member's cost the part by use stays its own; the rest of all members
 * together is divided by inhabitants. Who is no member bears its own residents' tickets.
 */
export function burdenOf(costs: ReadonlyMap<number, number>, { terms, members }: SettlementBasis): Map<number, number> {
  const burden = new Map(costs)
  const pooledPoints = BASIS_POINTS - terms.useBasisPoints
  let pool = 0
  for (const { nis } of members) {
    const cost = costs.get(nis) ?? 0
    const pooled = Math.floor((cost * pooledPoints + BASIS_POINTS / 2) / BASIS_POINTS)
    burden.set(nis, cost - pooled)
    pool += pooled
  }
  if (pool === 0) return burden
  const parts = apportion(
    pool,
    members.map(({ inhabitants }) => inhabitants),
  )
  for (const [index, { nis }] of members.entries()) burden.set(nis, (burden.get(nis) ?? 0) + (parts[index] ?? 0))
  return burden
}

type Changeable<T> = { -readonly [K in keyof T]: T[K] }

function addToLine(lines: Map<string, Changeable<SettlementLine>>, { kind, origin, ticket }: SettlementEntry): void {
  const { payer, organizer, host } = ticket
  const key = JSON.stringify([kind, origin, payer, organizer, host])
  const sign = kind === 'VOIDED' ? -1 : 1
  const line = lines.get(key) ?? { kind, origin, payer, organizer, host, ...NO_MONEY }
  lines.set(key, line)
  line.tickets += sign
  line.regularPrice += sign * ticket.regularPrice
  line.participant += sign * ticket.participant
  line.organizerShare += sign * ticket.organizerShare
  line.localGovernment += sign * ticket.localGovernment
  line.flemishGovernment += sign * ticket.flemishGovernment
}

const NO_MONEY = { tickets: 0, regularPrice: 0, participant: 0, organizerShare: 0, localGovernment: 0, flemishGovernment: 0 }

/** Costs by payer, and what was advanced by who pays organizers, of the tickets of one origin. */
class OriginSums {
  readonly costs = new Map<number, number>()
  readonly advanced = new Map<number, number>()

  add({ kind, ticket: { payer, host, localGovernment } }: SettlementEntry, isPaidByHome: boolean): void {
    const cents = kind === 'VOIDED' ? -localGovernment : localGovernment
    addTo(this.costs, payer, cents)
    addTo(this.advanced, isPaidByHome ? payer : host, cents)
  }
}

interface Booked {
  readonly booked: readonly SettlementShare[]
  readonly basis: SettlementBasis
  readonly successorOf: (nis: number) => number
}

function sharesOf(origin: string, now: OriginSums, { booked, basis, successorOf }: Booked): SettlementShare[] {
  const costs = mapped(now.costs, successorOf)
  const advanced = mapped(now.advanced, successorOf)
  const borneBefore = new Map<number, number>()
  const all = new Map(costs)
  for (const { nis, cost, borne } of booked) {
    addTo(all, successorOf(nis), cost)
    addTo(borneBefore, successorOf(nis), borne)
  }
  const burden = burdenOf(all, membersNow(basis, successorOf))
  const parties = new Set([...costs.keys(), ...advanced.keys(), ...burden.keys(), ...borneBefore.keys()])
  return [...parties].map((nis) => ({
    origin,
    nis,
    cost: costs.get(nis) ?? 0,
    advanced: advanced.get(nis) ?? 0,
    borne: (burden.get(nis) ?? 0) - (borneBefore.get(nis) ?? 0),
  }))
}

/** Members that merged since are one, with the inhabitants of all. */
function membersNow({ terms, members }: SettlementBasis, successorOf: (nis: number) => number): SettlementBasis {
  const inhabitants = new Map<number, number>()
  for (const member of members) addTo(inhabitants, successorOf(member.nis), member.inhabitants)
  return { terms, members: [...inhabitants].map(([nis, count]) => ({ nis, inhabitants: count })).sort((a, b) => a.nis - b.nis) }
}

function basisOf(
  origin: string,
  { period, basis, closed }: Pick<SettlementQuestion, 'period' | 'basis' | 'closed'>,
): SettlementBasis {
  const found = origin === period ? basis : closed.find((earlier) => earlier.period === origin)?.basis
  if (!found) throw new RangeError(`A ticket of ${origin} is settled in ${period}, but ${origin} was never closed`)
  return found
}

function mapped(sums: ReadonlyMap<number, number>, successorOf: (nis: number) => number): Map<number, number> {
  const all = new Map<number, number>()
  for (const [nis, cents] of sums) addTo(all, successorOf(nis), cents)
  return all
}

function addTo(sums: Map<number, number>, key: number, cents: number): void {
  sums.set(key, (sums.get(key) ?? 0) + cents)
}

function byLine(a: SettlementLine, b: SettlementLine): number {
  return (
    compare(a.origin, b.origin) ||
    compare(a.kind, b.kind) ||
    a.payer - b.payer ||
    compare(a.organizer, b.organizer) ||
    a.host - b.host
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
