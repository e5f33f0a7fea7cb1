import { formatPosition, type IdKey, type JournalledRecord } from '@zuil/core'
import { encodeRecord } from '@zuil/core/contracts/journal'
import type { Archive } from '../archive/archive.ts'
import { rowsOfRange } from '../archive/range-rows.ts'
import { SEAL_RECORDS_MAX } from '../seal/sealer.ts'

export interface RangeImportDependencies {
  /** Of an installation that does not run. */
  readonly archive: Archive
  readonly idKey: IdKey
}

/** The archive holds something else than what is imported. */
export class ImportMismatchError extends Error {
  override readonly name = 'ImportMismatchError'
  readonly code = 'import-mismatch'
}

/** Brings records that were made elsewhere into the archive of lane 0, as if they had been sealed there. */
export interface RangeImport {
  /**
   * The next record. What an earlier import archived already is only compared, so an import that was interrupted is
   * given again from its first record. @throws {ImportMismatchError} {TypeError} when it is no record that can be stored.
   */
  add(record: JournalledRecord): Promise<void>
  /** Archives what is left. @throws {ImportMismatchError} also when the archive goes on behind the last record. */
  finish(): Promise<{ readonly ranges: number; readonly records: number }>
}

const LANE = 0

export function createRangeImport(dependencies: RangeImportDependencies): RangeImport {
  return new ArchiveImport(dependencies)
}

class ArchiveImport implements RangeImport {
  readonly #archive: Archive
  readonly #idKey: IdKey
  #waiting: JournalledRecord[] = []
  #range = 0
  #records = 0

  constructor({ archive, idKey }: RangeImportDependencies) {
    this.#archive = archive
    this.#idKey = idKey
  }

  async add(record: JournalledRecord): Promise<void> {
    this.#waiting.push(record)
    if (this.#waiting.length >= SEAL_RECORDS_MAX) await this.#close()
  }

  async finish(): Promise<{ ranges: number; records: number }> {
    if (this.#waiting.length > 0) await this.#close()
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
    if (this.#range <= (await this.#archive.lastRange(LANE))) {
      const known = await this.#archive.manifest(LANE, this.#range)
      if (known.from !== from || known.to !== to || known.count !== records.length) throw mismatch(this.#range)
      return
    }
    const entries = records.map(({ position, record }) => ({ position: formatPosition(position), text: encodeRecord(record) }))
    const content = rowsOfRange(entries, range, { lane: LANE, idKey: this.#idKey })
    const [refused] = content.deadLetters
    if (refused) throw new TypeError(`The record at ${refused.position} cannot be stored (${refused.reason})`)
    await this.#archive.write({ ...range, lane: LANE, deadLetters: 0 }, content.packed)
  }
}

function mismatch(range: number): ImportMismatchError {
  return new ImportMismatchError(`Range ${range} of the archive is not one of this import`)
}
