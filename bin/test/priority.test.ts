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

const WAREHOUSE = pathToFileURL(join(import.meta.dirname, '../../warehouse/src/index.ts')).href

/** Nice values of the threads that merge, and of all others, of a process that has a warehouse. */
const MERGING = `
  import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
  import { getPriority, tmpdir } from 'node:os'
  import { join } from 'node:path'
  import { openWarehouse } from ${JSON.stringify(WAREHOUSE)}
  import { giveWay, mergesGiveWay } from ${JSON.stringify(MODULE)}
  giveWay()
  const folder = mkdtempSync(join(tmpdir(), 'zuil-priority-'))
  const warehouse = await openWarehouse({ kind: 'embedded', path: folder })
  await warehouse.migrate()
  mergesGiveWay()
  const values = { merges: [], others: [] }
  for (const thread of readdirSync('/proc/self/task')) {
    const name = readFileSync('/proc/self/task/' + thread + '/comm', 'utf8').trim()
    values[name === 'MergeMutate' ? 'merges' : 'others'].push(getPriority(Number(thread)))
  }
  console.log(JSON.stringify(values))
  await warehouse.close()
  rmSync(folder, { recursive: true })
`

test.skipIf(process.platform !== 'linux')('merges step behind everything else of the process', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', MERGING], { encoding: 'utf8' })
  expect(stderr).toBe('')
  const { merges, others }: { merges: number[]; others: number[] } = JSON.parse(stdout)
  expect(merges.length).toBeGreaterThan(0)
  expect(Math.min(...merges)).toBeGreaterThanOrEqual(15)
  expect(Math.max(...others)).toBeLessThan(Math.min(...merges))
})
