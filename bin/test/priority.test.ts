import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const MODULE = pathToFileURL(join(import.meta.dirname, '../priority.ts')).href

/** Nice values of all threads of a process that gave way, and of one that it starts afterwards. */
const PROGRAM = `
  import { readdirSync } from 'node:fs'
  import { getPriority } from 'node:os'
  import { Worker } from 'node:worker_threads'
  import { giveWay } from ${JSON.stringify(MODULE)}
  giveWay()
  const worker = new Worker('setTimeout(() => {}, 200)', { eval: true })
  await new Promise((resolve) => worker.once('online', resolve))
  console.log(JSON.stringify(readdirSync('/proc/self/task').map((thread) => getPriority(Number(thread)))))
`

test.skipIf(process.platform !== 'linux')('a process that gives way does so with all its threads, also later ones', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], { encoding: 'utf8' })
  expect(stderr).toBe('')
  const values: number[] = JSON.parse(stdout)
  expect(values.length).toBeGreaterThan(4)
  // the tests themselves may run behind others
  expect(Math.min(...values)).toBeGreaterThanOrEqual(5)
})
