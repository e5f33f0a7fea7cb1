import { formatPosition, type IdKey, type JournalledRecord, type Position, parsePosition } from '@zuil/core'
import { packRecord } from '../archive/record-rows.ts'
import type { SegmentBlocks } from '../archive/segment-text.ts'
import type { OpenRange } from '../redis/lane-store.ts'
import type { BlockDraft } from './block-draft.ts'

export interface DraftOptions {
  readonly range: number
  /** Records that fit. */
  readonly recordsMax: number
  readonly idKey: IdKey
  /** Packs the rows; undefined: the range is archived already, and only compared. */
  readonly packer: BlockDraft | undefined
}

/** No row: the record is not a transaction. */
const NONE = -1

/**
 * A range while its records come: each is packed at once and forgotten. Tens of thousands of records that live until the range is full
 * would cost more in garbage collection than packing them.
 */
export class RangeDraft {
  readonly #options: DraftOptions
  /** Positions of the records, which come in their order, and the row of each transaction. */
  readonly #ms: Float64Array
  readonly #sequences: Uint32Array
  readonly #rows: Int32Array
  #count = 0
  #first: Position | undefined
  #last: Position | undefined
  /** Rows of what was taken back since. */
  readonly #voided = new Set<number>()

  constructor(options: DraftOptions) {
    const { recordsMax } = options
    this.#options = options
    this.#ms = new Float64Array(recordsMax)
    this.#sequences = new Uint32Array(recordsMax)
    this.#rows = new Int32Array(recordsMax)
  }

  get count(): number {
    return this.#count
  }

  /** @throws {TypeError} when it is no record that can be stored */
  add(journalled: JournalledRecord): void {
    const { position, record } = journalled
    if (record.kind === 'void') this.#takeBack(parsePosition(position.lane, record.position))
    const row = this.#pack(journalled)
    this.#ms[this.#count] = position.ms
    this.#sequences[this.#count] = position.sequence
    this.#rows[this.#count] = record.kind === 'transaction' ? row : NONE
    this.#count += 1
    this.#first ??= position
    this.#last = position
  }

  /** What the range is; undefined before its first record. */
  get range(): OpenRange | undefined {
    const [first, last] = [this.#first, this.#last]
    if (!first || !last) return undefined
    const ends = { from: formatPosition(first), to: formatPosition(last) }
    return { range: this.#options.range, ...ends, count: this.#count, sealedAt: last.ms }
  }

  /**
   * Once; undefined when it is only compared. What is taken back in the same range (a check-in and its void) does not reach the
   * warehouse, which would drop it anyway.
   */
  packed(room: (bytes: number) => Uint8Array): SegmentBlocks | undefined {
    return this.#options.packer?.packed(this.#voided, room)
  }

  /** Gives the last of its rows. */
  #pack({ position, record }: JournalledRecord): number {
    const { range, idKey, packer } = this.#options
    if (!packer) return NONE
    try {
      return packRecord(packer, record, { position, range, idKey })
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'Error'
      throw new TypeError(`The record at ${formatPosition(position)} cannot be stored (${reason})`, { cause: error })
    }
  }

  #takeBack(position: Position | undefined): void {
    let [low, high] = [0, this.#count]
    if (!position) return
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#isBefore(middle, position)) low = middle + 1
      else high = middle
    }
    const isIt = low < this.#count && this.#ms[low] === position.ms && this.#sequences[low] === position.sequence
    const row = this.#rows[low] ?? NONE
    if (isIt && row !== NONE) this.#voided.add(row)
  }

  #isBefore(index: number, { ms, sequence }: Position): boolean {
    const own = this.#ms[index] ?? 0
    return own < ms || (own === ms && (this.#sequences[index] ?? 0) < sequence)
  }
}
