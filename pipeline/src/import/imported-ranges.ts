import type { Archive } from '../archive/archive.ts'
import { type PackedRows, unpackRows } from '../archive/segment.ts'
import { noFault } from '../fault.ts'
import type { LoadBatch } from '../load/load-batch.ts'
import type { LoadWarehouse } from '../load/load-warehouse.ts'
import { poisonReason } from '../load/poison-reason.ts'
import { storeBatch } from '../load/store-batch.ts'
import type { OpenRange } from '../redis/lane-store.ts'

/**
 * Archives ranges and loads them, one after the other, while the next one is made: only the last one and the one before are under
 * way. Each is inserted by itself and read back before the next: its voids take the rows of earlier ranges away.
 */
export class ImportedRanges {
  readonly #lane: number
  readonly #archive: Archive
  readonly #warehouse: LoadWarehouse | undefined
  #known: number | undefined
  #archiving: Promise<void> = Promise.resolve()
  #loading: Promise<void> = Promise.resolve()

  constructor(lane: number, archive: Archive, warehouse: LoadWarehouse | undefined) {
    this.#lane = lane
    this.#archive = archive
    this.#warehouse = warehouse
  }

  /** Whether the range was archived before this import began. */
  async isKnown(range: number): Promise<boolean> {
    this.#known ??= await this.#archive.lastRange(this.#lane)
    return range <= this.#known
  }

  /** Resolves when the range before is archived and the one before that is loaded. @throws what one of them came to. */
  async store(range: OpenRange, packed: PackedRows): Promise<void> {
    await this.#archiving
    this.#archiving = this.#archive.write({ ...range, lane: this.#lane, deadLetters: 0 }, packed).then(() => undefined)
    handled(this.#archiving)
    if (!this.#warehouse) return
    await this.#loading
    this.#loading = this.#load(this.#archiving, range, packed)
    handled(this.#loading)
  }

  async settled(): Promise<void> {
    await this.#archiving
    await this.#loading
  }

  /** Nothing is loaded that is not archived. */
  async #load(archived: Promise<void>, range: OpenRange, packed: PackedRows): Promise<void> {
    const warehouse = this.#warehouse
    if (!warehouse) return
    await archived
    const refused = await storeBatch(batchOf(this.#lane, range, packed), { warehouse, poisonReason, fault: noFault })
    if (refused.length > 0) throw new Error(`Range ${range.range} has rows that the warehouse refuses (${refused[0]?.reason})`)
  }
}

function batchOf(lane: number, { range, to }: OpenRange, { text, tables, compact }: PackedRows): LoadBatch {
  const contents = [...tables]
  return {
    lane,
    first: range,
    last: range,
    to,
    rows: contents.reduce((sum, [, { rows }]) => sum + rows, 0),
    isReplacing: contents.some(([, { replacing }]) => replacing > 0),
    tables: contents.map(([table, { rows, hash }]) => ({
      table,
      compact: compact.get(table),
      lines: async () => unpackRows(text).flatMap((row) => (row.table === table ? [row.line] : [])),
      expected: new Map([[range, { rows, hash }]]),
    })),
  }
}

/** It is waited for later; until then nobody else may complain. */
function handled(promise: Promise<void>): void {
  promise.catch(() => undefined)
}
