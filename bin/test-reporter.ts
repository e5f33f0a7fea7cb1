import { renameSync, writeFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** What one run of vitest came to, as `npm test` counts it. */
export interface TestReport {
  readonly passed: number
  /** Tests that failed, files that could not be loaded, and errors outside of any test. */
  readonly failed: number
  readonly skipped: readonly SkippedTest[]
  /** False while the run goes on; a report that stays so is of a run that broke off. */
  readonly isComplete: boolean
}

export interface SkippedTest {
  readonly test: string
  readonly reason: string
}

/**
 * Writes a {@link TestReport} to a file after each test file: vitest's own JSON comes at the end only, and does not tell why a test
 * was skipped.
 */
export class TestReporter implements Reporter {
  readonly #file: string
  readonly #ended: TestModule[] = []

  constructor(file: string) {
    this.#file = file
  }

  onTestModuleEnd(module: TestModule): void {
    this.#ended.push(module)
    this.#write({ ...reportOf(this.#ended, 0), isComplete: false })
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    this.#write({ ...reportOf(modules, unhandledErrors.length), isComplete: true })
  }

  /** Whole or not at all: the process may end at any moment. */
  #write(report: TestReport): void {
    writeFileSync(`${this.#file}.part`, JSON.stringify(report))
    renameSync(`${this.#file}.part`, this.#file)
  }
}

/** What the file says; of a run that broke off what had ended, and one failure for the rest. */
export function readReport(text: string | undefined): TestReport {
  if (text === undefined) return { passed: 0, failed: 1, skipped: [], isComplete: false }
  const report = JSON.parse(text) as TestReport // written by TestReporter only
  return report.isComplete ? report : { ...report, failed: report.failed + 1 }
}

function reportOf(modules: readonly TestModule[], unhandledErrors: number): Omit<TestReport, 'isComplete'> {
  let passed = 0
  let failed = unhandledErrors
  const skipped: SkippedTest[] = []
  for (const module of modules) {
    failed += module.errors().length
    for (const test of module.children.allTests()) {
      const result = test.result()
      if (result.state === 'passed') passed += 1
      else if (result.state === 'failed') failed += 1
      else skipped.push({ test: nameOf(module, test), reason: reasonOf(test) })
    }
    for (const suite of module.children.allSuites()) failed += suite.errors().length
  }
  return { passed, failed, skipped }
}

function nameOf(module: TestModule, test: TestCase): string {
  return `${module.relativeModuleId}: ${test.fullName}`
}

/** `context.skip('why')` carries its reason; a `describe.skipIf` can only say it in a title, in brackets or after a colon. */
function reasonOf(test: TestCase): string {
  const result = test.result()
  return (
    (result.state === 'skipped' && result.note) || 'its condition does not hold here (see its describe.skipIf or test.skipIf)'
  )
}
