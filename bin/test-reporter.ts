import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** What one run of vitest came to, as `npm test` counts it. */
export interface TestReport {
  readonly passed: number
  /** Tests that failed, files that could not be loaded, and errors outside of any test. */
  readonly failed: number
  readonly skipped: readonly SkippedTest[]
}

export interface SkippedTest {
  readonly test: string
  readonly reason: string
}

/** Keeps a {@link TestReport} of the run: vitest's own JSON does not tell why a test was skipped. */
export class TestReporter implements Reporter {
  report: TestReport | undefined

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    this.report = reportOf(modules, unhandledErrors.length)
  }
}

function reportOf(modules: readonly TestModule[], unhandledErrors: number): TestReport {
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
