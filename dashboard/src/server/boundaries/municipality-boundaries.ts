import { BoundaryFileError, type FileBoundary } from './boundary-file.ts'
import { type Boundary, simplifiedBoundaries } from './boundary-simplifier.ts'

/** What has to be known of a municipality to find its outline. */
export interface BoundaryMunicipality {
  readonly nis: number
  readonly name: string
  /** Codes of before it was merged. */
  readonly mergedFrom: readonly number[]
}

/** Outlines for maps of two sizes; neighbours have the same points along their border. */
export interface Boundaries {
  /** For a map of a region. */
  readonly fine: readonly Boundary[]
  /** For a map of all municipalities. */
  readonly coarse: readonly Boundary[]
}

export interface FoundBoundaries extends Boundaries {
  /** Codes in the file that are of no municipality of the registry: those of other regions, mostly. */
  readonly unknown: readonly number[]
  /** Names of municipalities of which the file has only a part of before their merger. */
  readonly incomplete: readonly string[]
  /** Names of municipalities that are not in the file. */
  readonly missing: readonly string[]
}

/** Points of borders that maps have: for each municipality, and for all of them together, so that a page stays light. */
interface PointsMax {
  readonly each: number
  readonly all: number
}
/** On a map of a region a municipality is some 150 pixels wide, so a few pixels lie between points. */
const FINE: PointsMax = { each: 80, all: 12_000 }
/** On a map of all it is some forty pixels wide. */
const COARSE: PointsMax = { each: 16, all: 4_000 }

/**
 * Says which municipality of today each outline is of, puts those together that were merged, and simplifies them.
 * @throws {BoundaryFileError} when not one is of a municipality of the registry
 */
export function boundariesOf(
  outlines: readonly FileBoundary[],
  municipalities: readonly BoundaryMunicipality[],
): FoundBoundaries {
  const into = new Map(municipalities.flatMap(({ nis, mergedFrom }) => [nis, ...mergedFrom].map((code) => [code, nis] as const)))
  const codes = new Set(outlines.map(({ code }) => code))
  const [whole, others] = partition(municipalities, (one) => isWhole(one, codes))
  if (whole.length === 0)
    throw new BoundaryFileError(
      `No code of the file is of a municipality of the registry (the first is ${outlines[0]?.code}): give NIS codes of municipalities, and import those first`,
    )
  const drawn = new Set(whole.map(({ nis }) => nis))
  const parts = outlines.flatMap(({ code, polygons }) => {
    const nis = into.get(code)
    return nis !== undefined && drawn.has(nis) ? [{ nis, polygons }] : []
  })
  const [fine, coarse] = simplifiedBoundaries(
    parts,
    [FINE, COARSE].map(({ each, all }) => Math.min(all, each * whole.length)),
  )
  const [incomplete, missing] = partition(others, ({ mergedFrom }) => mergedFrom.some((code) => codes.has(code)))
  return {
    fine: fine ?? [],
    coarse: coarse ?? [],
    unknown: [...codes].filter((code) => !into.has(code)).toSorted((one, other) => one - other),
    incomplete: incomplete.map(({ name }) => name),
    missing: missing.map(({ name }) => name),
  }
}

/** A municipality that took in one other kept its own code, so that the other alone is not all of it. */
function isWhole({ nis, mergedFrom }: BoundaryMunicipality, codes: ReadonlySet<number>): boolean {
  return codes.has(nis) || (mergedFrom.length > 1 && mergedFrom.every((code) => codes.has(code)))
}

function partition<Thing>(things: readonly Thing[], test: (thing: Thing) => boolean): readonly [Thing[], Thing[]] {
  return [things.filter(test), things.filter((thing) => !test(thing))]
}
