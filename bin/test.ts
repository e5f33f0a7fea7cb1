import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readReport, type TestReport } from './test-reporter.ts'

/**
 * `npm test`: types, lint, unused code, then every test. `npm test -- core ingest` narrows to projects; what starts with a dash goes
 * to vitest (`npm test -- core -t balance`). The last line is `N passed, N failed`. With CI=true what was skipped has failed.
 */

const ROOT = join(import.meta.dirname, '..')
const PROJECTS = ['house', 'core', 'ingest', 'pipeline', 'warehouse', 'dashboard', 'load-tests', 'bin']
/** The slowest, types of the dashboard, takes half a minute on two busy cores. */
const STEP_TIMEOUT_MS = 5 * 60_000
/** As many as the cores of a small machine. */
const CHECKS_AT_ONCE = 2
const SKIPPED_SHOWN_MAX = 40

interface Check {
  readonly name: string
  readonly command: readonly string[]
}

async function main(args: readonly string[]): Promise<number> {
  const dash = args.findIndex((arg) => arg.startsWith('-'))
  const projects = dash < 0 ? args : args.slice(0, dash)
  const options = dash < 0 ? [] : args.slice(dash)
  const unknown = projects.find((name) => !PROJECTS.includes(name))
  if (unknown) {
    process.stderr.write(`npm test: there is no project "${unknown}": choose from ${PROJECTS.join(', ')}.\n`)
    return 64
  }
  let passed = 0
  let failed = 0
  const checks = staticChecks(projects)
  const lane = async () => {
    for (let check = checks.shift(); check; check = checks.shift()) {
      if (await runCheck(check)) passed += 1
      else failed += 1
    }
  }
  await Promise.all(Array.from({ length: CHECKS_AT_ONCE }, lane))
  const report = await runVitest(projects, options)
  passed += report.passed
  failed += report.failed
  if (report.skipped.length > 0) sayWhatWasSkipped(report)
  if (process.env.CI === 'true') failed += report.skipped.length
  console.log(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

/** The checks that run no code of ours; each counts as one test. */
function staticChecks(projects: readonly string[]): Check[] {
  const chosen = projects.length > 0 ? projects : PROJECTS
  const folders = chosen.filter((name) => name !== 'house')
  // one pass over all saves reading core once for each workspace; core's own shows that its source needs no Node, and that of the
  // scenarios that k6 can run them
  const alone = projects.length > 0 ? folders : ['dashboard', 'core']
  const types = alone.map((name) => ({ name: `types ${name}`, command: typesOf(name) }))
  if (projects.length === 0) {
    types.push({ name: 'types of the rest', command: ['tsc', '--noEmit'] })
    types.push({ name: 'types scenarios', command: ['tsc', '--noEmit', '-p', 'load-tests/scenarios'] })
  }
  const paths = projects.length === 0 ? ['.'] : folders
  if (paths.length === 0) return types
  const lint = [
    { name: 'biome', command: ['biome', 'check', ...paths] },
    { name: 'oxlint', command: ['oxlint', '--type-aware', ...paths] },
  ]
  const unused = projects.length === 0 ? [{ name: 'knip', command: ['knip', '--no-progress'] }] : []
  return [...types, ...lint, ...unused]
}

function typesOf(folder: string): readonly string[] {
  return folder === 'bin' ? ['tsc', '--noEmit', '-p', 'bin'] : ['npm', 'run', '--silent', 'types', '-w', `@zuil/${folder}`]
}

async function runCheck(check: Check): Promise<boolean> {
  const started = performance.now()
  const { code, output } = await run(check.command)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${code === 0 ? '✓' : '✗'} ${check.name} (${seconds} s)`)
  if (code !== 0) console.log(output.trimEnd())
  return code === 0
}

/** In a process of its own: whatever a test does to it, what had ended until then is counted. */
async function runVitest(projects: readonly string[], options: readonly string[]): Promise<TestReport> {
  const chosen = projects.flatMap((name) => ['--project', name])
  const folder = mkdtempSync(join(tmpdir(), 'zuil-test-'))
  const file = join(folder, 'report.json')
  try {
    const args = [join(ROOT, 'bin/test-run.ts'), file, ...chosen, ...options]
    // Tests start some two hundred processes of ours: what one has compiled the next takes, which halves the work of a short command.
    const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') }
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] })
    const end = await new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message))
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
    })
    const report = readReport(textOf(file))
    if (!report.isComplete) console.log(`\n✗ vitest broke off (${end}); the counts are those of the test files that had ended.`)
    // What a name pattern leaves out was not skipped for a reason worth telling.
    return options.some((option) => /^(-t|--testNamePattern)(=|$)/.test(option)) ? { ...report, skipped: [] } : report
  } finally {
    // a process that a test left may be writing there at this moment
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined // nothing had ended
  }
}

function sayWhatWasSkipped(report: TestReport): void {
  const verdict = process.env.CI === 'true' ? 'and with CI=true that is a failure' : 'the reasons'
  console.log(`\n${report.skipped.length} skipped, ${verdict}:`)
  for (const { test, reason } of report.skipped.slice(0, SKIPPED_SHOWN_MAX)) console.log(`  ${test}\n    ${reason}`)
  const more = report.skipped.length - SKIPPED_SHOWN_MAX
  if (more > 0) console.log(`  … and ${more} more`)
}

/** Runs a command of node_modules/.bin (npm puts it on the path) in the root; a missing one counts as code 127. */
function run(command: readonly string[]): Promise<{ code: number; output: string }> {
  const [name = '', ...args] = command
  return new Promise((resolve) => {
    const child = spawn(name, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], timeout: STEP_TIMEOUT_MS })
    let output = ''
    const keep = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', (error) => resolve({ code: 127, output: error.message }))
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

process.exitCode = await main(process.argv.slice(2))
