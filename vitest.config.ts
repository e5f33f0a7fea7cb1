import { defineConfig } from 'vitest/config'

/** One project per workspace; integration tests start their own Redis and chDB in folders of their own. */
const workspace = (name: string, options: { include?: string[]; testTimeout?: number } = {}) => ({
  test: {
    name,
    include: options.include ?? [`${name}/test/**/*.test.ts`],
    testTimeout: options.testTimeout ?? 30_000,
    hookTimeout: 60_000,
    pool: 'forks' as const,
  },
})

/** Many tests wait for processes that they start: on two cores, vitest's choice of one worker leaves the machine half idle. */
const WORKERS = 2

export default defineConfig({
  test: {
    maxWorkers: WORKERS,
    projects: [
      workspace('house', { include: ['tidy.test.ts'] }),
      workspace('core'),
      workspace('ingest'),
      workspace('pipeline', { testTimeout: 60_000 }),
      workspace('warehouse', { testTimeout: 60_000 }),
      workspace('dashboard', { testTimeout: 120_000 }),
      workspace('load-tests'),
      workspace('bin', { include: ['bin/test/**/*.test.ts'], testTimeout: 120_000 }),
    ],
  },
})
