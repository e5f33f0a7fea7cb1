import { isDeepStrictEqual } from 'node:util'
import { processorSeconds } from '../installation/process-facts.ts'
import { type Answer, ask } from './answer.ts'
import type { BareRouteName } from './bare-route.ts'
import { BareRoute } from './bare-route-process.ts'
import type { LoadJob, LoadResult } from './client/job.ts'
import { RequestWriter } from './client/request-writer.ts'
import { type Comparison, figuresOf, type Pair, type Run, ratioOf } from './comparison-figures.ts'
import type { Bench, Context } from './context.ts'
import { type Figure, median } from './figure.ts'

/** Callers of both targets alike: enough that ingest has work while a micro-batch is on its way to the disk. */
const CONNECTIONS = 256
/** Pairs of loads; the median of their ratios is what counts, because the machine's speed drifts. */
const PAIRS = 5
/** Answers of ingest that the bare route repeats: enough for the usual mix of lengths. */
const ANSWERS = 100
/** Requests before anything counts: by then the hot code of both servers is compiled. */
const WARM_UP_REQUESTS = 100_000
const WARM_UP_MAX_MS = 60_000
/** Above what one process can answer, so that the time ends a load. */
const RATE_MAX = 60_000
/** Share of the measured capacity at which an open loop looks at the latency of a busy, not flooded, service. */
const BUSY_SHARE = 0.7

/** A route of ingest that is measured beside a bare one. */
export interface ComparisonOptions extends Comparison {
  readonly question: string
  readonly request: BareRouteName
  /** Measured with the hub stopped, and also while it loads into the warehouse: a read makes nothing to load. */
  readonly isWrite: boolean
  /** Done once before, e.g. to give points that are spent. */
  readonly prepare?: (context: Context) => Promise<void>
}

export function comparison(comparison: ComparisonOptions): Bench {
  const { name, question, isWrite, prepare } = comparison
  return {
    name,
    question,
    async run(context) {
      await prepare?.(context)
      const answers = await recordAnswers(context, comparison.request)
      await using bare = await BareRoute.start({ route: comparison.request, answers })
      const contest = new Contest(comparison, context, bare)
      const figures: Figure[] = []
      for (const withHub of isWrite ? [false, true] : [false]) {
        await context.running('hub', withHub)
        figures.push(...(await contest.measure(withHub ? 'with the hub loading' : 'hub stopped')))
      }
      return figures
    },
  }
}

/** How long one load is. */
type Length = Pick<LoadJob, 'durationMs' | 'requestsMax' | 'rate'>

class Contest {
  readonly #comparison: ComparisonOptions
  readonly #context: Context
  readonly #bare: BareRoute

  constructor(comparison: ComparisonOptions, context: Context, bare: BareRoute) {
    this.#comparison = comparison
    this.#context = context
    this.#bare = bare
  }

  /** `state`: what else runs meanwhile, for the names of the figures. */
  async measure(state: string): Promise<Figure[]> {
    const durationMs = this.#context.seconds * 1000
    const length = { durationMs, requestsMax: (RATE_MAX * durationMs) / 1000 }
    await this.#loadBare({ durationMs: WARM_UP_MAX_MS, requestsMax: WARM_UP_REQUESTS })
    await this.#loadIngest({ durationMs: WARM_UP_MAX_MS, requestsMax: WARM_UP_REQUESTS })
    const pairs: Pair[] = []
    for (let i = 0; i < PAIRS; i++) {
      // the order alternates, so that neither of the two always comes after the other
      const first = i % 2 === 0 ? await this.#loadBare(length) : undefined
      const ingest = await this.#loadIngest(length)
      const pair = { bare: first ?? (await this.#loadBare(length)), ingest }
      this.#context.log(
        `pair ${i + 1}: bare ${Math.round(pair.bare.perSecond)}/s, ingest ${Math.round(ingest.perSecond)}/s, ratio ${ratioOf(pair).toFixed(3)}`,
      )
      pairs.push(pair)
    }
    const capacity = median(pairs.map(({ ingest }) => ingest.perSecond))
    const busy = await this.#loadIngest({ ...length, rate: capacity * BUSY_SHARE })
    const runs = [...pairs.map(({ ingest }) => ingest), busy]
    if (runs.some(({ requests, accepted }) => accepted < requests))
      this.#context.log(`answers by status: ${runs.map(({ statuses }) => JSON.stringify(statuses)).join(' ')}`)
    return figuresOf({ comparison: this.#comparison, state, pairs, busy, busyShare: BUSY_SHARE })
  }

  async #loadBare(length: Length): Promise<Run> {
    const { client, token, population } = this.#context
    const before = processorSeconds(this.#bare.pid)
    const result = await client.run({
      target: this.#bare.target,
      token,
      population,
      request: { kind: this.#comparison.request, first: 0 },
      connections: CONNECTIONS,
      ...this.#bounded(length),
    })
    return runOf(result, processorSeconds(this.#bare.pid) - before, 0)
  }

  async #loadIngest(length: Length): Promise<Run> {
    const { installation } = this.#context
    const pids = { ingest: installation.pid('ingest'), redis: installation.pid('redis') }
    const before = { ingest: processorSeconds(pids.ingest), redis: processorSeconds(pids.redis) }
    const request = { kind: this.#comparison.request, first: 0 }
    const result = await this.#context.load({ request, connections: CONNECTIONS, ...this.#bounded(length) })
    return runOf(result, processorSeconds(pids.ingest) - before.ingest, processorSeconds(pids.redis) - before.redis)
  }

  /** A small population runs out of turns before the time is up. */
  #bounded(length: Length): Length {
    return { ...length, requestsMax: Math.min(length.requestsMax, this.#context.turnsLeft(this.#comparison.request)) }
  }
}

/**
 * What ingest answers to the first requests: the bare route will say the same.
 * @throws {Error} when the bare route says something else: then the ratio would compare two different things
 */
export async function recordAnswers(context: Context, kind: BareRouteName): Promise<Answer[]> {
  const { ingest: target, token, population } = context
  const request = { kind, first: context.takeTurns(kind, ANSWERS) }
  const template = new RequestWriter({ target, token, population, request, requestsMax: ANSWERS }).template()
  const answers: Answer[] = []
  for (let index = 0; index < ANSWERS; index++) {
    template.fill(index)
    answers.push(await ask(target.port, template.bytes))
  }
  await using bare = await BareRoute.start({ route: kind, answers })
  for (const answer of answers) {
    const bareAnswer = await ask(bare.target.port, template.bytes)
    if (isDeepStrictEqual(bareAnswer, { ...answer, fields: answers[0]?.fields })) continue
    throw new Error(`The bare route answers ${kind} otherwise than ingest: ${JSON.stringify([answer, bareAnswer])}`)
  }
  return answers
}

function runOf(result: LoadResult, serverSeconds: number, redisSeconds: number): Run {
  if (result.failure) throw new Error(`A connection failed: ${result.failure}`)
  return {
    ...result,
    perSecond: result.accepted / result.seconds,
    serverMicros: (serverSeconds * 1_000_000) / result.requests,
    redisMicros: (redisSeconds * 1_000_000) / result.requests,
  }
}
