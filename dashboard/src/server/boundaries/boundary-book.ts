import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder, OWN_FOLDER_MODE, writeOwnFile } from '@zuil/warehouse/durable-file'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Polygons } from './boundary-file.ts'

/** Of one file of boundaries, twice the points that are kept of it: neighbours have those of a border both. */
const LIST_LENGTH_MAX = 30_000
const Degrees = Type.Number({ minimum: -180, maximum: 180 })
const RingShape = Type.Array(Type.Tuple([Degrees, Degrees]), { minItems: 4, maxItems: LIST_LENGTH_MAX })
const PolygonShape = Type.Array(RingShape, { minItems: 1, maxItems: LIST_LENGTH_MAX })
const BoundaryShape = Type.Object({
  nis: Type.Integer({ minimum: 1 }),
  polygons: Type.Array(PolygonShape, { minItems: 1, maxItems: LIST_LENGTH_MAX }),
})
const BoundariesShape = Type.Array(BoundaryShape, { maxItems: 2_000 })

/** What is kept of an import. */
const KeptBoundaries = Type.Object({
  /** Name of the file that it was made of. */
  file: Type.String({ maxLength: 255 }),
  fine: BoundariesShape,
  coarse: BoundariesShape,
})
export type KeptBoundaries = Readonly<Static<typeof KeptBoundaries>>

/** What came over the wire or from the disk; undefined when it is something else. */
export function keptBoundaries(document: unknown): KeptBoundaries | undefined {
  return Value.Check(KeptBoundaries, document) ? document : undefined
}

/** Outlines by NIS code. */
export type BoundaryMap = ReadonlyMap<number, Polygons>

/** From so many municipalities on a map has room for the coarse outlines only. */
const COARSE_FROM = 60
const FILE = 'municipalities.json'

/** The outlines that somebody imported, in one file and in memory; none until then. */
export class BoundaryBook {
  readonly #folder: string
  #fine: BoundaryMap = new Map()
  #coarse: BoundaryMap = new Map()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Reads what is kept. @throws {TypeError} for a file that is none of ours; maps go without it then */
  async bringUp(): Promise<void> {
    const text = await readFile(this.#path(), 'utf8').catch(ifMissing)
    if (text === undefined) return
    const kept = keptBoundaries(JSON.parse(text))
    if (!kept) throw new TypeError(`${this.#path()} holds no boundaries: import them again`)
    this.#take(kept)
  }

  /** As fine as a map of so many municipalities shows. */
  of(municipalities: number): BoundaryMap {
    return municipalities < COARSE_FROM ? this.#fine : this.#coarse
  }

  /** Instead of those that were there; on disk when it resolves. */
  async keep(boundaries: KeptBoundaries): Promise<void> {
    await makeFolder(this.#folder, OWN_FOLDER_MODE)
    await writeOwnFile(this.#path(), JSON.stringify(boundaries))
    this.#take(boundaries)
  }

  /** Maps have dots again. */
  async remove(): Promise<void> {
    await rm(this.#path(), { force: true })
    this.#take({ fine: [], coarse: [] })
  }

  #take({ fine, coarse }: Pick<KeptBoundaries, 'fine' | 'coarse'>): void {
    this.#fine = new Map(fine.map(({ nis, polygons }) => [nis, polygons]))
    this.#coarse = new Map(coarse.map(({ nis, polygons }) => [nis, polygons]))
  }

  #path(): string {
    return join(this.#folder, FILE)
  }
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined
  throw error
}
