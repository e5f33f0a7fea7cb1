import { createHash } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder, stageDurably, syncFolder, UNFINISHED_SUFFIX } from '@zuil/warehouse/durable-file'
import { namesIn } from '../folder-names.ts'
import { decodeManifest, encodeManifest, FIRST_PREVIOUS, type Manifest } from './manifest.ts'
import { lastRangeOf, PACK_RANGES, packOf, packRanges, type RangeFile, RangeFiles, rangeFileName } from './pack.ts'
import { compressSegment, decodeSegment, type PackedRows, SegmentError, type SegmentRow } from './segment.ts'

/** Everything of a manifest that does not follow from writing it. */
export type RangeFacts = Omit<Manifest, 'tables' | 'segment' | 'previous'>

/** Manifests that are kept in memory: some minutes of work; older ones are read again. */
const MANIFESTS_KEPT_MAX = 4_096

/** Packs that one call makes, of a thousand ranges each: it is called often enough. */
const PACKS_MAX = 16

/**
 * The record of everything that was ever journalled: a folder per lane, a segment and a manifest per range, each manifest
 * naming the hash of the one before. Nothing is ever changed in it, but the files of many small ranges are put into one
 * (docs/decisions/0013). One archive serves one process.
 */
export interface Archive {
  readonly folder: string
  /** Number of the lane's last archived range; 0 before the first. */
  lastRange(lane: number): Promise<number>
  /** Lanes that have a folder, ascending. */
  lanes(): Promise<number[]>
  /** @throws when the range is not archived or its manifest is not readable. */
  manifest(lane: number, range: number): Promise<Manifest>
  /** The manifest as it stands on disk now. @throws as {@link manifest}. */
  readManifest(lane: number, range: number): Promise<Manifest>
  /** The rows of a range, after the segment proved to be the one that its manifest names. @throws {SegmentError} */
  rows(lane: number, range: number): Promise<SegmentRow[]>
  /** Writes the range after {@link lastRange}; durable when it returns. `onSegment` runs between segment and manifest. */
  write(facts: RangeFacts, rows: Pick<PackedRows, 'text' | 'tables'>, onSegment?: () => void | Promise<void>): Promise<Manifest>
  /** SHA-256 of a range's manifest file: what the next one names. */
  manifestHash(lane: number, range: number): Promise<string>
  /** Looks at the folder again: another process may have archived ranges of the lane. */
  refresh(lane: number): Promise<void>
  /** Puts the files of small ranges up to `upTo` together, oldest first; gives the number of packs. */
  pack(lane: number, upTo: number): Promise<number>
  /** Deletes what a crash left unfinished before an instant (epoch ms); gives the number of files. */
  removeUnfinished(before: number): Promise<number>
}

interface LaneState {
  last: number
  lastHash: string
}

export function openArchive(folder: string): Archive {
  return new FolderArchive(folder)
}

class FolderArchive implements Archive {
  readonly folder: string
  readonly #states = new Map<number, Promise<LaneState>>()
  readonly #manifests = new Map<string, Manifest>()
  readonly #files = new Map<number, RangeFiles>()
  /** Ranges that are too large for a pack, by the first of them: they do not become smaller. */
  readonly #unpackable = new Set<string>()

  constructor(folder: string) {
    this.folder = folder
  }

  async lastRange(lane: number): Promise<number> {
    return (await this.#state(lane)).last
  }

  async lanes(): Promise<number[]> {
    const names = await namesIn(this.folder)
    return names
      .filter((name) => /^\d{1,3}$/.test(name))
      .map(Number)
      .sort((a, b) => a - b)
  }

  async manifest(lane: number, range: number): Promise<Manifest> {
    const key = `${lane}/${range}`
    const known = this.#manifests.get(key)
    if (known) return known
    const manifest = await this.readManifest(lane, range)
    this.#keep(key, manifest)
    return manifest
  }

  async readManifest(lane: number, range: number): Promise<Manifest> {
    return decodeManifest((await this.#read(lane, range, '.json')).toString('utf8'))
  }

  async rows(lane: number, range: number): Promise<SegmentRow[]> {
    const manifest = await this.manifest(lane, range)
    const bytes = await this.#read(lane, range, '.ndjson.zst')
    if (bytes.length !== manifest.segment.bytes || sha256(bytes) !== manifest.segment.sha256) {
      throw new SegmentError(`Segment ${range} of lane ${lane} is not the one that its manifest names`)
    }
    return await decodeSegment(bytes)
  }

  async write(
    facts: RangeFacts,
    rows: Pick<PackedRows, 'text' | 'tables'>,
    onSegment?: () => void | Promise<void>,
  ): Promise<Manifest> {
    const { lane, range } = facts
    const state = await this.#state(lane)
    if (range !== state.last + 1) throw new RangeError(`Range ${range} of lane ${lane} cannot follow range ${state.last}`)
    const bytes = await compressSegment(rows.text)
    const manifest: Manifest = {
      ...facts,
      tables: rows.tables,
      segment: { bytes: bytes.length, sha256: sha256(bytes) },
      previous: state.lastHash,
    }
    const manifestText = encodeManifest(manifest)
    await makeFolder(this.#laneFolder(lane))
    await this.#writeFiles(facts, { segment: bytes, manifest: manifestText }, onSegment)
    state.last = range
    state.lastHash = sha256(manifestText)
    this.#keep(`${lane}/${range}`, manifest)
    return manifest
  }

  async manifestHash(lane: number, range: number): Promise<string> {
    if (range === 0) return FIRST_PREVIOUS
    return sha256(await this.#read(lane, range, '.json'))
  }

  async refresh(lane: number): Promise<void> {
    this.#states.delete(lane)
    await this.#state(lane)
  }

  async pack(lane: number, upTo: number): Promise<number> {
    const folder = this.#laneFolder(lane)
    // ranges whose files still stand there one by one, by the pack that they belong to
    const firsts = new Set(
      (await namesIn(folder)).filter((name) => name.endsWith('.json')).map((name) => packOf(lastRangeOf(name))),
    )
    let packs = 0
    for (const first of [...firsts].sort((a, b) => a - b)) {
      if (packs >= PACKS_MAX || first + PACK_RANGES - 1 > upTo) break
      if (this.#unpackable.has(`${lane}/${first}`)) continue
      if (await packRanges(folder, first)) packs += 1
      else this.#unpackable.add(`${lane}/${first}`)
    }
    return packs
  }

  async removeUnfinished(before: number): Promise<number> {
    let removed = 0
    for (const lane of await this.lanes()) {
      for (const name of await namesIn(this.#laneFolder(lane))) {
        if (!name.endsWith(UNFINISHED_SUFFIX)) continue
        const path = join(this.#laneFolder(lane), name)
        if ((await stat(path)).mtimeMs >= before) continue
        await rm(path, { force: true })
        removed += 1
      }
    }
    return removed
  }

  /** One wait for the disk for both contents; the segment has its name before the manifest that tells of it. */
  async #writeFiles(
    { lane, range }: RangeFacts,
    { segment, manifest }: { readonly segment: Buffer; readonly manifest: string },
    onSegment?: () => void | Promise<void>,
  ): Promise<void> {
    const staged = await Promise.allSettled([
      stageDurably(this.#path(lane, range, '.ndjson.zst'), segment),
      stageDurably(this.#path(lane, range, '.json'), manifest),
    ])
    const [first, second] = staged
    try {
      if (first.status === 'rejected') throw first.reason
      if (second.status === 'rejected') throw second.reason
      await first.value.place()
      await onSegment?.()
      await second.value.place()
    } catch (error) {
      for (const file of staged) if (file.status === 'fulfilled') await file.value.discard()
      throw error
    }
    await syncFolder(this.#laneFolder(lane))
  }

  #state(lane: number): Promise<LaneState> {
    const known = this.#states.get(lane)
    if (known) return known
    const opening = this.#open(lane)
    this.#states.set(lane, opening)
    opening.catch(() => this.#states.delete(lane))
    return opening
  }

  async #open(lane: number): Promise<LaneState> {
    let last = 0
    for (const name of await namesIn(this.#laneFolder(lane))) last = Math.max(last, lastRangeOf(name))
    return { last, lastHash: await this.manifestHash(lane, last) }
  }

  #keep(key: string, manifest: Manifest): void {
    this.#manifests.set(key, manifest)
    if (this.#manifests.size <= MANIFESTS_KEPT_MAX) return
    const oldest = this.#manifests.keys().next()
    if (!oldest.done) this.#manifests.delete(oldest.value)
  }

  #laneFolder(lane: number): string {
    return join(this.folder, String(lane))
  }

  #path(lane: number, range: number, file: RangeFile): string {
    return join(this.#laneFolder(lane), rangeFileName(range, file))
  }

  #read(lane: number, range: number, file: RangeFile): Promise<Buffer> {
    const files = this.#files.get(lane) ?? new RangeFiles(this.#laneFolder(lane))
    this.#files.set(lane, files)
    return files.read(range, file)
  }
}

function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex')
}
