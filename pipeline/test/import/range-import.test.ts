import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JournalledRecord } from '@zuil/core'
import { afterEach, expect, test } from 'vitest'
import { openArchive } from '../../src/archive/archive.ts'
import { createRangeImport } from '../../src/import/range-import.ts'
import { SEAL_RECORDS_MAX } from '../../src/seal/sealer.ts'
import { checkin, ID_KEY } from '../fixtures/journal.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zuil-import-'))
  folders.push(folder)
  return folder
}

/** Two full ranges and a half one. */
const RECORDS: readonly JournalledRecord[] = Array.from({ length: 2.5 * SEAL_RECORDS_MAX }, (_, index) => ({
  position: { lane: 0, ms: 1_795_256_488_349 + index, sequence: 0 },
  record: { kind: 'transaction', transaction: checkin({ holder: 1 + (index % 50) }) },
}))

/** An import that ends after some records, as one does that is killed. */
async function importTo(folder: string, records: readonly JournalledRecord[], ends: 'finished' | 'killed') {
  const ranges = createRangeImport({ archive: openArchive(folder), idKey: ID_KEY })
  for (const record of records) await ranges.add(record)
  return ends === 'finished' ? await ranges.finish() : undefined
}

function filesOf(folder: string): Map<string, string> {
  const lane = join(folder, '0')
  return new Map(readdirSync(lane).map((name) => [name, readFileSync(join(lane, name), 'base64')]))
}

test('an import that was interrupted goes on where it was, and leaves the same bytes as one that was not', async () => {
  const [whole, interrupted] = [freshFolder(), freshFolder()]
  expect(await importTo(whole, RECORDS, 'finished')).toEqual({ ranges: 3, records: RECORDS.length })
  await importTo(interrupted, RECORDS.slice(0, 1.2 * SEAL_RECORDS_MAX), 'killed')
  expect(filesOf(interrupted).size).toBe(2)
  await importTo(interrupted, RECORDS, 'finished')
  expect(filesOf(interrupted)).toEqual(filesOf(whole))
})

test('an archive that holds something else is left as it is', async () => {
  const folder = freshFolder()
  await importTo(folder, RECORDS.slice(0, SEAL_RECORDS_MAX), 'finished')
  const before = filesOf(folder)
  await expect(importTo(folder, RECORDS.slice(1), 'finished')).rejects.toMatchObject({ code: 'import-mismatch' })
  await expect(importTo(folder, [], 'finished')).rejects.toMatchObject({ code: 'import-mismatch' })
  expect(filesOf(folder)).toEqual(before)
})

test('a record that no column takes is named by its position, and its range is not archived', async () => {
  const folder = freshFolder()
  const position = { lane: 0, ms: 1_795_256_488_349, sequence: 7 }
  const record = { kind: 'transaction', transaction: checkin({ holder: -1 }) } as const
  await expect(importTo(folder, [{ position, record }], 'finished')).rejects.toThrow('1795256488349-7')
  expect(await openArchive(folder).lastRange(0)).toBe(0)
})
