import { type FileHandle, open, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder, writeDurably } from '@zuil/warehouse/durable-file'
import { isMissing } from '../folder-names.ts'

/** Ranges of a pack: a quiet day has some tens of packs and less than two thousand files beside them. */
export const PACK_RANGES = 1_024

/** A pack is put together in memory; ranges that are larger on average than 32 kB stay files of their own. */
export const PACK_BYTES_MAX = 32 * 1024 * 1024

/** The two files of a range. */
export const RANGE_FILES = ['.json', '.ndjson.zst'] as const
export type RangeFile = (typeof RANGE_FILES)[number]

/** A pack that is not what it says it is. */
export class PackError extends Error {
  override readonly name = 'PackError'
  readonly code = 'pack-invalid'
}

/** Where the files of a pack's ranges stand in it. */
interface PackIndex {
  readonly first: number
  /** Sizes in the order of the ranges and of {@link RANGE_FILES}. */
  readonly sizes: readonly number[]
  /** Bytes before the first file. */
  readonly lead: number
}

/** First range of the pack that a range belongs to. */
export function packOf(range: number): number {
  return range - ((range - 1) % PACK_RANGES)
}

export function rangeFileName(range: number, file: RangeFile): string {
  return `${digits(range)}${file}`
}

/** `<first>-<last>.pack`. */
export function packName(first: number): string {
  return `${digits(first)}-${digits(first + PACK_RANGES - 1)}.pack`
}

/** Last range of which a file in a lane's folder tells: of a manifest or a pack; 0 of any other. */
export function lastRangeOf(fileName: string): number {
  const match = /^(?:\d{8,}-)?(\d{8,})\.(?:json|pack)$/.exec(fileName)
  return match ? Number(match[1]) : 0
}

function digits(range: number): string {
  return String(range).padStart(8, '0')
}

/**
 * Puts the files of a pack's ranges, byte for byte, into one file: a line of JSON with their sizes, then manifest and segment of each
 * range. Only when the pack is durable do the files go; a crash in between leaves both, and the next call goes on. False when the ranges
 * are too large for it, or not all there.
 */
export async function packRanges(folder: string, first: number): Promise<boolean> {
  const path = join(folder, packName(first))
  if ((await sizeOf(path)) === undefined) {
    const files = await rangeFiles(folder, first)
    if (!files) return false
    const lead = Buffer.from(`${JSON.stringify({ version: 1, first, sizes: files.map(({ length }) => length) })}\n`)
    await writeDurably(path, Buffer.concat([lead, ...files]))
    await syncFolder(folder)
  }
  for (let range = first; range < first + PACK_RANGES; range++) {
    // the manifest last: as long as one is there the next call goes on
    for (const file of RANGE_FILES.toReversed()) await rm(join(folder, rangeFileName(range, file)), { force: true })
  }
  return true
}

async function rangeFiles(folder: string, first: number): Promise<Buffer[] | undefined> {
  const paths = Array.from({ length: PACK_RANGES }, (_, index) => first + index).flatMap((range) =>
    RANGE_FILES.map((file) => join(folder, rangeFileName(range, file))),
  )
  let bytes = 0
  for (const path of paths) {
    bytes += (await sizeOf(path)) ?? Number.POSITIVE_INFINITY
    if (bytes > PACK_BYTES_MAX) return undefined
  }
  const files: Buffer[] = []
  for (const path of paths) files.push(await readFile(path))
  return files
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Reads the files of ranges, wherever they stand. */
export class RangeFiles {
  readonly #folder: string
  /** The pack that was read last: whoever reads ranges reads them in order. */
  #last: PackIndex | undefined

  constructor(folder: string) {
    this.#folder = folder
  }

  /** @throws {PackError} and the error of a file that is not there. */
  async read(range: number, file: RangeFile): Promise<Buffer> {
    const loose = await contentOf(join(this.#folder, rangeFileName(range, file)))
    if (loose) return loose
    const first = packOf(range)
    const path = join(this.#folder, packName(first))
    // neither file nor pack: the error names the file, which is what somebody looks for
    if ((await sizeOf(path)) === undefined) return await readFile(join(this.#folder, rangeFileName(range, file)))
    const handle = await open(path, 'r')
    try {
      const index = this.#last?.first === first ? this.#last : await readIndex(handle, first)
      this.#last = index
      return await readSlice(handle, index, (range - first) * RANGE_FILES.length + RANGE_FILES.indexOf(file))
    } finally {
      await handle.close()
    }
  }
}

/** A thousand pairs of sizes are some ten thousand characters. */
const INDEX_BYTES_MAX = 64 * 1024

async function readIndex(handle: FileHandle, first: number): Promise<PackIndex> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(INDEX_BYTES_MAX), 0, INDEX_BYTES_MAX, 0)
  const lineEnd = buffer.subarray(0, bytesRead).indexOf('\n')
  if (lineEnd < 0) throw new PackError(`The pack of range ${first} has no index`)
  const index = parseIndex(buffer.toString('utf8', 0, lineEnd))
  if (index?.first !== first || index.sizes.length !== PACK_RANGES * RANGE_FILES.length) {
    throw new PackError(`The pack of range ${first} has the index of another one`)
  }
  return { ...index, lead: lineEnd + 1 }
}

function parseIndex(text: string): Omit<PackIndex, 'lead'> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('first' in value) || !('sizes' in value)) return undefined
    const { first, sizes } = value
    return typeof first === 'number' && Array.isArray(sizes) && sizes.every(Number.isSafeInteger) ? { first, sizes } : undefined
  } catch {
    return undefined
  }
}

async function readSlice(handle: FileHandle, index: PackIndex, place: number): Promise<Buffer> {
  const start = index.sizes.slice(0, place).reduce((sum, size) => sum + size, index.lead)
  const size = index.sizes[place] ?? 0
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, size, start)
  if (bytesRead !== size) throw new PackError(`The pack of range ${index.first} ends too early`)
  return buffer
}

async function contentOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
