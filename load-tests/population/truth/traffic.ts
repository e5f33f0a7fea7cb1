import { brusselsDay, DAY_MS, formatDay, parseDay, reportingPeriodOf, type Transaction, weekdayOf } from '@zuil/core'
import type { RefusalCount } from '@zuil/core/contracts/journal'
import { isCounted } from './books.ts'
import type { CellKind, SumSheet } from './sum-sheet.ts'
import type { TimedTransaction } from './timeline.ts'

const MINUTE_MS = 60_000
/** More check-ins of one holder on a day are odd. */
const ODD_CHECKINS = 10
const HIGH = 0.99
const DELAYS = [
  ['p50', 0.5],
  ['p95', 0.95],
  ['max', 1],
] as const

/** D2, D4, D7, D8, D10, D11: what the operator asks. Nothing in it is about persons, so flagged facts are in some of it. */
export class Traffic {
  readonly #sheet: SumSheet
  /** How many minutes had so many check-ins, by period; and how many check-ins came so many minutes late, by month and channel. */
  readonly #minutes = new Map<string, Map<number, number>>()
  readonly #delays = new Map<string, Map<number, number>>()

  constructor(sheet: SumSheet) {
    this.#sheet = sheet
  }

  observe({ transaction: t, recordedAt }: TimedTransaction): void {
    const month = t.occurredOn.slice(0, 7)
    if (t.points !== 0 && t.flags.length === 0) {
      const column = t.points < 0 ? 'redeemed' : t.kind === 'BONUS' ? 'given' : 'saved'
      this.#sheet.add(kindOf('D10', `programme-${column}`, 'MONTH', month), Math.abs(t.points), { programme: t.programme })
    }
    if (isAttempt(t)) this.#attempt(t.occurredOn, 1)
    if (t.kind !== 'CHECKIN') return
    const minutes = Math.floor((recordedAt - t.occurredAt) / MINUTE_MS)
    count(this.#delays, `${month} ${t.channel}`, minutes)
    if (recordedAt - t.occurredAt > DAY_MS) this.#sheet.add(kindOf('D8', 'late', 'MONTH', month), 1, { channel: t.channel })
    if (isCounted(t)) this.#sheet.add(kindOf('D7', 'checkins', 'MONTH', month), 1, { channel: t.channel })
  }

  refused(minute: number, counts: readonly RefusalCount[]): void {
    const day = formatDay(brusselsDay(minute))
    for (const { reason, count: times } of counts) {
      this.#sheet.add(kindOf('D4', 'refusals', 'DAY', day), times, { reason })
      this.#sheet.add(kindOf('D4', 'refusals', 'MONTH', day.slice(0, 7)), times, { reason })
      this.#attempt(day, times)
    }
  }

  /** A complete day. */
  addDay(day: number, transactions: readonly TimedTransaction[]): void {
    const perMinute = new Map<number, number>()
    const perHolder = new Map<number, number>()
    for (const { transaction: t } of transactions) {
      if (t.kind !== 'CHECKIN' || !isCounted(t)) continue
      const minute = Math.floor(t.occurredAt / MINUTE_MS)
      perMinute.set(minute, (perMinute.get(minute) ?? 0) + 1)
      perHolder.set(t.holder, (perHolder.get(t.holder) ?? 0) + 1)
    }
    const text = formatDay(day)
    for (const checkins of perMinute.values()) {
      for (const kind of ['MONTH', 'YEAR'] as const) count(this.#minutes, `${kind} ${reportingPeriodOf(kind, day).key}`, checkins)
    }
    if (perMinute.size > 0) this.#sheet.add(kindOf('D2', 'max', 'DAY', text), Math.max(...perMinute.values()))
    const odd = [...perHolder.values()].filter((checkins) => checkins > ODD_CHECKINS).length
    if (odd > 0) this.#sheet.add(kindOf('D11', 'holders', 'DAY', text), odd)
  }

  /** At the end of a history: the values that are no sums. */
  finish(): void {
    for (const [key, minutes] of this.#minutes) {
      const [kind, period = ''] = key.split(' ')
      const of = (column: string) => kindOf('D2', column, kind === 'MONTH' ? 'MONTH' : 'YEAR', period)
      this.#sheet.add(of('max'), nearestRank(minutes, 1))
      this.#sheet.add(of('p99'), nearestRank(minutes, HIGH))
    }
    for (const [key, delays] of this.#delays) {
      const [month = '', channel = ''] = key.split(' ')
      const rows = [...delays.values()].reduce((sum, times) => sum + times, 0)
      this.#sheet.add(kindOf('D8', 'checkins', 'MONTH', month), rows, { channel })
      for (const [column, share] of DELAYS)
        this.#sheet.add(kindOf('D8', column, 'MONTH', month), nearestRank(delays, share), { channel })
    }
  }

  #attempt(day: string, times: number): void {
    this.#sheet.add(kindOf('D4', 'attempts', 'DAY', day), times)
    this.#sheet.add(kindOf('D4', 'attempts', 'MONTH', day.slice(0, 7)), times)
  }
}

function kindOf(measure: string, column: string, periodKind: CellKind['periodKind'], period: string): CellKind {
  return { measure, column, periodKind, period, place: { kind: 'ALL', id: '' } }
}

function isAttempt({ kind, channel }: Transaction): boolean {
  return channel !== 'BATCH' && (kind === 'CHECKIN' || kind === 'TICKET_SALE' || kind === 'REDEMPTION')
}

function count(counts: Map<string, Map<number, number>>, key: string, value: number): void {
  let known = counts.get(key)
  if (!known) {
    known = new Map()
    counts.set(key, known)
  }
  known.set(value, (known.get(value) ?? 0) + 1)
}

/** The value at that share of all, in ascending order: one of the values, never between two. */
function nearestRank(counts: ReadonlyMap<number, number>, share: number): number {
  const ascending = [...counts].sort(([a], [b]) => a - b)
  let rest = Math.ceil(share * ascending.reduce((sum, [, times]) => sum + times, 0))
  for (const [value, times] of ascending) {
    rest -= times
    if (rest <= 0) return value
  }
  return 0
}

/** `2026-W07`: ISO weeks begin on Monday, and the first one of a year has its fourth of January. */
export function weekOf(day: number): string {
  const thursday = day - weekdayOf(day) + 4
  const year = formatDay(thursday).slice(0, 4)
  const first = parseDay(`${year}-01-01`) ?? 0
  return `${year}-W${String(Math.floor((thursday - first) / 7) + 1).padStart(2, '0')}`
}
