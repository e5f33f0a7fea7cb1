import { createHash } from 'node:crypto'
import type { Drawing, DrawingBoard } from '../../charts/drawing-board.ts'
import { Shelf } from '../../storage/shelf.ts'

/** Letters of drawings that are kept, a byte or two each: some two thousand drawings, about a hundred pages. */
const LETTERS_KEPT_MAX = 16_000_000

/**
 * Finished drawings, by everything that goes into them. Figures of a release never change, so the same page is the same drawings, and
 * Vega takes some milliseconds for each of them. What changes by the second is drawn on the board itself.
 */
export class PictureShelf {
  readonly #board: Pick<DrawingBoard, 'draw'>
  readonly #kept = new Shelf<string>({ weightMax: LETTERS_KEPT_MAX, weightOf: ({ length }) => length })

  constructor(board: Pick<DrawingBoard, 'draw'>) {
    this.#board = board
  }

  /** @param around what else `finish` puts into the drawing */
  async draw(drawing: Drawing, around: object, finish: (svg: string) => string): Promise<string> {
    const { name, language, rows, signals } = drawing
    const made = JSON.stringify([name, language, rows, signals, around])
    const key = createHash('sha256').update(made).digest('base64url')
    return await this.#kept.take(key, async () => finish(await this.#board.draw(drawing)))
  }
}
