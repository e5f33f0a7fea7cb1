import { FORESEEN } from '../population/live/refusal.ts'
import type { CurvePoint, EndpointFigures } from './answer-book.ts'
import type { Evidence } from './judge.ts'
import type { Sample } from './sampler.ts'

/** Whether something that must hold did; `not-checked` says why it could not be looked at, and is no pass. */
export interface Check {
  readonly name: string
  readonly state: 'passed' | 'failed' | 'not-checked'
  /** What was compared, or what is wrong, with examples. */
  readonly detail: string
}

/** The installation in one second of the run, from its first request on; absent figures could not be had then. */
export interface InstallationPoint {
  readonly second: number
  readonly lagMs?: number
  readonly waiting?: number
  readonly openRanges?: number
  readonly jobs?: number
  readonly redisMegabytes?: number
  /** Mebibytes by part. */
  readonly memory: Readonly<Record<string, number>>
  /** Cores in use by part, since the point before. */
  readonly cores: Readonly<Record<string, number>>
}

/** Something that was done to the installation. */
export interface Incident {
  readonly second: number
  readonly text: string
}

/** What a run was asked and what it says, as it is kept: the page and JUnit are made from it, and a later run is compared with it. */
export interface Verdict {
  readonly format: 1
  readonly name: string
  readonly question: string
  /** ISO 8601. */
  readonly startedAt: string
  /** What was asked for: requests a second at the peak, seconds, passholders. */
  readonly wanted: { readonly rate: number; readonly seconds: number; readonly holders: number }
  readonly machine: readonly string[]
  readonly checks: readonly Check[]
  readonly figures: VerdictFigures
  readonly endpoints: readonly EndpointFigures[]
  readonly refusals: readonly { readonly code: string; readonly count: number; readonly meaning: string }[]
  readonly curve: readonly CurvePoint[]
  readonly installation: readonly InstallationPoint[]
  readonly incidents: readonly Incident[]
}

/** The few numbers that runs are compared by. */
export interface VerdictFigures {
  /** Answers 2xx to requests that store something; repeated ones count again. */
  readonly accepted: number
  /** In the busiest second. */
  readonly peakPerSecond: number
  /** Of all requests together, in ms. */
  readonly p50: number
  readonly p99: number
  /** Greatest delay until what was committed stood in the warehouse, in ms. */
  readonly lagMaxMs: number
  readonly redisMegabytesMax: number
  /** From the last request until everything was in the warehouse, in seconds; {@link DRAIN_SECONDS_MAX} when it never was. */
  readonly drainSeconds: number
}

export function isPassed({ checks }: Pick<Verdict, 'checks'>): boolean {
  return checks.every(({ state }) => state !== 'failed')
}

export interface RunFacts extends Pick<Verdict, 'name' | 'question' | 'wanted' | 'machine' | 'incidents'> {
  /** Epoch ms. */
  readonly startedAt: number
  readonly samples: readonly Sample[]
}

const MEGABYTE = 1_000_000
/** Everything that was accepted is in the warehouse within this time after the last request. */
export const DRAIN_SECONDS_MAX = 180

export function verdictOf(run: RunFacts, { answers, drained }: Evidence, checks: readonly Check[]): Verdict {
  const { startedAt, samples, ...facts } = run
  const { curve } = answers
  const installation = installationPoints(samples, answers.firstAt || startedAt)
  return {
    format: 1,
    ...facts,
    startedAt: new Date(startedAt).toISOString(),
    checks,
    figures: {
      accepted: answers.total('accepted'),
      peakPerSecond: greatest(curve.map(({ accepted }) => accepted)),
      ...answers.latency,
      lagMaxMs: greatest(installation.map(({ lagMs = 0 }) => lagMs)),
      redisMegabytesMax: greatest(installation.map(({ redisMegabytes = 0 }) => redisMegabytes)),
      drainSeconds: typeof drained === 'number' ? drained : DRAIN_SECONDS_MAX,
    },
    endpoints: answers.endpoints,
    refusals: answers.refusals.map((refusal) => ({ ...refusal, meaning: FORESEEN[refusal.code] ?? '' })),
    curve,
    installation,
  }
}

function installationPoints(samples: readonly Sample[], firstAt: number): readonly InstallationPoint[] {
  return samples.map((sample, index) => {
    const before = samples[index - 1]
    const seconds = before ? (sample.at - before.at) / 1_000 : 0
    const coresOf = ([part, spent]: [string, number]): [string, number] => {
      // less than before: the part was started again
      const since = Math.max(0, spent - (before?.processor[part] ?? spent))
      return [part, seconds > 0 ? since / seconds : 0]
    }
    return {
      second: Math.round((sample.at - firstAt) / 1_000),
      ...defined({ lagMs: sample.lagMs, waiting: sample.waiting, openRanges: sample.openRanges, jobs: sample.jobs }),
      ...(sample.redisBytes !== undefined && { redisMegabytes: sample.redisBytes / MEGABYTE }),
      memory: sample.memory,
      cores: Object.fromEntries(Object.entries(sample.processor).map(coresOf)),
    }
  })
}

function defined(figures: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

function greatest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0)
}
