import type { IdKey } from '@zuil/core'
import type { DeadLetters } from '../dead-letters/dead-letters.ts'
import type { Fault } from '../fault.ts'
import type { RowCache } from '../load/row-cache.ts'
import type { Log } from '../log.ts'
import type { JournalEntry, LaneStore, OpenRange } from '../redis/lane-store.ts'
import type { Archive } from './archive.ts'
import { type RangeRows, rowsOfRange } from './range-rows.ts'

export interface ArchiverDependencies {
  readonly store: Pick<LaneStore, 'positions' | 'openRanges' | 'entriesBetween'>
  readonly archive: Archive
  readonly deadLetters: DeadLetters
  readonly cache: RowCache
  readonly idKey: IdKey
  readonly fault: Fault
  readonly log: Log
}

/** Frozen ranges that are looked up at once when catching up. */
const OPEN_RANGES_MAX = 256

/** Texts that are made at once: one is being written, the next one is made. */
const ROOMS_MAX = 2

/** Brings frozen ranges of a lane into the archive, in order. One call at a time for a lane. */
export interface Archiver {
  /** Makes of a range, whose records are at hand, what stands in the archive; nothing is written. @throws {ArchiveGapError} */
  pack(lane: number, range: OpenRange, entries: readonly JournalEntry[]): PackedRange
  /** Archives the range after the last one; durable when it resolves. */
  write(packed: PackedRange): Promise<void>
  /** Archives every frozen range that is not archived yet; gives their number. @throws {ArchiveGapError} */
  catchUp(lane: number): Promise<number>
}

/** A frozen range that only has to be written. */
export interface PackedRange extends RangeRows {
  readonly lane: number
  readonly range: OpenRange
}

/** Redis and the archive do not belong together: one of them was lost or replaced. */
export class ArchiveGapError extends Error {
  override readonly name = 'ArchiveGapError'
  readonly code = 'archive-gap'
}

export function createArchiver(dependencies: ArchiverDependencies): Archiver {
  const { store, archive, deadLetters, cache, idKey, fault, log } = dependencies
  /** Room of written texts, for the next ones: some megabytes for every range would keep the garbage collector busy. */
  const rooms: Buffer[] = []

  function pack(lane: number, range: OpenRange, entries: readonly JournalEntry[]): PackedRange {
    if (entries.length !== range.count) {
      throw new ArchiveGapError(
        `Range ${range.range} of lane ${lane} has ${entries.length} records in the journal instead of ${range.count}`,
      )
    }
    return { lane, range, ...rowsOfRange(entries, range, { lane, idKey, room: rooms.pop() }) }
  }

  async function write({ lane, range, packed, deadLetters: letters }: PackedRange): Promise<void> {
    const place = { lane, range: range.range }
    if (letters.length > 0) {
      await deadLetters.put(lane, range.range, letters)
      log.warn({ ...place, records: letters.length }, 'Records could not be understood and stand in the dead letters')
      await fault('after-dead-letters', place)
    }
    const facts = { ...place, from: range.from, to: range.to, count: range.count, sealedAt: range.sealedAt }
    await archive.write({ ...facts, deadLetters: letters.length }, packed, () => fault('after-segment', place))
    if (rooms.length < ROOMS_MAX) rooms.push(packed.room)
    await fault('after-manifest', place)
    cache.put(lane, range.range, packed.blocks)
  }

  async function catchUp(lane: number): Promise<number> {
    let archived = 0
    for (;;) {
      const positions = await store.positions(lane)
      let last = await archive.lastRange(lane)
      if (positions.range <= last) return archived
      if (positions.loadedRange > last) {
        await archive.refresh(lane)
        last = await archive.lastRange(lane)
        if (positions.loadedRange > last) throw gap(lane, positions.loadedRange, last)
      }
      const open = await store.openRanges(lane, last, OPEN_RANGES_MAX)
      // nothing open after the last archived range although more was frozen: loaded meanwhile by another process, look again
      if (open.length === 0) return archived
      for (const range of open) {
        await write(pack(lane, range, await store.entriesBetween(lane, range.from, range.to)))
        archived += 1
      }
    }
  }

  return { pack, write, catchUp }
}

function gap(lane: number, loaded: number, archived: number): ArchiveGapError {
  return new ArchiveGapError(`Lane ${lane} is loaded up to range ${loaded}, but archived up to ${archived} only`)
}
