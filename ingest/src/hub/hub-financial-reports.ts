import type { FinancialReport, ReportFileQuestion, ReportOrder, ReportReach } from '@zuil/core/contracts/financial-report'
import { askHub, type HubConnection } from './hub-connection.ts'
import { HubUnavailable } from './hub-error.ts'

/** The hub answers at once that a report is started, lists what it keeps in memory, and reads a file of its own disk. */
const TIMEOUT_MS = 5_000
const RETRY_AFTER_SECONDS = 5
/** A report of 25,000 sales, the most that there are in one, has some 2 MB; titles may be longer than usual. */
const FILE_BYTES_MAX = 32 * 1024 * 1024
/** A hundred reports wait: it takes minutes until there is room. */
const FULL_RETRY_AFTER_SECONDS = 60

export interface HubReportFile {
  /** Value of `Content-Disposition`. */
  readonly disposition: string
  readonly bytes: Buffer
}

/** Financial reports of organizers, which the hub makes and keeps. Each call @throws {HubUnavailable} */
export class HubFinancialReports {
  readonly #options: HubConnection

  constructor(options: HubConnection) {
    this.#options = options
  }

  async start(order: ReportOrder): Promise<FinancialReport> {
    const response = await this.#ask('', order)
    if (response.status === 503) {
      throw new HubUnavailable('Many financial reports are being made; ask again in a minute', {
        retryAfterSeconds: FULL_RETRY_AFTER_SECONDS,
      })
    }
    // Written by our own hub, whose answers have these types; also below.
    return (await answerOf(response)) as FinancialReport
  }

  /** Newest first. */
  async reports(reach: ReportReach): Promise<readonly FinancialReport[]> {
    return (await answerOf(await this.#ask('/list', { reach }))) as readonly FinancialReport[]
  }

  /** Undefined when there is no such report for who asks, or not yet. */
  async file(question: ReportFileQuestion): Promise<HubReportFile | undefined> {
    const response = await this.#ask('/file', question)
    if (response.status === 404) return undefined
    try {
      if (response.status !== 200) throw new Error(`The hub answered ${response.status}`)
      if (Number(response.headers.get('content-length')) > FILE_BYTES_MAX) throw new Error('The hub answered too large a file')
      // Whole, before a client reads it at its own pace.
      const bytes = Buffer.from(await response.arrayBuffer())
      return { disposition: response.headers.get('content-disposition') ?? 'attachment', bytes }
    } catch (cause) {
      return away(cause)
    }
  }

  async #ask(path: string, body: object): Promise<Response> {
    return await askHub(this.#options, { path: `financial-reports${path}`, body, timeoutMs: TIMEOUT_MS }).catch(away)
  }
}

async function answerOf(response: Response): Promise<unknown> {
  try {
    if (response.status !== 200) throw new Error(`The hub answered ${response.status}`)
    return await response.json()
  } catch (cause) {
    return away(cause)
  }
}

/** @throws {HubUnavailable} */
function away(cause: unknown): never {
  throw new HubUnavailable('Financial reports cannot be asked for just now', { retryAfterSeconds: RETRY_AFTER_SECONDS, cause })
}
