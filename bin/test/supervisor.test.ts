import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { supervise } from '../supervisor.ts'

const MISSING = 3
const POLL = { timeout: 20_000, interval: 20 }

/** Lives as its argument says, a letter for each of its lives: `r` is ready and stays, `e` is ready and ends, `m` misses something. */
const PROGRAM = `
import { appendFileSync, readFileSync } from 'node:fs'
const [lives, file] = process.argv.slice(2)
appendFileSync(file, '.')
const life = lives[readFileSync(file, 'utf8').length - 1] ?? 'm'
if (life === 'm') process.exit(${MISSING})
process.send('ready', () => life === 'e' && process.exit(1))
if (life === 'r') setInterval(() => {}, 1_000)
`

describe('a process that is started again when it ends', () => {
  let folder: string
  let program: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'zuil-supervisor-'))
    program = join(folder, 'program.mjs')
    writeFileSync(program, PROGRAM)
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  function supervised(lives: string) {
    const file = join(folder, 'lives')
    writeFileSync(file, '')
    const hopeless: number[] = []
    const process = supervise({
      name: 'hub',
      program,
      args: [lives, file],
      onDeath: () => undefined,
      onHopeless: (_name, code) => hopeless.push(code),
    })
    return { process, hopeless, lived: () => readFileSync(file, 'utf8').length }
  }

  test('is given up at once when it misses something and never ran', async () => {
    const { process, hopeless, lived } = supervised('m')
    await expect(process.ready).rejects.toThrow('hub ended with exit code 3')
    expect([hopeless, lived()]).toEqual([[MISSING], 1])
  })

  test('that ran before is tried again when it misses something for a moment', async () => {
    const { process, hopeless, lived } = supervised('emr')
    await process.ready
    await expect.poll(lived, POLL).toBe(3)
    await process.stop(5_000)
    expect(hopeless).toEqual([])
  })
})
