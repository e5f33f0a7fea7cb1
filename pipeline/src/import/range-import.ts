import type { IdKey, JournalledRecord } from '@zuil/core'
import type { Archive } from '../archive/archive.ts'
import type { LoadWarehouse } from '../load/load-warehouse.ts'
import { BlockDraft } from './block-draft.ts'
import { ImportedRanges } from './imported-ranges.ts'
import { RangeDraft } from './range-draft.ts'

export interface RangeImportDependencies {
  /** Of an installation that does not run. */
  readonly archive: Archive
  readonly idKey: IdKey
  /** Takes what is archived at once; absent: a rebuild brings it there afterwards. Holds what an earlier import archived. */
  readonly warehouse?: LoadWarehouse
  /** Of one range; the same for an import that goes on ({@link IMPORT_RECORDS_MAX}). */
  readonly recordsMax?: number
}

/** The archive holds something else than what is imported. */
export class ImportMismatchError extends Error {
  override readonly name = 'ImportMismatchError'
  readonly code = 'import-mismatch'
}

/** Brings records that were made elsewhere into the archive of lane 0, as if they had been sealed there, and into the warehouse. */
export interface RangeImport {
  /**
   * The next records. What an earlier import archived already is only compared, so an import that was interrupted is
   * given again from its first record. @throws {ImportMismatchError} {TypeError} when one is no record that can be stored, and
   * what archive and warehouse throw: then or with the next records, because they work on a range while the next one comes in.
   */
  add(records: readonly JournalledRecord[]): Promise<void>
  /** Archives what is left. @throws {ImportMismatchError} also when the archive goes on behind the last record. */
  finish(): Promise<{ readonly ranges: number; readonly records: number }>
}

const LANE = 0

/** Records of one range: twelve times those of a sealed one, because nobody waits for them and few large inserts cost less. */
const IMPORT_RECORDS_MAX = 60_000

export function createRangeImport(dependencies: RangeImportDependencies): RangeImport {
  return new ArchiveImport(dependencies)
}

class ArchiveImport implements RangeImport {
  readonly #archive: Archive
  readonly #idKey: IdKey
  readonly #recordsMax: number
  readonly #stored: ImportedRanges
  readonly #packer: BlockDraft
  #draft: RangeDraft | undefined
  #range = 0
  #records = 0

  constructor({ archive, idKey, warehouse, recordsMax = IMPORT_RECORDS_MAX }: RangeImportDependencies) {
    this.#archive = archive
    this.#idKey = idKey
    this.#recordsMax = recordsMax
    this.#packer = new BlockDraft(recordsMax)
    this.#stored = new ImportedRanges(LANE, archive, warehouse)
  }

  async add(records: readonly JournalledRecord[]): Promise<void> {
    for (const record of records) {
      this.#draft ??= await this.#newDraft()
      this.#draft.add(record)
      if (this.#draft.count === this.#recordsMax) await this.#close(this.#draft)
    }
  }

  async finish(): Promise<{ ranges: number; records: number }> {
    try {
      if (this.#draft) await this.#close(this.#draft)
      await this.#stored.settled()
    } finally {
      await this.#stored.close()
    }
    if ((await this.#archive.lastRange(LANE)) > this.#range) throw mismatch(this.#range + 1)
    return { ranges: this.#range, records: this.#records }
  }

  async #newDraft(): Promise<RangeDraft> {
    this.#range += 1
    const isKnown = await this.#stored.isKnown(this.#range)
    const packer = isKnown ? undefined : this.#packer
    return new RangeDraft({ range: this.#range, recordsMax: this.#recordsMax, idKey: this.#idKey, packer })
  }

  async #close(draft: RangeDraft): Promise<void> {
    this.#draft = undefined
    const [range, packed] = [draft.range, draft.packed((bytes) => this.#stored.room(bytes))]
    if (!range) return
    this.#records += range.count
    if (packed) {
      await this.#stored.store(range, packed)
      return
    }
    const { from, to, count } = await this.#archive.manifest(LANE, range.range)
    if (from !== range.from || to !== range.to || count !== range.count) throw mismatch(range.range)
  }
}

function mismatch(range: number): ImportMismatchError {
  return new ImportMismatchError(`Range ${range} of the archive is not one of this import`)
}
