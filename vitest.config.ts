import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

interface WorkspaceOptions {
  include?: string[]
  testTimeout?: number
  alias?: { find: RegExp; replacement: string }[]
  /**
   * Whether the files of a worker share its modules, which keep no state of a test and are never replaced. They are then read once for
   * each worker instead of once for each file: core's tests take four tenths of the work.
   */
  isShared?: boolean
}

/** What only k6 has: its modules have stand-ins here, so that scenarios can be tried without it. */
const K6_STAND_IN = new URL('load-tests/test/k6-stand-in/', import.meta.url).pathname
const k6 = [
  { find: /^k6\/(\w+)$/, replacement: `${K6_STAND_IN}$1.ts` },
  { find: /^k6$/, replacement: `${K6_STAND_IN}k6.ts` },
]

/** One project per workspace; integration tests start their own Redis and chDB in folders of their own. */
const workspace = (name: string, options: WorkspaceOptions = {}) => ({
  ...(options.alias && { resolve: { alias: options.alias } }),
  test: {
    name,
    include: options.include ?? [`${name}/test/**/*.test.ts`],
    testTimeout: options.testTimeout ?? 30_000,
    hookTimeout: 60_000,
    pool: 'forks' as const,
    isolate: !options.isShared,
    // vitest's second is less than a busy machine takes for what the test waits for
    expect: { poll: { timeout: 15_000 } },
  },
})

/**
 * Many tests wait for processes that they start: vitest's choice, a worker less than cores, leaves a small machine half idle, and one
 * for each core still a quarter. No more than what a large machine's memory bears: a test may start a whole installation.
 */
const WORKERS = Math.min(availableParallelism() + 1, 8)

export default defineConfig({
  test: {
    maxWorkers: WORKERS,
    projects: [
      workspace('house', { include: ['tidy.test.ts'] }),
      workspace('core', { isShared: true }),
      workspace('ingest', { isShared: true }),
      workspace('pipeline', { testTimeout: 60_000 }),
      workspace('warehouse', { testTimeout: 60_000, isShared: true }),
      workspace('dashboard', { testTimeout: 120_000 }),
      workspace('load-tests', { alias: k6, isShared: true }),
      workspace('bin', { include: ['bin/test/**/*.test.ts'], testTimeout: 240_000 }),
    ],
  },
})
