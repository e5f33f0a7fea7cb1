import { sleep } from 'k6'
import http, { type Params, type RefinedResponse } from 'k6/http'
import { Counter } from 'k6/metrics'
import { FORESEEN } from '../population/live/refusal.ts'
import { type AnswerLine, type AnswerOutcome, formatAnswerLine } from './answer-line.ts'
import { api, patienceMs } from './settings.ts'

/** A request as a device of the UiTPAS sends it, and sends it again with the same key until somebody says what became of it. */
export interface DeviceRequest {
  /** Name under which its latency is told. */
  readonly endpoint: string
  readonly path: string
  readonly body: string
  readonly headers: DeviceHeaders
  /** What stands for what was accepted; the header with the receipt when it is left out. */
  readonly accepted?: (response: DeviceResponse) => readonly string[]
}

export interface DeviceHeaders {
  readonly [name: string]: string
  readonly 'content-type': string
  /** Makes a repetition harmless. */
  readonly 'idempotency-key': string
}

export type DeviceResponse = RefinedResponse<'text'>

/** Said on the terminal and bounded by every scenario. */
export const METRICS = {
  /** Refusals that nobody foresaw. */
  unexplained: new Counter('zuil_unexplained'),
  /** Requests of which the device never learned what became of them. */
  gaveUp: new Counter('zuil_gave_up'),
  /** Repeated requests that were answered in another way than before. */
  otherAnswer: new Counter('zuil_other_answer'),
} as const

const TIMEOUT_MS = 10_000
const WAIT_MIN_SECONDS = 0.25
/** Somebody at a door does not wait longer either. */
const WAIT_MAX_SECONDS = 3
/** This share of the answers gets lost on the way, and the device asks again although it was answered. */
const LOST_SHARE = 0.02

/** Asks until somebody says what became of it; gives the outcome and writes it down. */
export function send(request: DeviceRequest): AnswerOutcome {
  const [outcome] = sendTogether([request])
  if (outcome === undefined) throw new Error('Each request has an outcome')
  return outcome
}

/** Several requests at the same moment; those that nobody answers, or that are turned away, are asked again together. */
export function sendTogether(requests: readonly DeviceRequest[]): readonly AnswerOutcome[] {
  const giveUpAt = Date.now() + patienceMs
  const exchanges = requests.map(exchangeOf)
  ask(exchanges)
  for (let attempt = 1; ; attempt++) {
    const open = exchanges.filter(isOpen)
    if (open.length === 0) break
    if (Date.now() >= giveUpAt) {
      giveUp(open)
      break
    }
    const told = open.reduce((most, { retryAfter }) => Math.max(most, retryAfter), 0)
    sleep(Math.min(WAIT_MAX_SECONDS, Math.max(told, WAIT_MIN_SECONDS * 2 ** Math.min(attempt, 10))))
    ask(open)
  }
  const lost = exchanges.filter(({ outcome }) => outcome === 'accepted' && Math.random() < LOST_SHARE)
  if (lost.length > 0) askAgain(lost)
  return exchanges.map(({ outcome }) => outcome)
}

/** A request and the last that was heard of it. */
interface Exchange {
  readonly request: DeviceRequest
  outcome: AnswerOutcome
  detail: string
  status: number
  /** Seconds; 0: nothing was said. */
  retryAfter: number
}

function exchangeOf(request: DeviceRequest): Exchange {
  return { request, outcome: 'unanswered', detail: '', status: 0, retryAfter: 0 }
}

function isOpen({ outcome }: Exchange): boolean {
  return outcome === 'busy' || outcome === 'unanswered'
}

function giveUp(open: readonly Exchange[]): void {
  for (const exchange of open) {
    const { request, status } = exchange
    exchange.outcome = 'gave-up'
    METRICS.gaveUp.add(1)
    write({ endpoint: request.endpoint, at: Date.now(), ms: 0, status, outcome: 'gave-up', detail: keyOf(request) })
  }
}

/** The same requests with the same keys: the answers have to name the same. */
function askAgain(answered: readonly Exchange[]): void {
  const again = answered.map(({ request }) => exchangeOf(request))
  ask(again)
  again.forEach((exchange, index) => {
    const { request, detail, status } = exchange
    const before = answered[index]?.detail ?? ''
    if (isOpen(exchange) || detail === before) return
    METRICS.otherAnswer.add(1)
    const other = { at: Date.now(), ms: 0, status, outcome: 'other-answer', detail: `${before} → ${detail}` } as const
    write({ endpoint: request.endpoint, ...other })
  })
}

/** A question that stores nothing: asked once. Gives whether it was answered. */
export function read(endpoint: string, url: string, headers: Readonly<Record<string, string>> = {}): boolean {
  const at = Date.now()
  const response = http.get(url, { headers, tags: tagsOf(endpoint), timeout: TIMEOUT_MS, responseType: 'text' })
  const { status } = response
  const isAnswered = status >= 200 && status < 400
  const end = isAnswered ? { outcome: 'read' as const, detail: '' } : judged({}, response, status)
  write({ endpoint, at, ms: response.timings.duration, status, ...end })
  return isAnswered
}

/**
 * Asks all at once, notes of each what became of it, and writes all of that down at once. k6 looks up what comes from another module
 * at each use, and makes an object of a part of a response each time it is looked at: with many requests a second both are felt.
 */
function ask(exchanges: readonly Exchange[]): void {
  const format = formatAnswerLine
  const at = Date.now()
  const responses = responsesTo(exchanges)
  const lines = exchanges.map((exchange, index) => {
    const { request } = exchange
    const response = responses[index]
    if (!response) throw new Error('k6 answers each request')
    const { status } = response
    const { outcome, detail } = judged(request, response, status)
    exchange.outcome = outcome
    exchange.detail = detail
    exchange.status = status
    exchange.retryAfter = outcome === 'busy' ? Number(detail) || 0 : 0
    return format({ endpoint: request.endpoint, at, ms: response.timings.duration, status, outcome, detail })
  })
  console.log(lines.join('\n'))
}

function responsesTo(exchanges: readonly Exchange[]): readonly DeviceResponse[] {
  const [first] = exchanges
  // asked for as text in paramsOf, here and below
  if (first && exchanges.length === 1) return [http.post(urlOf(first), first.request.body, paramsOf(first)) as DeviceResponse]
  return http.batch(
    exchanges.map((exchange) => ({
      method: 'POST',
      url: urlOf(exchange),
      body: exchange.request.body,
      params: paramsOf(exchange),
    })),
  ) as DeviceResponse[]
}

function urlOf({ request }: Exchange): string {
  return `${api}${request.path}`
}

function paramsOf({ request: { endpoint, headers } }: Exchange): Params {
  return { headers, tags: tagsOf(endpoint), timeout: TIMEOUT_MS, responseType: 'text' }
}

interface Tags {
  readonly [name: string]: string
  readonly endpoint: string
  readonly name: string
}

const tags: Record<string, Tags> = {}

function tagsOf(endpoint: string): Tags {
  const known = tags[endpoint] ?? { endpoint, name: endpoint }
  tags[endpoint] = known
  return known
}

function keyOf({ headers }: DeviceRequest): string {
  return headers['idempotency-key']
}

interface Judged {
  readonly outcome: AnswerOutcome
  readonly detail: string
}

function judged({ accepted }: Pick<DeviceRequest, 'accepted'>, response: DeviceResponse, status: number): Judged {
  if (status === 429 || status === 503) return { outcome: 'busy', detail: response.headers['Retry-After'] ?? 'no Retry-After' }
  if (status === 0 || status >= 500 || status === 408) return { outcome: 'unanswered', detail: String(response.error_code) }
  if (status < 400) {
    const receipts = accepted ? accepted(response) : [response.headers['Zuil-Receipt'] ?? '']
    // a batch of which every line was refused stores nothing; an answer without its receipt is another matter
    return receipts.length === 0 ? { outcome: 'read', detail: '' } : { outcome: 'accepted', detail: receipts.join(',') }
  }
  const code = codeOf(response.body ?? '') || `status ${status}`
  explain(code)
  return { outcome: 'refused', detail: code }
}

/** A refusal that does not belong to life is counted. */
function explain(code: string): void {
  if (FORESEEN[code] === undefined) METRICS.unexplained.add(1, { code })
}

/** One line of a batch that was refused: written down as a request of its own would be. */
export function refuseLine(endpoint: string, status: number, problem: string): void {
  const code = codeOf(problem) || `status ${status}`
  explain(code)
  write({ endpoint, at: Date.now(), ms: 0, status, outcome: 'refused', detail: code })
}

/** Last part of the type of the problem document; empty without one. */
function codeOf(text: string): string {
  const type = /"type":"([^"]*)"/.exec(text)?.[1] ?? ''
  return type.split(/[/:]/).at(-1) ?? ''
}

function write(line: AnswerLine): void {
  // the only way out of k6 that costs little: what is said goes into a file
  console.log(formatAnswerLine(line))
}
