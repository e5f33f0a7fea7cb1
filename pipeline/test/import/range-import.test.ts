import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JournalledRecord } from '@zuil/core'
import { encodeRecord } from '@zuil/core/contracts/journal'
import type { Content } from '@zuil/warehouse'
import { afterEach, expect, test, vi } from 'vitest'
import { openArchive } from '../../src/archive/archive.ts'
import { rowsOfRange } from '../../src/archive/range-rows.ts'
import { unpackRows } from '../../src/archive/segment.ts'
import { createRangeImport } from '../../src/import/range-import.ts'
import type { LoadWarehouse } from '../../src/load/load-warehouse.ts'
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

const RECORDS_MAX = 2_000

/** Two full ranges and a half one. */
const RECORDS: readonly JournalledRecord[] = Array.from({ length: 2.5 * RECORDS_MAX }, (_, index) => ({
  position: { lane: 0, ms: 1_795_256_488_349 + index, sequence: 0 },
  record: { kind: 'transaction', transaction: checkin({ holder: 1 + (index % 50) }) },
}))

/** An import that ends after some records, as one does that is killed. */
async function importTo(folder: string, records: readonly JournalledRecord[], ends: 'finished' | 'killed') {
  const ranges = createRangeImport({ archive: openArchive(folder), idKey: ID_KEY, recordsMax: RECORDS_MAX })
  await ranges.add(records)
  return ends === 'finished' ? await ranges.finish() : undefined
}

function filesOf(folder: string): Map<string, string> {
  const lane = join(folder, '0')
  return new Map(readdirSync(lane).map((name) => [name, readFileSync(join(lane, name), 'base64')]))
}

test('an import that was interrupted goes on where it was, and leaves the same bytes as one that was not', async () => {
  const [whole, interrupted] = [freshFolder(), freshFolder()]
  expect(await importTo(whole, RECORDS, 'finished')).toEqual({ ranges: 3, records: RECORDS.length })
  await importTo(interrupted, RECORDS.slice(0, 1.2 * RECORDS_MAX), 'killed')
  // the range that is being written when it is killed is there whole or not at all
  await vi.waitFor(() => expect(filesOf(interrupted).size).toBe(2), { timeout: 20_000 })
  await importTo(interrupted, RECORDS, 'finished')
  expect(filesOf(interrupted)).toEqual(filesOf(whole))
})

test('an archive that holds something else is left as it is', async () => {
  const folder = freshFolder()
  await importTo(folder, RECORDS.slice(0, RECORDS_MAX), 'finished')
  const before = filesOf(folder)
  await expect(importTo(folder, RECORDS.slice(1), 'finished')).rejects.toMatchObject({ code: 'import-mismatch' })
  await expect(importTo(folder, [], 'finished')).rejects.toMatchObject({ code: 'import-mismatch' })
  expect(filesOf(folder)).toEqual(before)
})

test('every range is in the warehouse and read back before the next one, and only what is archived', async () => {
  const folder = freshFolder()
  const archive = openArchive(folder)
  const told: string[] = []
  const held = new Map<number, Content>()
  const warehouse: LoadWarehouse = {
    async insert(table) {
      const range = held.size + 1
      const manifest = await archive.readManifest(0, range)
      held.set(range, manifest.tables.get(table) ?? { rows: 0, hash: 0n })
      told.push(`insert ${table} ${range}`)
    },
    async contentByRange(_table, { from }) {
      told.push(`read back ${from}`)
      return new Map([[from, held.get(from) ?? { rows: 0, hash: 0n }]])
    },
  }
  const ranges = createRangeImport({ archive, warehouse, idKey: ID_KEY, recordsMax: RECORDS_MAX })
  await ranges.add(RECORDS)
  await ranges.finish()
  expect(told).toEqual([1, 2, 3].flatMap((range) => [`insert transactions ${range}`, `read back ${range}`]))
})

test('what is taken back in the same range is not in it, as when it had been sealed', async () => {
  const folder = freshFolder()
  const [taken, kept] = RECORDS
  if (!taken || !kept || taken.record.kind !== 'transaction') throw new Error('The first record is a check-in')
  const position = { lane: 0, ms: kept.position.ms + 1, sequence: 0 }
  const voided = { kind: 'void', position: `${taken.position.ms}-0`, transaction: taken.record.transaction } as const
  const records = [taken, kept, { position, record: voided }]
  await importTo(folder, records, 'finished')
  const entries = records.map(({ position: { ms, sequence }, record }) => ({
    position: `${ms}-${sequence}`,
    text: encodeRecord(record),
  }))
  const [from = '', to = ''] = [entries[0]?.position, entries.at(-1)?.position]
  const sealed = rowsOfRange(entries, { range: 1, from, to, count: 3, sealedAt: 0 }, { lane: 0, idKey: ID_KEY })
  expect(await openArchive(folder).rows(0, 1)).toEqual(unpackRows(sealed.packed.text))
})

test('a warehouse that fails ends the import, whose archive goes on later', async () => {
  const folder = freshFolder()
  const warehouse: LoadWarehouse = {
    insert: () => Promise.reject(new Error('No space')),
    contentByRange: async () => new Map(),
  }
  const ranges = createRangeImport({ archive: openArchive(folder), warehouse, idKey: ID_KEY, recordsMax: RECORDS_MAX })
  const all = async () => {
    await ranges.add(RECORDS)
    await ranges.finish()
  }
  await expect(all()).rejects.toThrow('No space')
  expect(await openArchive(folder).lastRange(0)).toBeLessThan(3)
  expect(await importTo(folder, RECORDS, 'finished')).toEqual({ ranges: 3, records: RECORDS.length })
})

test('a record that no column takes is named by its position, and its range is not archived', async () => {
  const folder = freshFolder()
  const position = { lane: 0, ms: 1_795_256_488_349, sequence: 7 }
  const record = { kind: 'transaction', transaction: checkin({ holder: -1 }) } as const
  await expect(importTo(folder, [{ position, record }], 'finished')).rejects.toThrow('1795256488349-7')
  expect(await openArchive(folder).lastRange(0)).toBe(0)
})
