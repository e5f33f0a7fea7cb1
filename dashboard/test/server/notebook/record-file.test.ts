import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { RecordFile } from '../../../src/server/notebook/record-file.ts'

interface Word {
  readonly id: string
  readonly text: string
}

const read = (value: unknown): Word | undefined =>
  typeof value === 'object' && value !== null && 'id' in value && 'text' in value
    ? { id: String(value.id), text: String(value.text) }
    : undefined

async function path() {
  const folder = await mkdtemp(join(tmpdir(), 'zuil-records-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'new', 'words.ndjson')
}

test('what was put, changed and removed is there again after a restart, in its order', async () => {
  const options = { path: await path(), read }
  const file = await RecordFile.open(options)
  await Promise.all(['a', 'b', 'c'].map((id) => file.put({ id, text: 'first' })))
  await file.put({ id: 'a', text: 'second' })
  await file.remove('b')
  await file.remove('nobody')
  const expected = [
    { id: 'a', text: 'second' },
    { id: 'c', text: 'first' },
  ]
  expect(file.all).toEqual(expected)
  expect((await RecordFile.open(options)).all).toEqual(expected)
})

test('half a line of a power cut costs itself and nothing after it', async () => {
  const options = { path: await path(), read }
  await (await RecordFile.open(options)).put({ id: 'a', text: 'whole' })
  await appendFile(options.path, '{"id":"b","te')
  await (await RecordFile.open(options)).put({ id: 'c', text: 'after' })
  expect((await RecordFile.open(options)).all.map(({ id }) => id)).toEqual(['a', 'c'])
})

test('a file of many old lines is written anew when it is opened', async () => {
  const options = { path: await path(), read }
  await RecordFile.open(options)
  await writeFile(options.path, Array.from({ length: 1_200 }, (_, text) => `${JSON.stringify({ id: 'a', text })}\n`).join(''))
  expect((await RecordFile.open(options)).all).toEqual([{ id: 'a', text: '1199' }])
  expect(await readFile(options.path, 'utf8')).toBe('{"id":"a","text":"1199"}\n')
})
