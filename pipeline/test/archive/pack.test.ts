import { copyFileSync, cpSync, mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openArchive } from '../../src/archive/archive.ts'
import { PACK_RANGES, packName, rangeFileName } from '../../src/archive/pack.ts'
import type { SegmentRow } from '../../src/archive/segment.ts'
import { packRows } from '../fixtures/packed.ts'

/** An archive of quiet hours, written once: a thousand ranges are two thousand files, each forced to disk. */
const quiet = mkdtempSync(join(tmpdir(), 'zuil-quiet-'))
let folder: string

beforeAll(async () => {
  const archive = openArchive(quiet)
  for (let range = 1; range <= PACK_RANGES + MORE; range++) {
    const facts = { lane: 0, range, from: `${range}000-0`, to: `${range}000-9`, count: 1, sealedAt: 1, deadLetters: 0 }
    await archive.write(facts, packRows(rowsOf(range)))
  }
}, 120_000)

afterAll(() => {
  rmSync(quiet, { recursive: true })
})

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zuil-pack-'))
  cpSync(quiet, folder, { recursive: true })
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** Ranges more than a pack takes. */
const MORE = 3

function rowsOf(range: number): SegmentRow[] {
  return [{ table: 'refusals', line: `{"recorded_at":"a","sequence":${range},"reason":"é"}` }]
}

function fileNames(): string[] {
  return readdirSync(join(folder, '0')).sort()
}

/** Names of the files of ranges. */
function rangeFiles(ranges: readonly number[]): string[] {
  return ranges.flatMap((range) => [rangeFileName(range, '.json'), rangeFileName(range, '.ndjson.zst')])
}

const BEYOND = Array.from({ length: MORE }, (_, index) => PACK_RANGES + 1 + index)

test('files of many small ranges become one, and every range is read as before', async () => {
  const archive = openArchive(folder)
  const before = await Promise.all([1, 2, PACK_RANGES, PACK_RANGES + 1].map((range) => archive.readManifest(0, range)))
  const hashes = await Promise.all([1, PACK_RANGES].map((range) => archive.manifestHash(0, range)))

  expect(await archive.pack(0, PACK_RANGES - 1)).toBe(0)
  expect(await archive.pack(0, PACK_RANGES + MORE)).toBe(1)
  expect(fileNames()).toEqual([packName(1), ...rangeFiles(BEYOND)].sort())

  const reopened = openArchive(folder)
  expect(await reopened.lastRange(0)).toBe(PACK_RANGES + MORE)
  expect(await Promise.all([1, 2, PACK_RANGES, PACK_RANGES + 1].map((range) => reopened.readManifest(0, range)))).toEqual(before)
  expect(await Promise.all([1, PACK_RANGES].map((range) => reopened.manifestHash(0, range)))).toEqual(hashes)
  expect(before[1]?.previous).toBe(hashes[0])
  expect(await reopened.rows(0, 700)).toEqual(rowsOf(700))
  expect(await reopened.pack(0, PACK_RANGES + MORE)).toBe(0)
})

test('a lane whose ranges all stand in packs knows where it ends', async () => {
  await openArchive(folder).pack(0, PACK_RANGES)
  for (const name of rangeFiles(BEYOND)) rmSync(join(folder, '0', name))
  expect(await openArchive(folder).lastRange(0)).toBe(PACK_RANGES)
})

test('files that a crash left beside their pack go at the next call', async () => {
  const archive = openArchive(folder)
  const manifest = join(folder, '0', rangeFileName(5, '.json'))
  copyFileSync(manifest, join(folder, 'kept.json'))
  await archive.pack(0, PACK_RANGES)
  copyFileSync(join(folder, 'kept.json'), manifest)
  expect(await openArchive(folder).pack(0, PACK_RANGES)).toBe(1)
  expect(fileNames()).toEqual([packName(1), ...rangeFiles(BEYOND)].sort())
})

test('a damaged pack and a range that is nowhere are errors that say so', async () => {
  const archive = openArchive(folder)
  await archive.pack(0, PACK_RANGES)
  await expect(archive.readManifest(0, PACK_RANGES * 3)).rejects.toMatchObject({ code: 'ENOENT' })
  truncateSync(join(folder, '0', packName(1)), 60_000)
  await expect(openArchive(folder).rows(0, PACK_RANGES)).rejects.toMatchObject({ code: 'pack-invalid' })
})
