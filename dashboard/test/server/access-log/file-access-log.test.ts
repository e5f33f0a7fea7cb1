import { appendFile, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FileAccessLog } from '../../../src/server/access-log/file-access-log.ts'

let folder = ''
let now = Date.parse('2026-11-21T09:00:00Z')
const failures: unknown[] = []
const openLog = () => new FileAccessLog({ folder, clock: () => now, onFailure: (error) => failures.push(error) })

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'zuil-access-')), 'access-log')
  now = Date.parse('2026-11-21T09:00:00Z')
  failures.length = 0
})
afterEach(async () => await rm(join(folder, '..'), { recursive: true, force: true }))

test('what was written is read back newest first, also by the next process', async () => {
  const log = openLog()
  expect(await log.latest(10)).toEqual([])
  log.write({ kind: 'sign-in', account: 'person/anna', what: '' })
  now += 1_000
  log.write({ kind: 'export', account: 'person/anna', what: '/api/v1/figures?measure=A1' })
  await log.flushed()
  expect(await openLog().latest(1)).toEqual([
    { at: now, kind: 'export', account: 'person/anna', what: '/api/v1/figures?measure=A1' },
  ])
  expect((await openLog().latest(10)).map(({ kind }) => kind)).toEqual(['export', 'sign-in'])
})

test('a month has a file of its own, which nobody else may read, and goes when it is more than a year old', async () => {
  const log = openLog()
  for (let month = 0; month < 15; month++) {
    now = Date.UTC(2026, month, 3)
    log.write({ kind: 'sign-in', account: `person/${month}`, what: '' })
    await log.flushed()
  }
  const files = (await readdir(folder)).sort()
  expect([files.length, files[0], files.at(-1)]).toEqual([14, '2026-02.ndjson', '2027-03.ndjson'])
  expect((await stat(join(folder, '2027-03.ndjson'))).mode & 0o077).toBe(0)
  expect((await log.latest(3)).map(({ account }) => account)).toEqual(['person/14', 'person/13', 'person/12'])
  expect(failures).toEqual([])
})

test('half a line, as a power cut leaves it, hides no other', async () => {
  const log = openLog()
  log.write({ kind: 'sign-in', account: 'person/anna', what: '' })
  await log.flushed()
  await appendFile(join(folder, '2026-11.ndjson'), '{"at":1795\nnonsense\n')
  expect((await log.latest(10)).map(({ account }) => account)).toEqual(['person/anna'])
})

test('a disk that refuses is reported, and the next entry is tried again', async () => {
  await writeFile(join(folder, '..', 'file'), '')
  folder = join(folder, '..', 'file')
  const log = openLog()
  log.write({ kind: 'sign-in', account: 'person/anna', what: '' })
  await log.flushed()
  expect(failures).toHaveLength(1)
  folder = join(folder, '..', 'access-log')
  const healed = openLog()
  healed.write({ kind: 'sign-in', account: 'person/bart', what: '' })
  expect(await healed.latest(10)).toHaveLength(1)
})
