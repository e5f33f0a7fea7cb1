import { type Holder, REPORTING_PERIOD_KINDS, type ReportingPeriod, reportingPeriodOf } from '@zuil/core'
import type { History, HistoryDay } from '../history/history.ts'
import type { HistoryRecord } from '../history/record.ts'
import { Books } from './books.ts'
import type { TruthCell } from './cell.ts'
import { crossTable } from './cross-table.ts'
import { Joining } from './joining.ts'
import { HOLDER_MEASURES } from './measures/holders.ts'
import { LOYALTY_MEASURES } from './measures/loyalty.ts'
import { MONEY_MEASURES } from './measures/money.ts'
import { OFFER_MEASURES } from './measures/offer.ts'
import { ORGANIZER_MEASURES } from './measures/organizers.ts'
import type { TruthMeasure } from './measures/truth-measure.ts'
import { VISIT_MEASURES } from './measures/visits.ts'
import { PointFlows } from './point-flows.ts'
import type { Beginning } from './registry-book.ts'
import { type Residents, residentsOf } from './residents.ts'
import { SumSheet } from './sum-sheet.ts'
import { type TimedTransaction, Timeline } from './timeline.ts'
import { Traffic, weekOf } from './traffic.ts'

const MEASURES: readonly TruthMeasure[] = [
  ...HOLDER_MEASURES,
  ...LOYALTY_MEASURES,
  ...VISIT_MEASURES,
  ...MONEY_MEASURES,
  ...ORGANIZER_MEASURES,
  ...OFFER_MEASURES,
]

/** A measure of a period that waits for what may still happen. */
interface Open {
  readonly measure: TruthMeasure
  readonly residents: Residents
  readonly dueOn: number
}

/**
 * The true answers of a history, counted while it is told and without any database: for tests of measures and of what is published to
 * compare with. What counts stands in truth/README.md.
 *
 * ```
 * records ─▶ timeline, by day ─▶ books ─▶ at the end of each period ─▶ cells of each measure
 *    │              └──────────▶ point flows ─┐
 *    └─────▶ traffic ─────────────────────────┴─────────────────────────▶ cells at the end
 * ```
 */
export class Truth {
  readonly #from: number
  readonly #timeline: Timeline
  readonly #books: Books
  readonly #sheet = new SumSheet()
  readonly #traffic = new Traffic(this.#sheet)
  readonly #flows: PointFlows
  readonly #joining: Joining
  readonly #wanted: ReadonlySet<string>
  #open: Open[] = []
  #cells: TruthCell[] = []

  /** `measures`: ids of those that are asked for; none: all of them. */
  constructor(history: Pick<History, 'world' | 'until'>, measures: readonly string[] = []) {
    this.#from = history.world.options.from
    this.#wanted = new Set(measures)
    this.#timeline = new Timeline(this.#from)
    this.#books = new Books(history, (...beginning) => this.#countBeginning(...beginning))
    this.#flows = new PointFlows(this.#books.places)
    this.#joining = new Joining(this.#books)
  }

  /** Days in their order. */
  observe({ day, isOver, records }: HistoryDay): void {
    for (const record of records) this.#observe(record)
    if (isOver) for (const complete of this.#timeline.complete(day)) this.#addDay(complete.day, complete.transactions)
  }

  /** Once, behind the last day. */
  finish(): void {
    for (const { day, transactions } of this.#timeline.rest(this.#books.until - 1)) this.#addDay(day, transactions)
    this.#traffic.finish()
    for (const cells of [this.#sheet.cells(), this.#flows.cells(), this.#joining.cells()]) {
      for (const cell of cells) if (this.#isWanted(cell)) this.#cells.push(cell)
    }
  }

  /** The cells that became known since the last call; years of them would not fit. */
  take(): readonly TruthCell[] {
    const cells = this.#cells
    this.#cells = []
    return cells
  }

  #observe({ position, record, isTakenBack }: HistoryRecord): void {
    if (record.kind === 'refusals') this.#traffic.refused(record.minute, record.counts)
    if (record.kind === 'projection' && (record.entity === 'holder' || record.entity === 'group-pass')) {
      // the history makes these of holders
      this.#books.registry.tell(position.ms, record.body as unknown as Holder)
    }
    if (record.kind !== 'transaction' || isTakenBack) return
    const timed = { transaction: record.transaction, recordedAt: position.ms, sequence: position.sequence }
    this.#timeline.add(timed)
    this.#traffic.observe(timed)
  }

  #addDay(day: number, transactions: readonly TimedTransaction[]): void {
    this.#books.addDay(day, transactions)
    this.#traffic.addDay(day, transactions)
    this.#flows.addDay(day, transactions)
    this.#closeDue(day)
    for (const kind of REPORTING_PERIOD_KINDS) {
      const period = reportingPeriodOf(kind, day)
      if (period.lastDay === day) this.#close(period)
    }
  }

  #close(period: ReportingPeriod): void {
    // a period that began before the history is not known whole
    if (period.firstDay < this.#from) return
    const residents = residentsOf(this.#books, period)
    this.#joining.close(residents)
    for (const measure of MEASURES) {
      if (!measure.periods.includes(period.kind)) continue
      const { afterDays = 0 } = measure
      if (afterDays === 0) this.#count(measure, residents)
      else this.#open.push({ measure, residents, dueOn: period.lastDay + afterDays })
    }
  }

  #closeDue(day: number): void {
    const due = this.#open.filter(({ dueOn }) => dueOn <= day)
    if (due.length === 0) return
    this.#open = this.#open.filter(({ dueOn }) => dueOn > day)
    for (const { measure, residents } of due) this.#count(measure, residents)
  }

  #count(measure: TruthMeasure, residents: Residents): void {
    const { kind: periodKind, key: period } = residents.period
    for (const crossing of measure.crossings(residents, this.#books)) {
      if (!this.#isWanted(crossing)) continue
      for (const cell of crossTable(crossing, this.#books.places)) this.#cells.push({ ...cell, periodKind, period })
    }
  }

  #isWanted({ measure }: Pick<TruthCell, 'measure'>): boolean {
    return this.#wanted.size === 0 || this.#wanted.has(measure)
  }

  /** B12: new holders and new holders of the social tariff by week. */
  #countBeginning(what: Beginning, holder: number, day: number): void {
    const { registry, places } = this.#books
    const place = { kind: 'MUNICIPALITY', id: places.idOf('MUNICIPALITY', registry.place[holder] ?? 0) } as const
    this.#sheet.add({ measure: 'B12', column: what, periodKind: 'WEEK', period: weekOf(day), place }, 1)
  }
}
