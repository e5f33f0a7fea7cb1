import { parseDay, startOfDay } from '@zuil/core'
import type { FinancialReport, ReportFileQuestion, ReportOrder, ReportReach } from '@zuil/core/contracts/financial-report'
import { organizerSales, settlementNames, settlementRegions, type Warehouse } from '@zuil/warehouse'
import type { AccessLog } from '../access-log/access-log.ts'
import { fileNamePart } from '../formats/file-name.ts'
import { financialReportFile } from './financial-report-file.ts'
import { type FinancialReportShelf, financialReportShelf, type KeptReport } from './financial-report-shelf.ts'

/** A report can be made again at any time, and holds single sales: it does not lie about. */
const KEPT_MS = 7 * 24 * 3_600_000
/** Two years of quarters, and as many spans of one's own; the oldest goes when there is another. */
export const ORGANIZER_REPORTS_MAX = 16
/** Reports that wait to be made: one takes seconds, and who waits for minutes asks again. */
export const WAITING_REPORTS_MAX = 100
/**
 * Sales of one report. A workbook is made in memory: 25,000 sales take two seconds of a thread and 2 MB of
 * disk. More than that is no list that anybody checks.
 */
const SALES_MAX = 25_000

const NOT_MADE = 'Het financieel overzicht kon niet gemaakt worden; vraag het opnieuw.'
const INTERRUPTED = 'Het maken van het financieel overzicht werd onderbroken; vraag het opnieuw.'

export interface FinancialReportDeskOptions {
  readonly warehouse: Pick<Warehouse, 'query' | 'stream'>
  readonly folder: string
  /** Epoch ms. */
  readonly clock: () => number
  /** Epoch ms: everything that was accepted before it is in the warehouse. */
  readonly freshUntil: () => number
  readonly accessLog: Pick<AccessLog, 'write'>
  readonly onFailure: (error: unknown) => void
}

export interface FinancialReportFile {
  readonly name: string
  readonly bytes: Buffer
}

/** Makes financial reports one after the other, and keeps them for a week. {@link bringUp} comes first. */
export class FinancialReportDesk {
  readonly #options: FinancialReportDeskOptions
  readonly #shelf: FinancialReportShelf
  readonly #reports = new Map<number, KeptReport>()
  #work: Promise<void> = Promise.resolve()
  #lastId = 0
  #isClosed = false

  constructor(options: FinancialReportDeskOptions) {
    this.#options = options
    this.#shelf = financialReportShelf(options.folder)
  }

  /** Finds what is kept again. What was under way has failed: a report that ended the process would end it again. */
  async bringUp(): Promise<void> {
    for (const report of await this.#shelf.entries()) {
      const isUnderWay = report.status === 'STARTED'
      await this.#put(isUnderWay ? { ...report, status: 'FAILED', message: INTERRUPTED } : report, { isChanged: isUnderWay })
    }
  }

  /** Starts a report, or finds the same one under way; undefined when too many wait. */
  async start({ reach, client, firstDay, lastDay }: ReportOrder): Promise<FinancialReport | undefined> {
    const { accessLog, clock } = this.#options
    const createdAt = clock()
    const underWay = [...this.#reports.values()].filter(({ status }) => status === 'STARTED')
    const same = underWay.find(
      (one) => one.firstDay === firstDay && one.lastDay === lastDay && isSameReach(one, reach) && one.client === client,
    )
    if (same) return told(same)
    const waiting = underWay.filter(({ organizer }) => organizer === reach.organizer)
    if (underWay.length >= WAITING_REPORTS_MAX || waiting.length >= ORGANIZER_REPORTS_MAX) return undefined
    // Seconds go up also after the youngest report has gone, and stay a 32-bit number until 2038: an id never comes back.
    const id = Math.max(this.#lastId + 1, Math.floor(createdAt / 1_000))
    const begun = { status: 'STARTED', message: '', fileName: '' } as const
    const report: KeptReport = { ...reach, ...begun, id, client, firstDay, lastDay, createdAt }
    try {
      await this.#put(report)
    } catch (error) {
      this.#reports.delete(id)
      throw error
    }
    accessLog.write({ kind: 'export', account: `client/${client}`, what: `${addressOf(report)} ${firstDay} ${lastDay}` })
    await this.#makeRoom(reach.organizer)
    this.#work = this.#work.then(() => this.#make(report))
    return told(report)
  }

  /** Reports of no more than the reach, newest first. */
  async reports(reach: ReportReach): Promise<readonly FinancialReport[]> {
    await this.#removeOld()
    return [...this.#reports.values()]
      .filter((report) => isWithin(report, reach))
      .sort((a, b) => b.id - a.id)
      .map(told)
  }

  /** The file of a report that is there and of no more than the reach. */
  async file({ reach, id, client }: ReportFileQuestion): Promise<FinancialReportFile | undefined> {
    await this.#removeOld()
    const report = this.#reports.get(id)
    if (report?.status !== 'AVAILABLE' || !isWithin(report, reach)) return undefined
    const bytes = await this.#shelf.file(id)
    const account = client === '' ? 'signed-link' : `client/${client}`
    this.#options.accessLog.write({ kind: 'export', account, what: `${addressOf(report)}.zip` })
    return { name: report.fileName, bytes }
  }

  /** Nothing of it is under way any more. */
  async idle(): Promise<void> {
    await this.#work
  }

  /** Ends the report that is made, and makes none that waits. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.idle()
  }

  async #make(report: KeptReport): Promise<void> {
    if (this.#isClosed) return
    try {
      await this.#put({ ...report, ...(await this.#resultOf(report)) })
    } catch (error) {
      this.#options.onFailure(error)
      // In memory only where the disk refuses; after the next start it has failed as well.
      this.#reports.set(report.id, { ...report, status: 'FAILED', message: NOT_MADE })
    }
  }

  async #resultOf(report: KeptReport): Promise<Pick<KeptReport, 'status' | 'message' | 'fileName'>> {
    const { warehouse, freshUntil } = this.#options
    const { id, organizer, cardSystems, firstDay, lastDay, createdAt } = report
    const until = freshUntil()
    const end = startOfDay((parseDay(lastDay) ?? 0) + 1) // ingest has seen that it is a day
    // A period that goes on has what there is by now, and says until when.
    if (end <= createdAt && until < end)
      return failed(`Nog niet alle verkopen tot en met ${lastDay} zijn verwerkt; vraag het financieel overzicht later opnieuw.`)
    const sales = await organizerSales(warehouse, { organizer, cardSystems, days: { firstDay, lastDay }, salesMax: SALES_MAX })
    if (!sales) return failed(`Meer dan ${SALES_MAX} verkopen in deze periode: vraag een kortere.`)
    if (sales.length === 0) {
      const [first, last] = [firstDay, lastDay].map((text) => text.replaceAll('-', '/'))
      return failed(`Geen financieel overzicht beschikbaar voor periode ${first} - ${last}`)
    }
    const { municipalities, organizers } = await settlementNames(warehouse)
    const regions = cardSystems.length === 0 ? [] : await settlementRegions(warehouse)
    const name = organizers.get(organizer) ?? organizer
    const file = await financialReportFile(sales, {
      organizer: name,
      cardSystems: cardSystems.map((one) => regions.find(({ cardSystem }) => cardSystem === one)?.name ?? String(one)),
      firstDay,
      lastDay,
      freshUntil: until,
      municipalities,
    })
    await this.#shelf.keepFile(id, file)
    return { status: 'AVAILABLE', message: '', fileName: fileNameOf(name, createdAt) }
  }

  async #put(report: KeptReport, { isChanged = true }: { readonly isChanged?: boolean } = {}): Promise<void> {
    this.#lastId = Math.max(this.#lastId, report.id)
    this.#reports.set(report.id, report)
    if (isChanged) await this.#shelf.keep(report.id, report)
  }

  async #removeOld(): Promise<void> {
    const now = this.#options.clock()
    for (const { id, status, createdAt } of this.#reports.values())
      if (status !== 'STARTED' && createdAt + KEPT_MS <= now) await this.#remove(id)
  }

  /** The oldest of an organizer go that are not under way. */
  async #makeRoom(organizer: string): Promise<void> {
    await this.#removeOld()
    const own = [...this.#reports.values()].filter((report) => report.organizer === organizer)
    const ended = own.filter(({ status }) => status !== 'STARTED').sort((a, b) => a.id - b.id)
    for (const { id } of ended.slice(0, Math.max(0, own.length - ORGANIZER_REPORTS_MAX))) await this.#remove(id)
  }

  async #remove(id: number): Promise<void> {
    this.#reports.delete(id)
    await this.#shelf.remove(id)
  }
}

function isWithin({ organizer, cardSystems }: ReportReach, reach: ReportReach): boolean {
  if (organizer !== reach.organizer) return false
  return reach.cardSystems.length === 0 || (cardSystems.length > 0 && cardSystems.every((id) => reach.cardSystems.includes(id)))
}

function isSameReach(a: ReportReach, b: ReportReach): boolean {
  return isWithin(a, b) && isWithin(b, a)
}

function told({ id, status, message, firstDay, lastDay, createdAt }: KeptReport): FinancialReport {
  return { id, status, message, firstDay, lastDay, createdAt }
}

function failed(message: string): Pick<KeptReport, 'status' | 'message' | 'fileName'> {
  return { status: 'FAILED', message, fileName: '' }
}

function addressOf({ organizer, id }: KeptReport): string {
  return `/organizers/${organizer}/financial-reports/${id}`
}

/** As the official system names it: `financialOverview_<organizer>_20210526_1512.zip`, time in Brussels. */
function fileNameOf(organizer: string, instant: number): string {
  const moment = MOMENT.format(instant).replaceAll(/[-:]/g, '').replace(' ', '_')
  return `financialOverview_${fileNamePart(organizer)}_${moment}.zip`
}

const MOMENT = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Brussels', dateStyle: 'short', timeStyle: 'short' })
