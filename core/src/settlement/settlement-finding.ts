import type { SettlementBasis } from './agreement.ts'
import type { SettlementEntry, SettlementTicket } from './settlement-ticket.ts'

/**
 * What somebody who closes a period has to know. PAYER_UNKNOWN: nobody to pay the share of the local government. HOST_UNKNOWN: an
 * organizer without municipality. PAYER_OUTSIDE: a municipality that is no member pays for its residents, and takes no part in the
 * redistribution. SHARES_CHANGED: a distribution key shared the same price in several ways. ORGANIZER_MOVED: an organizer was in several
 * municipalities. CORRECTIONS: tickets of closed periods that came or went since. BEFORE_FIRST: tickets from before the first closing, which
 * no settlement has.
 */
export const FINDING_CODES = [
  'PAYER_UNKNOWN',
  'HOST_UNKNOWN',
  'PAYER_OUTSIDE',
  'SHARES_CHANGED',
  'ORGANIZER_MOVED',
  'CORRECTIONS',
  'BEFORE_FIRST',
] as const
export type FindingCode = (typeof FINDING_CODES)[number]

export interface SettlementFinding {
  readonly code: FindingCode
  /** What it is about: a NIS code, an organizer, a distribution key, or a period. */
  readonly subject: string
  /** How many tickets. */
  readonly tickets: number
  /** What the local governments pay of them, in cents. */
  readonly cents: number
  /** For SHARES_CHANGED the ways, for ORGANIZER_MOVED the municipalities, each with its first day. */
  readonly detail: string
}

/** Findings that somebody has to accept before a period is closed; the others are ordinary. */
const TO_BE_ACCEPTED: ReadonlySet<FindingCode> = new Set([
  'PAYER_UNKNOWN',
  'HOST_UNKNOWN',
  'SHARES_CHANGED',
  'ORGANIZER_MOVED',
  'BEFORE_FIRST',
])

/** Those of these findings that keep a period from being closed until somebody accepts them. */
export function toBeAccepted(findings: readonly SettlementFinding[]): readonly SettlementFinding[] {
  return findings.filter(({ code }) => TO_BE_ACCEPTED.has(code))
}

/** Findings that are told one by one; a region whose data are this odd has to look at its registry first. */
const FINDINGS_MAX = 1_000

/** Looks at the entries of a settlement as they pass. */
export class SettlementFindings {
  readonly #period: string
  readonly #members: ReadonlySet<number>
  readonly #counted = new Map<string, { code: FindingCode; subject: string; tickets: number; cents: number }>()
  /** Ways in which a key shared a price, by key, price and whether the holder lives there; first day of each. */
  readonly #ways = new Map<string, Map<string, string>>()
  /** Municipalities of an organizer, first day of each. */
  readonly #hosts = new Map<string, Map<string, string>>()

  constructor(period: string, { members }: SettlementBasis) {
    this.#period = period
    this.#members = new Set(members.map(({ nis }) => nis))
  }

  see({ kind, origin, ticket }: SettlementEntry): void {
    if (ticket.payer === 0) this.#count('PAYER_UNKNOWN', '', ticket)
    else if (!this.#members.has(ticket.payer)) this.#count('PAYER_OUTSIDE', String(ticket.payer), ticket)
    if (ticket.host === 0) this.#count('HOST_UNKNOWN', ticket.organizer, ticket)
    if (origin !== this.#period) this.#count('CORRECTIONS', origin, ticket)
    if (kind !== 'SOLD') return
    const { day, key, regularPrice, payer, host, organizer } = ticket
    // put into words for those that are told: most tickets share their price as the one before
    const way = `${ticket.participant} ${ticket.organizerShare} ${ticket.localGovernment} ${ticket.flemishGovernment}`
    note(this.#ways, `${key} ${regularPrice} ${payer === host}`, { value: way, day })
    note(this.#hosts, organizer, { value: String(host), day })
  }

  list(): readonly SettlementFinding[] {
    const changed = [...this.#ways].flatMap(([text, ways]) => {
      const [key = '', price] = text.split(' ')
      return ways.size < 2 ? [] : [{ ...plain('SHARES_CHANGED', key), detail: `${euro(Number(price))}: ${told(ways, shares)}` }]
    })
    const moved = [...this.#hosts].flatMap(([organizer, hosts]) =>
      hosts.size < 2 ? [] : [{ ...plain('ORGANIZER_MOVED', organizer), detail: told(hosts) }],
    )
    const counted = [...this.#counted.values()].map((finding) => ({ ...finding, detail: '' }))
    return [...counted, ...changed, ...moved].sort(byCode).slice(0, FINDINGS_MAX)
  }

  #count(code: FindingCode, subject: string, { localGovernment }: SettlementTicket): void {
    const key = `${code} ${subject}`
    const finding = this.#counted.get(key) ?? { code, subject, tickets: 0, cents: 0 }
    this.#counted.set(key, finding)
    finding.tickets += 1
    finding.cents += localGovernment
  }
}

function plain(code: FindingCode, subject: string): Omit<SettlementFinding, 'detail'> {
  return { code, subject, tickets: 0, cents: 0 }
}

function note(all: Map<string, Map<string, string>>, subject: string, { value, day }: { value: string; day: string }): void {
  const values = all.get(subject) ?? new Map<string, string>()
  all.set(subject, values)
  const first = values.get(value)
  if (first === undefined || day < first) values.set(value, day)
}

/** `44021 (2025-01-03), 44043 (2025-02-11)`, in the order of their first days. */
function told(values: ReadonlyMap<string, string>, inWords = (value: string) => value): string {
  const ordered = [...values].sort(([, a], [, b]) => (a < b ? -1 : 1))
  return ordered.map(([value, day]) => `${inWords(value)} (${day})`).join(', ')
}

/** `€ 2.00 + € 1.00 + € 3.00 + € 0.00` of the cents of a way. */
function shares(way: string): string {
  return way
    .split(' ')
    .map((cents) => euro(Number(cents)))
    .join(' + ')
}

function euro(cents: number): string {
  return `€ ${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}

function byCode(a: SettlementFinding, b: SettlementFinding): number {
  const order = FINDING_CODES.indexOf(a.code) - FINDING_CODES.indexOf(b.code)
  return order !== 0 ? order : a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0
}
