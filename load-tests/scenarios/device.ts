import { sleep } from 'k6'
import http, { type Params, type RefinedResponse } from 'k6/http'
import { Counter } from 'k6/metrics'
import { FORESEEN } from '../population/live/refusal.ts'
import { type AnswerOutcome, formatAnswerLine } from './answer-line.ts'
import { api, patienceMs } from './settings.ts'

/** A request as a device of the UiTPAS sends it, and sends it again with the same key until somebody says what became of it. */
export interface DeviceRequest {
  /** Name under which its latency is told. */
  readonly endpoint: string
  readonly path: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  /** Makes a repetition harmless. */
  readonly key: string
  /** What stands for what was accepted; the header with the receipt when it is left out. */
  readonly accepted?: (response: DeviceResponse) => readonly string[]
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

const TIMEOUT = '10s'
const WAIT_MIN_SECONDS = 0.25
/** Somebody at a door does not wait longer either. */
const WAIT_MAX_SECONDS = 3
/** This share of the answers gets lost on the way, and the device asks again although it was answered. */
const LOST_SHARE = 0.02

/** Asks until somebody says what became of it; gives the outcome and writes it down. */
export function send(request: DeviceRequest): AnswerOutcome {
  return settle(request, endOf(request, ask(request)))
}

/** Several requests at the same moment; those that nobody answers are asked again one by one. */
export function sendTogether(requests: readonly DeviceRequest[]): readonly AnswerOutcome[] {
  const responses = http.batch(
    requests.map((request) => ({ method: 'POST', url: `${api}${request.path}`, body: request.body, params: paramsOf(request) })),
  )
  return requests.map((request, index) => {
    const response = responses[index]
    if (!response) throw new Error('k6 answers each request of a batch')
    // asked for as text in paramsOf
    return settle(request, endOf(request, response as DeviceResponse))
  })
}

function settle(request: DeviceRequest, first: End): AnswerOutcome {
  const giveUpAt = Date.now() + patienceMs
  let end = first
  for (let attempt = 1; ; attempt++) {
    const { outcome, detail, status, retryAfter } = end
    if (outcome !== 'busy' && outcome !== 'unanswered') {
      if (outcome === 'accepted' && Math.random() < LOST_SHARE) askAgain(request, detail)
      return outcome
    }
    if (Date.now() >= giveUpAt) {
      METRICS.gaveUp.add(1)
      write(request, { at: Date.now(), ms: 0, status, outcome: 'gave-up', detail: request.key })
      return 'gave-up'
    }
    sleep(Math.min(WAIT_MAX_SECONDS, Math.max(retryAfter, WAIT_MIN_SECONDS * 2 ** Math.min(attempt, 10))))
    end = endOf(request, ask(request))
  }
}

/** The same request with the same key: the answer has to name the same. */
function askAgain(request: DeviceRequest, before: string): void {
  const { outcome, detail, status } = endOf(request, ask(request))
  if (outcome === 'busy' || outcome === 'unanswered' || detail === before) return
  METRICS.otherAnswer.add(1)
  write(request, { at: Date.now(), ms: 0, status, outcome: 'other-answer', detail: `${before} → ${detail}` })
}

/** A question that stores nothing: asked once. Gives whether it was answered. */
export function read(endpoint: string, url: string, headers: Readonly<Record<string, string>> = {}): boolean {
  const response = http.get(url, { headers, tags: { endpoint, name: endpoint }, timeout: TIMEOUT, responseType: 'text' })
  const isAnswered = response.status >= 200 && response.status < 400
  const end = isAnswered ? { outcome: 'read' as const, detail: '' } : judged({}, response)
  const ms = response.timings.duration
  write({ endpoint }, { at: Date.now() - Math.round(ms), ms, status: response.status, ...end })
  return isAnswered
}

function ask(request: DeviceRequest): DeviceResponse {
  // asked for as text in paramsOf
  return http.post(`${api}${request.path}`, request.body, paramsOf(request)) as DeviceResponse
}

function paramsOf({ endpoint, headers, key }: DeviceRequest): Params {
  return {
    headers: { 'content-type': 'application/json', ...headers, 'idempotency-key': key },
    tags: { endpoint, name: endpoint },
    timeout: TIMEOUT,
    responseType: 'text',
  }
}

interface Judged {
  readonly outcome: AnswerOutcome
  readonly detail: string
}

interface End extends Judged {
  readonly status: number
  readonly retryAfter: number
}

function endOf(request: DeviceRequest, response: DeviceResponse): End {
  const { outcome, detail } = judged(request, response)
  const { status } = response
  const ms = response.timings.duration
  write(request, { at: Date.now() - Math.round(ms), ms, status, outcome, detail })
  return { outcome, detail, status, retryAfter: Number(response.headers['Retry-After'] ?? 0) || 0 }
}

function judged({ accepted }: Pick<DeviceRequest, 'accepted'>, response: DeviceResponse): Judged {
  const { status } = response
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
  write({ endpoint }, { at: Date.now(), ms: 0, status, outcome: 'refused', detail: code })
}

/** Last part of the type of the problem document; empty without one. */
function codeOf(text: string): string {
  const type = /"type":"([^"]*)"/.exec(text)?.[1] ?? ''
  return type.split(/[/:]/).at(-1) ?? ''
}

function write(
  { endpoint }: Pick<DeviceRequest, 'endpoint'>,
  line: Omit<Parameters<typeof formatAnswerLine>[0], 'endpoint'>,
): void {
  // the only way out of k6 that costs little: what is said goes into a file
  console.log(formatAnswerLine({ ...line, endpoint }))
}
