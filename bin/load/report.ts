import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compareRuns, type Difference } from '@zuil/load-tests/verdict/comparison'
import { junitReport } from '@zuil/load-tests/verdict/junit'
import { verdictPage } from '@zuil/load-tests/verdict/page'
import { isPassed, type Verdict } from '@zuil/load-tests/verdict/verdict'
import { CommandError, EXIT, say } from '../command.ts'

const STATES = { passed: 'ok', failed: 'FAILED', 'not-checked': 'not checked' } as const

/** An earlier verdict. @throws {CommandError} when the file is none */
export async function readVerdict(file: string): Promise<Verdict> {
  try {
    // Written by writeReport; the format is looked at right below.
    const verdict = JSON.parse(await readFile(file, 'utf8')) as Verdict
    if (verdict.format === 1) return verdict
  } catch {
    // said below, as of any other file that is none
  }
  throw new CommandError(`${file} holds no verdict: give the verdict.json of an earlier run.`, EXIT.usage)
}

/** Writes the page, the JSON and JUnit, and says the verdict; gives the exit code. */
export async function report(
  verdict: Verdict,
  { folder, before }: { readonly folder: string; readonly before?: Verdict },
): Promise<number> {
  const differences = before ? compared(before, verdict) : []
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'verdict.json'), `${JSON.stringify(verdict, null, 1)}\n`)
  await writeFile(join(folder, 'junit.xml'), junitReport([verdict]))
  await writeFile(join(folder, 'verdict.html'), verdictPage(verdict, differences))
  say(verdictText(verdict, differences))
  say(`\nThe page with charts: ${join(folder, 'verdict.html')}`)
  return isPassed(verdict) ? EXIT.ok : EXIT.found
}

function compared(before: Verdict, now: Verdict): readonly Difference[] {
  try {
    return compareRuns(before, now)
  } catch (error) {
    throw error instanceof RangeError ? new CommandError(`${error.message}.`, EXIT.usage) : error
  }
}

/** The verdict for the terminal. */
export function verdictText(verdict: Verdict, differences: readonly Difference[]): string {
  const { endpoints, checks, figures } = verdict
  const cells = (values: readonly (string | number)[]) => values.map((value) => String(value).padStart(11)).join('')
  const worse = differences.filter(({ isWorse }) => isWorse)
  return [
    '',
    `${''.padEnd(18)}${cells(['requests', 'accepted', 'refused', 'busy', 'p50 ms', 'p95 ms', 'p99 ms', 'p99.9 ms'])}`,
    ...endpoints.map(({ endpoint, requests, accepted, refused, busy, p50, p95, p99, p999 }) => {
      const latencies = [p50, p95, p99, p999].map((ms) => ms.toFixed(1))
      return `${endpoint.padEnd(18)}${cells([requests, accepted, refused, busy, ...latencies])}`
    }),
    '',
    `${figures.peakPerSecond} accepted in the busiest second; at most ${Math.round(figures.lagMaxMs)} ms until it was in the warehouse.`,
    '',
    ...checks.map(({ state, name, detail }) => `${STATES[state].padEnd(12)} ${name}: ${detail}`),
    ...worse.map(({ figure, before, now, percent }) => `worse        ${figure}: ${before} → ${now} (${percent.toFixed(0)} %)`),
    '',
    isPassed(verdict) ? 'Verdict: passed.' : 'Verdict: FAILED.',
  ].join('\n')
}
