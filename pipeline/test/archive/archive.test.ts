import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JournalRecord } from '@zuil/core/contracts/journal'
import { encodeRecord } from '@zuil/core/contracts/journal'
import { contentHash } from '@zuil/warehouse'
import { afterEach, expect, test } from 'vitest'
import { openArchive } from '../../src/archive/archive.ts'
import { decodeManifest, encodeManifest, FIRST_PREVIOUS } from '../../src/archive/manifest.ts'
import { rowsOfRange } from '../../src/archive/range-rows.ts'
import { decodeSegment, type SegmentRow, unpackRows } from '../../src/archive/segment.ts'
import { checkin, ID_KEY, transaction } from '../fixtures/journal.ts'
import { packRows } from '../fixtures/packed.ts'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zuil-archive-'))
  folders.push(folder)
  return folder
}

function facts(range: number) {
  return { lane: 0, range, from: `${range}000-0`, to: `${range}000-9`, count: 2, sealedAt: 1_795_256_488_349, deadLetters: 0 }
}

const rows: SegmentRow[] = [
  { table: 'refusals', line: '{"recorded_at":"a","sequence":1,"reason":"é\\n"}' },
  { table: 'transactions', line: '{"id":"00000000-0000-7000-8000-000000000000","version":1,"voided":0,"lane":0,"range":1}' },
]

const packed = packRows(rows)

const REFUSAL = { reason: 'card-blocked', channel: 'KIOSK', organizer: 'o', venueNis: 44021, count: 1 }

function rowsOf(records: readonly JournalRecord[]) {
  const entries = records.map((record, index) => ({ position: `1795256488349-${index}`, text: encodeRecord(record) }))
  const range = { range: 4, from: '1795256488349-0', to: '1795256488349-9', count: entries.length, sealedAt: 1 }
  return rowsOfRange(entries, range, { lane: 0, idKey: ID_KEY })
}

test('a range is read back as it was written, and the next process finds where the archive ends', async () => {
  const folder = freshFolder()
  const first = openArchive(folder)
  await first.write(facts(1), packed)
  const manifest = await first.write(facts(2), packRows([]))
  const second = openArchive(folder)
  expect(await second.lastRange(0)).toBe(2)
  expect(await second.rows(0, 1)).toEqual(rows)
  expect(await second.manifest(0, 2)).toEqual(manifest)
  expect(await second.lanes()).toEqual([0])
})

test('each manifest names the hash of the one before', async () => {
  const archive = openArchive(freshFolder())
  const first = await archive.write(facts(1), packed)
  const second = await archive.write(facts(2), packed)
  expect(first.previous).toBe(FIRST_PREVIOUS)
  expect(second.previous).toBe(await archive.manifestHash(0, 1))
})

test('the same range written again by another process has the same bytes', async () => {
  const folder = freshFolder()
  const [one, two] = [openArchive(folder), openArchive(folder)]
  await two.lastRange(0)
  await one.write(facts(1), packed)
  const before = readdirSync(join(folder, '0')).map((name) => readFileSync(join(folder, '0', name), 'hex'))
  await two.write(facts(1), packed)
  expect(readdirSync(join(folder, '0')).map((name) => readFileSync(join(folder, '0', name), 'hex'))).toEqual(before)
})

test('a range can only follow the last one', async () => {
  const archive = openArchive(freshFolder())
  await expect(archive.write(facts(2), packed)).rejects.toThrow(RangeError)
})

test('a segment that is not the one of its manifest is not read', async () => {
  const folder = freshFolder()
  const archive = openArchive(folder)
  await archive.write(facts(1), packed)
  const path = join(folder, '0', '00000001.ndjson.zst')
  const bytes = readFileSync(path)
  writeFileSync(path, bytes.subarray(0, -1))
  await expect(archive.rows(0, 1)).rejects.toMatchObject({ code: 'segment-invalid' })
  await expect(decodeSegment(Buffer.from('no segment'))).rejects.toMatchObject({ code: 'segment-invalid' })
})

test('what a crash left unfinished is removed when it is old', async () => {
  const folder = freshFolder()
  const archive = openArchive(folder)
  await archive.write(facts(1), packed)
  writeFileSync(join(folder, '0', '00000002.json.abc.unfinished'), 'half')
  expect([await archive.removeUnfinished(0), await archive.removeUnfinished(Date.now() + 60_000)]).toEqual([0, 1])
  expect(await openArchive(folder).lastRange(0)).toBe(1)
})

test('the content of a manifest is what the warehouse computes of the same lines', () => {
  const refusals = { kind: 'refusals', minute: 1_795_256_460_000, counts: [REFUSAL, { ...REFUSAL, reason: 'é\n' }] } as const
  const { text, tables } = rowsOf([transaction({ holder: 1 }), refusals, transaction({ holder: 2 })]).packed
  for (const [table, content] of tables) {
    const lines = unpackRows(text).flatMap((row) => (row.table === table ? [row.line] : []))
    expect([table, content]).toEqual([table, { rows: 2, hash: contentHash(lines), replacing: 0 }])
  }
})

test('a manifest survives the way through its file, and anything else is refused', () => {
  const tables = new Map([['transactions', { rows: 3, hash: 2n ** 64n - 1n, replacing: 1 }]] as const)
  const manifest = { ...facts(7), tables, segment: { bytes: 9, sha256: 'a'.repeat(64) }, previous: 'b'.repeat(64) }
  expect(decodeManifest(encodeManifest(manifest))).toEqual(manifest)
  for (const text of [
    '',
    '[]',
    '{"version":2}',
    encodeManifest(manifest).replace('"rows": 3', '"rows": -3'),
    encodeManifest(manifest).replace('transactions', 'unknown'),
  ]) {
    expect(() => decodeManifest(text)).toThrow(expect.objectContaining({ code: 'manifest-invalid' }))
  }
})

test('a check-in that is taken back in the same range leaves its void only', () => {
  const records: JournalRecord[] = [
    transaction({ holder: 1 }),
    transaction({ holder: 2 }),
    { kind: 'void', position: '1795256488349-0', transaction: checkin({ holder: 1 }) },
  ]
  const lines = unpackRows(rowsOf(records).packed.text).map(({ line }) =>
    /"version":\d,"voided":\d|"holder":\d/g[Symbol.match](line)?.join(),
  )
  expect(lines).toEqual(['"version":1,"voided":0,"holder":2', '"version":2,"voided":1,"holder":1'])
})
