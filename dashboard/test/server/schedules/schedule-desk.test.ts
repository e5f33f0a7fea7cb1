import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseReportingPeriod } from '@zuil/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PaperError } from '../../../src/server/paper/paper-press.ts'
import type { DuePaper } from '../../../src/server/schedules/due-papers.ts'
import type { PaperMaker } from '../../../src/server/schedules/paper-maker.ts'
import type { ScheduleDraft } from '../../../src/server/schedules/schedule.ts'
import { ScheduleBook } from '../../../src/server/schedules/schedule-book.ts'
import { ScheduleDesk, type TellMaker } from '../../../src/server/schedules/schedule-desk.ts'

const NOON = Date.parse('2026-11-22T11:00:00Z')
const DRAFT: ScheduleDraft = {
  paper: 'report',
  place: 'region:14',
  every: 'QUARTER',
  format: 'pdf',
  language: 'nl',
  from: '2026-07-01',
  mail: false,
}

let folder: string
let now: number
/** Number of the release of each period. */
let released: Record<string, number>
let made: string[]
let failures: unknown[]
let make: (due: DuePaper) => Promise<Buffer>
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zuil-schedules-'))
  now = NOON
  released = { '2026-Q2': 3, '2026-Q3': 5, '2025': 6 }
  made = []
  failures = []
  make = async () => Buffer.from('paper')
})
afterEach(async () => await rm(folder, { recursive: true, force: true }))

const maker: PaperMaker = {
  closed: async () =>
    Object.entries(released).flatMap(([key, release]) => {
      const period = parseReportingPeriod(key)
      return period ? [{ period, release }] : []
    }),
  async make(due, tell) {
    tell(1, 2)
    made.push(`${due.period.key} of ${due.release}`)
    return { bytes: await make(due), fileName: `${due.period.key}.pdf` }
  },
}

async function openDesk(tellMaker?: TellMaker): Promise<ScheduleDesk> {
  const desk = new ScheduleDesk({
    book: await ScheduleBook.open(join(folder, 'notebook')),
    folder: join(folder, 'papers'),
    makers: { report: maker, settlement: maker },
    wake: async () => undefined,
    clock: () => now,
    onFailure: (error) => failures.push(error),
    ...(tellMaker && { tellMaker }),
  })
  await desk.bringUp()
  return desk
}

/** A desk with one schedule. */
async function scheduled(draft: Partial<ScheduleDraft> = {}, tellMaker?: TellMaker) {
  const desk = await openDesk(tellMaker)
  const { id } = (await desk.keep({ ...DRAFT, ...draft }, 'anna')) ?? expect.fail('It was not kept')
  return { desk, id }
}

test('a report is made when its period has its release, once however often it is woken, and is there after a restart', async () => {
  delete released['2026-Q3']
  const { desk, id } = await scheduled()
  await desk.makeDue()
  expect(made).toEqual([])
  released['2026-Q3'] = 5
  await Promise.all([desk.makeDue(), desk.makeDue()])
  const next = await openDesk()
  await next.makeDue()
  expect(made).toEqual(['2026-Q3 of 5'])
  expect(next.papersOf(id)).toMatchObject([
    { period: '2026-Q3', release: 5, state: 'MADE', bytes: 5, until: Date.parse('2027-02-22T11:00:00Z') },
  ])
  expect(await next.file(`${id}.2026-Q3`)).toEqual({ fileName: '2026-Q3.pdf', bytes: Buffer.from('paper') })
})

test('a period that is published again is made again, and what was closed before the schedule never', async () => {
  const { desk, id } = await scheduled()
  await desk.makeDue()
  released['2026-Q3'] = 9
  await desk.makeDue()
  expect(made).toEqual(['2026-Q3 of 5', '2026-Q3 of 9'])
  expect(desk.papersOf(id)).toMatchObject([{ release: 9, state: 'MADE' }])
})

test('the progress of a paper, and of the round, can be seen while it is made', async () => {
  const { desk, id } = await scheduled()
  await desk.keep({ ...DRAFT, language: 'fr' }, 'anna')
  const seen: unknown[] = []
  make = async () => {
    seen.push(desk.progress)
    return Buffer.from('')
  }
  const told: unknown[] = []
  await desk.makeDue((progress) => told.push(progress))
  expect(seen[0]).toEqual({ paper: `${id}.2026-Q3`, done: 1, of: 2 })
  expect(told).toContainEqual({ made: 1, due: 2 })
  expect(desk.progress).toBeUndefined()
})

test('one that fails says why, is tried five times, and then when somebody asks', async () => {
  make = async () => Promise.reject(new PaperError('COMPILER_MISSING', 'not here'))
  const { desk, id } = await scheduled()
  await desk.makeDue()
  expect(desk.papersOf(id)).toMatchObject([{ state: 'FAILED', fault: 'COMPILER_MISSING', tries: 1 }])
  await desk.makeDue()
  expect(made).toHaveLength(1)
  for (let day = 0; day < 10; day++) {
    now += 24 * 3_600_000
    await desk.makeDue()
  }
  expect(made).toHaveLength(5)
  expect(failures).toHaveLength(made.length)
  make = async () => Buffer.from('at last')
  expect(await desk.again(`${id}.2026-Q3`)).toBe(true)
  await desk.makeDue()
  expect(desk.papersOf(id)).toMatchObject([{ state: 'MADE', fault: '' }])
  expect(await desk.again(`${id}.2026-Q3`)).toBe(false)
})

test('what a crash interrupts counts as a try; what an orderly stop cuts short does not, and both are made later', async () => {
  const { desk, id } = await scheduled()
  let states: readonly unknown[] = []
  make = async () => {
    // another process finds what this one left, as after a crash
    states = (await openDesk()).papersOf(id)
    desk.end()
    throw new PaperError('NOT_SET', 'The thread of the paper ended')
  }
  await desk.makeDue()
  expect(states).toMatchObject([{ state: 'FAILED', fault: 'INTERRUPTED', tries: 1 }])
  make = async () => Buffer.from('paper')
  const next = await openDesk()
  expect(next.papersOf(id)).toMatchObject([{ state: 'WAITING', tries: 0 }])
  await next.makeDue()
  expect(next.papersOf(id)).toMatchObject([{ state: 'MADE', tries: 1 }])
  expect(failures).toEqual([])
})

test('a file goes after 92 days and is not made again by itself; who asks has it again', async () => {
  const { desk, id } = await scheduled()
  await desk.makeDue()
  now = Date.parse('2027-02-22T10:59:59Z')
  expect(await desk.file(`${id}.2026-Q3`)).toBeDefined()
  now += 1_000
  expect(await desk.file(`${id}.2026-Q3`)).toBeUndefined()
  await desk.makeDue()
  expect(await readdir(join(folder, 'papers'))).toEqual([`${id}.2026-Q3.json`])
  expect(made).toHaveLength(1)
  await desk.again(`${id}.2026-Q3`)
  await desk.makeDue()
  expect(desk.papersOf(id)).toMatchObject([{ state: 'MADE', until: Date.parse('2027-05-25T11:00:00Z') }])
})

test('a schedule that is removed leaves nothing behind, also while its paper is made', async () => {
  const { desk, id } = await scheduled()
  make = async () => {
    await desk.remove(id)
    return Buffer.from('paper')
  }
  await desk.makeDue()
  expect([await readdir(join(folder, 'papers')), desk.papersOf(id), (await openDesk()).schedules]).toEqual([[], [], []])
})

test('who made it is told once; a message that could not be sent is tried again, five times at most', async () => {
  let isAway = true
  let sent = 0
  const tell: TellMaker = async () => {
    sent += 1
    if (isAway) throw new Error('No mail server')
    return 'SENT'
  }
  const { desk, id } = await scheduled({ mail: true }, tell)
  await desk.makeDue()
  expect(desk.papersOf(id)).toMatchObject([{ state: 'MADE', message: 'WAITING' }])
  isAway = false
  await desk.makeDue()
  await desk.makeDue()
  expect([sent, desk.papersOf(id)[0]?.message]).toEqual([2, 'SENT'])
  isAway = true
  released['2026-Q3'] = 7
  for (let round = 0; round < 8; round++) await desk.makeDue()
  expect([sent, desk.papersOf(id)[0]?.message]).toEqual([2 + 5, 'FAILED'])
})

test('a message that nobody asked for is none, and one that may not be sent says why and is not tried again', async () => {
  let told = 0
  const tell: TellMaker = async () => {
    told += 1
    return 'MAY_NOT_READ'
  }
  const { desk, id } = await scheduled({ mail: true }, tell)
  const quiet = await desk.keep({ ...DRAFT, mail: false }, 'bert')
  for (let round = 0; round < 2; round++) await desk.makeDue()
  const messages = [id, quiet?.id ?? ''].map((schedule) => desk.papersOf(schedule)[0]?.message)
  expect([messages, told]).toEqual([['MAY_NOT_READ', 'NONE'], 1])
})

test('the same schedule of the same person is one, and a place has no more than it can', async () => {
  const { desk, id } = await scheduled()
  expect((await desk.keep({ ...DRAFT, mail: true }, 'anna'))?.id).toBe(id)
  expect(desk.schedules).toMatchObject([{ id, mail: true }])
  const kept = []
  for (let index = 0; index < 30; index++) kept.push(await desk.keep(DRAFT, `person-${index}`))
  expect(kept.filter((one) => one !== undefined)).toHaveLength(23)
  expect(await desk.keep({ ...DRAFT, place: 'region:15' }, 'anna')).toBeDefined()
})

test('an installation has no more schedules than it looks at in no time', async () => {
  const line = (index: number) => JSON.stringify({ ...DRAFT, id: `s-${index}`, place: `region:${index}`, by: 'anna', at: NOON })
  await mkdir(join(folder, 'notebook'))
  const kept = Array.from({ length: 2_999 }, (_, index) => line(index))
  await writeFile(join(folder, 'notebook', 'schedules.ndjson'), `${kept.join('\n')}\n`)
  const desk = await openDesk()
  expect(desk.schedules).toHaveLength(2_999)
  expect(await desk.keep({ ...DRAFT, place: 'region:3000' }, 'anna')).toBeDefined()
  expect(await desk.keep({ ...DRAFT, place: 'region:3001' }, 'anna')).toBeUndefined()
})

test('a paper that nobody could download is none', async () => {
  make = async () => Buffer.alloc(64 * 1024 * 1024 + 1)
  const { desk, id } = await scheduled()
  await desk.makeDue()
  expect(desk.papersOf(id)).toMatchObject([{ state: 'FAILED', fault: 'TOO_LARGE', bytes: 0 }])
})
