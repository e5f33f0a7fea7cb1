import { formatPosition, type IdKey, type JournalledRecord } from '@zuil/core'
import type { Archive } from '../archive/archive.ts'
import { rowsOfRecord } from '../archive/record-rows.ts'
import { type PackedRows, SegmentPacker } from '../archive/segment.ts'
import type { LoadWarehouse } from '../load/load-warehouse.ts'
import type { OpenRange } from '../redis/lane-store.ts'
import { ImportedRanges } from './imported-ranges.ts'

export interface RangeImportDependencies {
  /** Of an installation that does not run. */
  readonly archive: Archive
  readonly idKey: IdKey
  /** Takes what is archived at once; absent: a rebuild brings it there afterwards. Holds what an earlier import archived. */
  readonly warehouse?: LoadWarehouse
}

/** The archive holds something else than what is imported. */
export class ImportMismatchError extends Error {
  override readonly name = 'ImportMismatchError'
  readonly code = 'import-mismatch'
}

/** Brings records that were made elsewhere into the archive of lane 0, as if they had been sealed there, and into the warehouse. */
export interface RangeImport {
  /**
   * The next record. What an earlier import archived already is only compared, so an import that was interrupted is
   * given again from its first record. @throws {ImportMismatchError} {TypeError} when it is no record that can be stored, and
   * what archive and warehouse throw: then or with one of the next records, because they work on a range while the next one comes in.
   */
  add(record: JournalledRecord): Promise<void>
  /** Archives what is left. @throws {ImportMismatchError} also when the archive goes on behind the last record. */
  finish(): Promise<{ readonly ranges: number; readonly records: number }>
}

const LANE = 0

/** Records of one range: four times those of a sealed one, because nobody waits for them and few large inserts cost less. */
export const IMPORT_RECORDS_MAX = 20_000

export function createRangeImport(dependencies: RangeImportDependencies): RangeImport {
  return new ArchiveImport(dependencies)
}

class ArchiveImport implements RangeImport {
  readonly #archive: Archive
  readonly #idKey: IdKey
  readonly #stored: ImportedRanges
  #waiting: JournalledRecord[] = []
  #range = 0
  #records = 0

  constructor({ archive, idKey, warehouse }: RangeImportDependencies) {
    this.#archive = archive
    this.#idKey = idKey
    this.#stored = new ImportedRanges(LANE, archive, warehouse)
  }

  async add(record: JournalledRecord): Promise<void> {
    this.#waiting.push(record)
    if (this.#waiting.length >= IMPORT_RECORDS_MAX) await this.#close()
  }

  async finish(): Promise<{ ranges: number; records: number }> {
    if (this.#waiting.length > 0) await this.#close()
    await this.#stored.settled()
    if ((await this.#archive.lastRange(LANE)) > this.#range) throw mismatch(this.#range + 1)
    return { ranges: this.#range, records: this.#records }
  }

  async #close(): Promise<void> {
    const records = this.#waiting
    this.#waiting = []
    this.#range += 1
    this.#records += records.length
    const [first, last] = [records[0], records.at(-1)]
    if (!first || !last) return
    const [from, to] = [formatPosition(first.position), formatPosition(last.position)]
    const range = { range: this.#range, from, to, count: records.length, sealedAt: last.position.ms }
    if (await this.#stored.isKnown(range.range)) {
      const known = await this.#archive.manifest(LANE, this.#range)
      if (known.from !== from || known.to !== to || known.count !== records.length) throw mismatch(this.#range)
      return
    }
    await this.#stored.store(range, this.#packed(records, range))
  }

  /** What is taken back in the same range (a check-in and its void) does not reach the warehouse, which would drop it anyway. */
  #packed(records: readonly JournalledRecord[], { range }: OpenRange): PackedRows {
    const voided = new Set(records.flatMap(({ record }) => (record.kind === 'void' ? [record.position] : [])))
    const packer = new SegmentPacker(records.length)
    for (const { position, record } of records) {
      if (voided.size > 0 && record.kind === 'transaction' && voided.has(formatPosition(position))) continue
      try {
        for (const row of rowsOfRecord(record, { position, range, idKey: this.#idKey })) packer.add(row)
      } catch (error) {
        const reason = error instanceof Error ? error.name : 'Error'
        throw new TypeError(`The record at ${formatPosition(position)} cannot be stored (${reason})`, { cause: error })
      }
    }
    return packer.packed()
  }
}

function mismatch(range: number): ImportMismatchError {
  return new ImportMismatchError(`Range ${range} of the archive is not one of this import`)
}
