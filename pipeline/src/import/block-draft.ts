import type { RowWriter } from '@zuil/core/contracts/row-writer'
import { NativeBlock, type TableName } from '@zuil/warehouse'
import type { RowPacker } from '../archive/segment.ts'
import type { SegmentBlocks } from '../archive/segment-text.ts'

/** One of the tables while its rows come. */
interface TableDraft {
  readonly table: TableName
  readonly block: NativeBlock
  /** Its place in the order of the tables. */
  readonly index: number
  rows: number
  replacing: number
}

/** The rows of one range after the other as an insert takes them. Their text is made of these, by another thread. */
export class BlockDraft implements RowPacker {
  readonly #tables = new Map<TableName, TableDraft>()
  /** Blocks of the ranges before, which are empty. */
  readonly #spare = new Map<TableName, NativeBlock>()
  /** Of each row: its table, and its number there. */
  #order: Uint8Array
  #places: Uint32Array
  #count = 0

  /** `rows`: how many are expected. */
  constructor(rows: number) {
    this.#order = new Uint8Array(rows)
    this.#places = new Uint32Array(rows)
  }

  begin(table: TableName): RowWriter {
    let draft = this.#tables.get(table)
    if (!draft) {
      draft = { table, block: this.#spare.get(table) ?? new NativeBlock(table), index: this.#tables.size, rows: 0, replacing: 0 }
      this.#tables.set(table, draft)
    }
    return draft.block
  }

  endRow(table: TableName, isReplacing: boolean): number {
    const draft = this.#tables.get(table)
    if (!draft) throw new RangeError(`No row of ${table} was begun`)
    draft.block.endRow()
    if (isReplacing) draft.replacing += 1
    if (this.#count === this.#order.length) this.#grow()
    this.#order[this.#count] = draft.index
    this.#places[this.#count] = draft.rows++
    return this.#count++
  }

  /** With all rows but those of these numbers, in `room`; then there are none. @throws {TypeError} when one holds a value that does not fit its column. */
  packed(without: ReadonlySet<number>, room?: (bytes: number) => Uint8Array): SegmentBlocks {
    const leftOut = [...without].sort((a, b) => a - b)
    const blocks = [...this.#tables.values()].map(({ table, block, index, replacing }) => {
      const places = leftOut.filter((row) => this.#order[row] === index).map((row) => this.#places[row] ?? 0)
      const rows = block.block(places, room)
      if (!rows) throw new TypeError(`A row of ${table} holds a value that does not fit its column`)
      return { table, rows, replacing }
    })
    const order = this.#order.slice(0, this.#count)
    this.#clear()
    return { blocks, order: leftOut.length === 0 ? order : order.filter((_, row) => !without.has(row)) }
  }

  /** A table may have no row in the next range, and then no block. */
  #clear(): void {
    for (const { table, block } of this.#tables.values()) {
      block.clear()
      this.#spare.set(table, block)
    }
    this.#tables.clear()
    this.#count = 0
  }

  #grow(): void {
    const [order, places] = [new Uint8Array(this.#count * 2 + 1), new Uint32Array(this.#count * 2 + 1)]
    order.set(this.#order)
    places.set(this.#places)
    this.#order = order
    this.#places = places
  }
}
