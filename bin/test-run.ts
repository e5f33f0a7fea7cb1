import { join } from 'node:path'
import { parseCLI, startVitest } from 'vitest/node'
import { TestReporter } from './test-reporter.ts'

/**
 * One run of vitest in a process of its own: `node bin/test-run.ts <report file> <arguments of vitest…>`. The counts go to the
 * report file after each test file, so that they outlive this process however it ends and whatever it printed.
 */
const [reportFile = '', ...args] = process.argv.slice(2)
const { filter, options } = parseCLI(['vitest', 'run', '--passWithNoTests', ...args])
const reporter = new TestReporter(reportFile)
const root = join(import.meta.dirname, '..')
const vitest = await startVitest('test', filter, { ...options, root, watch: false, reporters: ['default', reporter] })
await vitest.close()
