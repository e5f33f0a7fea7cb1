import type { Archive } from '../archive/archive.ts'
import type { PackedRows } from '../archive/segment.ts'
import { noFault } from '../fault.ts'
import type { LoadBatch } from '../load/load-batch.ts'
import type { LoadWarehouse } from '../load/load-warehouse.ts'
import { poisonReason } from '../load/poison-reason.ts'
import { storeBatch } from '../load/store-batch.ts'
import type { OpenRange } from '../redis/lane-store.ts'

/** Ranges that wait to be loaded while the next one is made: some take longer than others. */
const LOADS_WAITING_MAX = 2

/**
 * Archives ranges and loads them, one after the other, while the next ones are made. Each is inserted by itself and read back before the
 * next: its voids take the rows of earlier ranges away.
 */
export class ImportedRanges {
  readonly #lane: number
  readonly #archive: Archive
  readonly #warehouse: LoadWarehouse | undefined
  #known: number | undefined
  #archiving: Promise<void> = Promise.resolve()
  /** Oldest first. */
  readonly #loading: Promise<void>[] = []
  /** Room of texts that are archived. */
  readonly #rooms: Buffer[] = []

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

  /** Room for the text of the next range, if some is free: tens of megabytes for every range would keep the collector of garbage busy. */
  takeRoom(): Buffer | undefined {
    return this.#rooms.pop()
  }

  /** Resolves when the range before is archived and few wait to be loaded. @throws what one of them came to. */
  async store(range: OpenRange, packed: PackedRows): Promise<void> {
    await this.#archiving
    this.#archiving = this.#archiveRange(range, packed)
    handled(this.#archiving)
    while (this.#loading.length >= LOADS_WAITING_MAX) await this.#loading.shift()
    const batch = batchOf({ lane: this.#lane, archive: this.#archive }, range, packed)
    const loading = this.#load({ archived: this.#archiving, before: this.#loading.at(-1) }, batch)
    handled(loading)
    this.#loading.push(loading)
  }

  async settled(): Promise<void> {
    await this.#archiving
    await Promise.all(this.#loading)
  }

  async #archiveRange(range: OpenRange, packed: PackedRows): Promise<void> {
    await this.#archive.write({ ...range, lane: this.#lane, deadLetters: 0 }, packed)
    this.#rooms.push(packed.room)
  }

  /** Nothing is loaded that is not archived. */
  async #load({ archived, before }: Earlier, batch: LoadBatch): Promise<void> {
    await archived
    await before
    if (!this.#warehouse) return
    const refused = await storeBatch(batch, { warehouse: this.#warehouse, poisonReason, fault: noFault })
    if (refused.length > 0) throw new Error(`Range ${batch.last} has rows that the warehouse refuses (${refused[0]?.reason})`)
  }
}

/** What has to be done before a range is loaded. */
interface Earlier {
  readonly archived: Promise<void>
  readonly before: Promise<void> | undefined
}

function batchOf(
  { lane, archive }: { readonly lane: number; readonly archive: Archive },
  { range, to }: OpenRange,
  { tables, blocks }: Pick<PackedRows, 'tables' | 'blocks'>,
): LoadBatch {
  // what takes longest to read back comes first: the others are inserted meanwhile
  const contents = [...tables].sort(([, a], [, b]) => b.rows - a.rows)
  return {
    lane,
    first: range,
    last: range,
    to,
    rows: contents.reduce((sum, [, { rows }]) => sum + rows, 0),
    isReplacing: contents.some(([, { replacing }]) => replacing > 0),
    tables: contents.map(([table, { rows, hash }]) => ({
      table,
      block: blocks.get(table),
      lines: async () => (await archive.rows(lane, range)).flatMap((row) => (row.table === table ? [row.line] : [])),
      expected: new Map([[range, { rows, hash }]]),
    })),
  }
}

/** It is waited for later; until then nobody else may complain. */
function handled(promise: Promise<void>): void {
  promise.catch(() => undefined)
}
