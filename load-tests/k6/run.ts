import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { K6Program } from './program.ts'

/** One promise of a scenario, as k6 judged it. */
export interface Threshold {
  readonly metric: string
  readonly expression: string
  readonly isMet: boolean
  /** What was measured, of what the expression is about; undefined when k6 did not say. */
  readonly measured: number | undefined
}

export interface K6Run {
  /** Undefined when it could not be started. */
  readonly pid: number | undefined
  /** Where the devices write their answers, a line each (scenarios/answer-line.ts). */
  readonly answers: string
  /** Resolves when k6 ended. */
  readonly ended: Promise<K6Result>
}

export interface K6Result {
  readonly thresholds: readonly Threshold[]
  /** What k6 said itself; empty when all went well. */
  readonly complaint: string
}

export interface K6Options {
  readonly program: K6Program
  /** Name of the scenario: that of its file. */
  readonly scenario: string
  /** Where the stage's files are and k6 writes what it has to say. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
}

const SCENARIOS = fileURLToPath(new URL('../scenarios/', import.meta.url))
/** k6 ran to the end, and a threshold was crossed. */
const THRESHOLDS_CROSSED = 99
/**
 * Percentage by which the heap of k6 grows before it collects garbage, unless the environment says another: with 100, its default, a
 * request costs a fifth more processor time, which the installation beside it misses.
 */
const HEAP_GROWTH = '400'
/** Processors that k6 may use at once, unless the environment says another: half, because what it measures needs the rest. */
const PROCESSORS = String(Math.max(1, Math.floor(availableParallelism() / 2)))
const COMPLAINT_LENGTH_MAX = 4_000

/** Starts a scenario; what it is told comes from the environment that it is given and from nowhere else. */
export function runK6({ program, scenario, folder, environment }: K6Options): K6Run {
  const answers = join(folder, 'answers.tsv')
  const summary = join(folder, 'summary.json')
  const settings = { ...environment, ZUIL_CAST: `${folder}/`, ZUIL_SUMMARY: summary }
  const variables = Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`])
  const quietly = ['--quiet', '--no-usage-report', '--include-system-env-vars=false', '--address', '']
  const log = ['--log-format', 'raw', '--console-output', answers]
  const child = spawn(program.path, ['run', ...quietly, ...log, ...variables, `${SCENARIOS}${scenario}.ts`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { GOGC: HEAP_GROWTH, GOMAXPROCS: PROCESSORS, ...process.env },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-COMPLAINT_LENGTH_MAX)))
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  }).then(async (code) => {
    const isWell = code === 0 || code === THRESHOLDS_CROSSED
    const complaint = isWell ? '' : `k6 ended with exit code ${code}: ${said.trim()}`
    return { thresholds: await thresholdsOf(summary), complaint }
  })
  return { pid: child.pid, answers, ended }
}

async function thresholdsOf(summary: string): Promise<readonly Threshold[]> {
  const text = await readFile(summary, 'utf8').catch(() => '{}')
  // The summary of k6, whose format is documented; a scenario that never began has none.
  const { metrics = {} } = JSON.parse(text) as { metrics?: Record<string, MetricSummary> }
  return Object.entries(metrics).flatMap(([metric, { thresholds = {}, values = {} }]) =>
    Object.entries(thresholds).map(([expression, { ok }]) => {
      const about = /^[^<>=!]+/.exec(expression)?.[0].trim() ?? ''
      return { metric, expression, isMet: ok, measured: values[about] }
    }),
  )
}

interface MetricSummary {
  readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>
  readonly values?: Readonly<Record<string, number>>
}
