import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const MODULE = pathToFileURL(join(import.meta.dirname, '../hub/processor-turn.ts')).href

/**
 * What the programs share. Scheduling policies are those of proc(5), field 41 of stat: 5 is SCHED_IDLE. `turn` is undefined where a process may not
 * stand back and come forward.
 */
const BEGINNING = `
  import { spawn } from 'node:child_process'
  import { readdirSync, readFileSync } from 'node:fs'
  import { setTimeout as pause } from 'node:timers/promises'
  import { ProcessorTurn } from ${JSON.stringify(MODULE)}
  const policyOf = (stat) => {
    const text = readFileSync(stat, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[38]
  }
  const policies = () => [...new Set(readdirSync('/proc/self/task').map((thread) => policyOf('/proc/self/task/' + thread + '/stat')))].join()
  const shells = () =>
    readdirSync('/proc').filter((id) => {
      try {
        const [name, state, parent] = readFileSync('/proc/' + id + '/stat', 'utf8').replace(/^\\d+ /, '').split(' ')
        return name === '(sh)' && state !== 'Z' && Number(parent) === process.pid
      } catch {
        return false
      }
    }).map(Number)
  const signal = (ids, name) => ids.forEach((id) => process.kill(id, name))
  const until = async (isSo) => {
    const giveUpAt = Date.now() + 20_000
    while (!isSo()) {
      if (Date.now() > giveUpAt) throw new Error('not within 20 s: ' + isSo)
      await pause(5)
    }
  }
  const heard = []
  const turn = await ProcessorTurn.open({ onGivenUp: (consequence) => heard.push(consequence), restartPauseMs: 25 })
  const told = []
  const tell = (value) => told.push(value)
`
const END = `
  turn?.close()
  console.log(JSON.stringify({ may: turn !== undefined, told }))
`

/** Gives what the program says, with `path` in front of where programs are looked for. */
function run(program: string, path = ''): { may: boolean; told: unknown[] } {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', BEGINNING + program + END], {
    encoding: 'utf8',
    env: { ...process.env, PATH: path || process.env.PATH },
  })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

/** Why the shells cannot be tried here; '' where they can. */
const HINDRANCE = run('').may
  ? ''
  : 'a process may not come forward again here: root on Linux, or a limit for nice values, and chrt'

test.skipIf(process.platform !== 'linux')(
  'a process that may stands back and comes forward with all its threads and children',
  () => {
    const { may, told } = run(`
    tell(policies())
    await turn?.standBack()
    tell(policies())
    const child = spawn('sleep', ['60'])
    const ofChild = '/proc/' + child.pid + '/stat'
    tell(policyOf(ofChild))
    await turn?.comeForward()
    tell(policies())
    tell(policyOf(ofChild))
    child.kill()
  `)
    expect(told).toEqual(may ? ['0', '5', '5', '0', '0'] : ['0', '0', '0', '0', '0'])
  },
)

test('a process whose shell is killed while it stands back comes forward with the other, and gets another', ({ skip }) => {
  skip(HINDRANCE !== '', HINDRANCE)
  const { told } = run(`
    await turn.standBack()
    signal(shells().slice(0, 1), 'SIGKILL')
    await until(() => !turn.isCertain)
    await turn.comeForward()
    tell(policies())
    await until(() => turn.isCertain)
    signal(shells(), 'SIGKILL')
    await until(() => !turn.isCertain)
    await until(() => turn.isCertain)
    await turn.standBack()
    tell(policies())
    signal(shells(), 'SIGINT')
    signal(shells(), 'SIGTERM')
    await turn.comeForward()
    tell([policies(), turn.isCertain, heard])
  `)
  expect(told).toEqual(['0', '5', ['0', true, []]])
})

test('a process whose shells end again and again starts no more of them, and tells what that means', ({ skip }) => {
  skip(HINDRANCE !== '', HINDRANCE)
  const { told } = run(`
    await turn.standBack()
    signal(shells(), 'SIGKILL')
    await until(() => !turn.isCertain)
    await turn.comeForward().catch(({ message }) => tell(message.replace(process.pid, 'N')))
    await until(() => {
      signal(shells(), 'SIGKILL')
      return heard.some((consequence) => consequence.startsWith('It stays'))
    })
    tell(heard.at(-1))
  `)
  expect(told).toEqual([
    'chrt --other of process N has no shell that carries it out',
    'It stays behind all other processes until it is started again.',
  ])
})

test('where there is no chrt, or no shell, a process stays where it is', () => {
  const { may } = run('', '/nowhere')
  expect(may).toBe(false)
})
