import type { TableName } from '@zuil/warehouse'
import type { Archive } from '../archive/archive.ts'
import { ROW_BYTES } from '../archive/segment.ts'
import type { SegmentBlocks, SegmentText } from '../archive/segment-text.ts'
import { noFault } from '../fault.ts'
import type { LoadBatch } from '../load/load-batch.ts'
import type { LoadWarehouse } from '../load/load-warehouse.ts'
import { poisonReason } from '../load/poison-reason.ts'
import { storeBatch } from '../load/store-batch.ts'
import type { OpenRange } from '../redis/lane-store.ts'
import { SharedRooms } from './shared-rooms.ts'
import { TextThread } from './text-thread.ts'

/** Ranges that are behind the one that comes in: one becomes text, one is archived, one is loaded. */
const RANGES_UNDER_WAY_MAX = 3

/**
 * Archives ranges and loads them, one after the other, while the next ones are made. Each is inserted by itself and read back before the
 * next: its voids take the rows of earlier ranges away.
 */
export class ImportedRanges {
  readonly #lane: number
  readonly #archive: Archive
  readonly #warehouse: LoadWarehouse | undefined
  readonly #texts = new TextThread()
  #known: number | undefined
  #archiving: Promise<unknown> = Promise.resolve()
  /** Oldest first. */
  readonly #underWay: Promise<void>[] = []
  readonly #rooms = new SharedRooms()

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

  /** Memory for the rows of the next range. */
  room(bytes: number): Uint8Array {
    return this.#rooms.take(bytes)
  }

  /** Resolves when few are under way. @throws what one of them came to. */
  async store(range: OpenRange, segment: SegmentBlocks): Promise<void> {
    while (this.#underWay.length >= RANGES_UNDER_WAY_MAX) await this.#underWay.shift()
    const archiving = this.#archiveRange(range, { segment, before: this.#archiving })
    handled(archiving)
    const loading = this.#load(range, { archiving, before: this.#underWay.at(-1) })
    handled(loading)
    this.#archiving = archiving
    this.#underWay.push(loading)
  }

  async settled(): Promise<void> {
    await Promise.all(this.#underWay)
  }

  /** Ends what works beside this thread. */
  async close(): Promise<void> {
    await this.#texts.end()
  }

  async #archiveRange(range: OpenRange, { segment, before }: { segment: SegmentBlocks; before: Promise<unknown> }) {
    const room = this.#rooms.take(Math.max(1, segment.order.length) * ROW_BYTES)
    const archived = await this.#texts.textOf(segment, room)
    await before
    await this.#archive.write({ ...range, lane: this.#lane, deadLetters: 0 }, archived)
    this.#rooms.give(room)
    return { segment, tables: archived.tables }
  }

  /** Nothing is loaded that is not archived. */
  async #load(range: OpenRange, { archiving, before }: Earlier): Promise<void> {
    const archived = await archiving
    await before
    if (this.#warehouse) await this.#insert(this.#warehouse, range, archived)
    for (const { rows } of archived.segment.blocks) this.#rooms.give(rows.body)
  }

  async #insert(warehouse: LoadWarehouse, range: OpenRange, archived: Archived): Promise<void> {
    const batch = batchOf({ lane: this.#lane, archive: this.#archive }, range, archived)
    const refused = await storeBatch(batch, { warehouse, poisonReason, fault: noFault })
    if (refused.length > 0) throw new Error(`Range ${batch.last} has rows that the warehouse refuses (${refused[0]?.reason})`)
  }
}

/** What of a range is needed when it is archived. */
interface Archived {
  readonly segment: SegmentBlocks
  readonly tables: SegmentText['tables']
}

/** What has to be done before a range is loaded. */
interface Earlier {
  readonly archiving: Promise<Archived>
  readonly before: Promise<void> | undefined
}

function batchOf(
  { lane, archive }: { readonly lane: number; readonly archive: Archive },
  { range, to }: OpenRange,
  { segment, tables }: Archived,
): LoadBatch {
  // what takes longest to read back comes first: the others are inserted meanwhile
  const contents = [...tables].sort(([, a], [, b]) => b.rows - a.rows)
  const blockOf = (of: TableName) => segment.blocks.find(({ table }) => table === of)?.rows
  return {
    lane,
    first: range,
    last: range,
    to,
    rows: contents.reduce((sum, [, { rows }]) => sum + rows, 0),
    isReplacing: contents.some(([, { replacing }]) => replacing > 0),
    tables: contents.map(([table, { rows, hash }]) => ({
      table,
      block: blockOf(table),
      lines: async () => (await archive.rows(lane, range)).flatMap((row) => (row.table === table ? [row.line] : [])),
      expected: new Map([[range, { rows, hash }]]),
    })),
  }
}

/** It is waited for later; until then nobody else may complain. */
function handled(promise: Promise<unknown>): void {
  promise.catch(() => undefined)
}
