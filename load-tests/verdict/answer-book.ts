import { Histogram } from '../bench/client/histogram.ts'
import { type AnswerLine, parseAnswerLine } from '../scenarios/answer-line.ts'

/** Latencies and outcomes of one endpoint. Milliseconds. */
export interface EndpointFigures {
  readonly endpoint: string
  readonly requests: number
  readonly accepted: number
  readonly refused: number
  /** Turned away for now (429, 503). */
  readonly busy: number
  readonly unanswered: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly p999: number
  readonly max: number
}

/** One second of the run. */
export interface CurvePoint {
  /** From the first request on. */
  readonly second: number
  readonly requests: number
  readonly accepted: number
  /** Definite answers: accepted, refused or read. */
  readonly answered: number
  readonly p50: number
  readonly p99: number
}

export interface Refusal {
  readonly code: string
  readonly count: number
}

interface Tally {
  readonly latency: Histogram
  requests: number
  accepted: number
  refused: number
  busy: number
  unanswered: number
}

interface Second {
  readonly latency: Histogram
  requests: number
  accepted: number
  answered: number
}

const MICROSECONDS = 1_000
/** A run of an hour; what comes later counts, but is not drawn. */
const SECONDS_MAX = 3_600
/** So many are named in a report. */
const EXAMPLES_MAX = 20
/** Nobody said anything for this long: whoever stands at a door has gone. A device gives up a call after ten seconds. */
const HUNG_MS = 9_500

/** Everything that the devices of a run wrote down, added up as it comes. */
export class AnswerBook {
  readonly #endpoints = new Map<string, Tally>()
  readonly #seconds: Second[] = []
  readonly #latency = new Histogram()
  readonly #refusals = new Map<string, number>()
  readonly #otherAnswers: string[] = []
  /** When requests were sent that nobody answered in all that time. Epoch ms. */
  readonly #hung: number[] = []
  #firstAt = 0
  #gaveUp = 0
  #busyWithoutWait = 0
  #otherAnswerCount = 0
  #unreadable = 0
  /** Receipts and ids that stand for what was accepted, each once: the same again is the same transaction. */
  readonly accepted = new Set<string>()

  addLine(text: string): void {
    const line = parseAnswerLine(text)
    if (line) this.add(line)
    else this.#unreadable += 1
  }

  add(line: AnswerLine): void {
    if (line.outcome === 'gave-up') {
      this.#gaveUp += 1
      return
    }
    if (line.outcome === 'other-answer') {
      this.#otherAnswerCount += 1
      if (this.#otherAnswers.length < EXAMPLES_MAX) this.#otherAnswers.push(line.detail)
      return
    }
    const tally = this.#tally(line.endpoint)
    const second = this.#second(line.at)
    tally.requests += 1
    if (second) second.requests += 1
    if (second && line.outcome !== 'unanswered' && line.outcome !== 'busy') second.answered += 1
    // how soon nobody answered says nothing about how soon one is answered
    if (line.outcome !== 'unanswered') {
      for (const latency of [tally.latency, this.#latency, second?.latency]) latency?.record(line.ms * MICROSECONDS)
    }
    switch (line.outcome) {
      case 'accepted':
        tally.accepted += 1
        if (second) second.accepted += 1
        for (const one of line.detail.split(',')) this.accepted.add(one)
        break
      case 'refused':
        tally.refused += 1
        this.#refusals.set(line.detail, (this.#refusals.get(line.detail) ?? 0) + 1)
        break
      case 'busy':
        tally.busy += 1
        if (!/^\d+$/.test(line.detail)) this.#busyWithoutWait += 1
        break
      case 'unanswered':
        tally.unanswered += 1
        if (line.ms >= HUNG_MS) this.#hung.push(line.at)
        break
      case 'read':
        break
    }
  }

  /** Epoch ms of the first request; 0 before it. */
  get firstAt(): number {
    return this.#firstAt
  }

  /** Requests of which nobody knows what became of them. */
  get gaveUp(): number {
    return this.#gaveUp
  }

  /** Requests that were sent since then and heard nothing, for as long as a device waits. */
  hungSince(at: number): number {
    return this.#hung.filter((sentAt) => sentAt >= at).length
  }

  /** Answers 429 and 503 that did not say when to come again. */
  get busyWithoutWait(): number {
    return this.#busyWithoutWait
  }

  /** Repeated requests that were answered in another way, with some of them. */
  get otherAnswers(): { readonly count: number; readonly examples: readonly string[] } {
    return { count: this.#otherAnswerCount, examples: this.#otherAnswers }
  }

  /** Lines that nobody can read: k6 said something of its own. */
  get unreadable(): number {
    return this.#unreadable
  }

  /** Most frequent first. */
  get refusals(): readonly Refusal[] {
    return [...this.#refusals].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count)
  }

  total(what: 'requests' | 'accepted' | 'refused' | 'busy' | 'unanswered'): number {
    return [...this.#endpoints.values()].reduce((sum, tally) => sum + tally[what], 0)
  }

  /** In the order in which they were first used. */
  get endpoints(): readonly EndpointFigures[] {
    return [...this.#endpoints].map(([endpoint, { latency, ...counts }]) => ({
      endpoint,
      ...counts,
      ...percentiles(latency),
    }))
  }

  get curve(): readonly CurvePoint[] {
    return Array.from(this.#seconds, (_, second) => this.#point(second))
  }

  /** The last second that is whole; undefined before. */
  get lastSecond(): CurvePoint | undefined {
    return this.#seconds.length < 2 ? undefined : this.#point(this.#seconds.length - 2)
  }

  /** Of all requests together, in ms. */
  get latency(): Pick<EndpointFigures, 'p50' | 'p99'> {
    return percentiles(this.#latency)
  }

  #point(second: number): CurvePoint {
    const { latency, requests = 0, accepted = 0, answered = 0 } = this.#seconds[second] ?? {}
    const { p50, p99 } = percentiles(latency ?? new Histogram())
    return { second, requests, accepted, answered, p50, p99 }
  }

  #tally(endpoint: string): Tally {
    const known = this.#endpoints.get(endpoint)
    if (known) return known
    const tally = { latency: new Histogram(), requests: 0, accepted: 0, refused: 0, busy: 0, unanswered: 0 }
    this.#endpoints.set(endpoint, tally)
    return tally
  }

  #second(at: number): Second | undefined {
    if (this.#firstAt === 0) this.#firstAt = at
    const second = Math.max(0, Math.floor((at - this.#firstAt) / 1_000))
    if (second >= SECONDS_MAX) return undefined
    this.#seconds[second] ??= { latency: new Histogram(), requests: 0, accepted: 0, answered: 0 }
    return this.#seconds[second]
  }
}

function percentiles(latency: Histogram): Pick<EndpointFigures, 'p50' | 'p95' | 'p99' | 'p999' | 'max'> {
  const ms = (share: number) => latency.percentile(share) / MICROSECONDS
  return { p50: ms(0.5), p95: ms(0.95), p99: ms(0.99), p999: ms(0.999), max: latency.max / MICROSECONDS }
}
