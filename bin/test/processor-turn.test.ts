import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const MODULE = pathToFileURL(join(import.meta.dirname, '../hub/processor-turn.ts')).href

/** Scheduling policies of all threads (proc(5), field 41 of stat; 5 is SCHED_IDLE): before, while and after a process stands back, if it may. */
const PROGRAM = `
  import { readdirSync, readFileSync } from 'node:fs'
  import { ProcessorTurn } from ${JSON.stringify(MODULE)}
  const policyOf = (thread) => {
    const text = readFileSync('/proc/self/task/' + thread + '/stat', 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[38]
  }
  const policies = () => [...new Set(readdirSync('/proc/self/task').map(policyOf))].join()
  const turn = await ProcessorTurn.open()
  const told = [policies()]
  await turn?.standBack()
  told.push(policies())
  await turn?.comeForward()
  told.push(policies())
  turn?.close()
  console.log(JSON.stringify({ may: turn !== undefined, told }))
`

/** Gives what the program says, with `path` in front of where programs are looked for. */
function run(path = ''): { may: boolean; told: string[] } {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    encoding: 'utf8',
    env: { ...process.env, PATH: path || process.env.PATH },
  })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

test.skipIf(process.platform !== 'linux')('a process that may stands back and comes forward with all its threads', () => {
  const { may, told } = run()
  expect(told).toEqual(['0', may ? '5' : '0', '0'])
})

test('where there is no chrt, or no shell, a process stays where it is', () => {
  const { may } = run('/nowhere')
  expect(may).toBe(false)
})
