import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import { feature, mergeArcs } from 'topojson-client'
import { topology } from 'topojson-server'
import { presimplify, simplify } from 'topojson-simplify'
import type { GeometryCollection, Topology } from 'topojson-specification'
import type { Polygons, Position, Ring } from './boundary-file.ts'

/** Outline of a municipality as maps draw it. */
export interface Boundary {
  readonly nis: number
  /** Outer rings run clockwise and holes against the clock: the other way round a map draws everything but the municipality. */
  readonly polygons: Polygons
}

/** Part of a municipality, e.g. one of those that were merged into it. */
interface Part {
  readonly nis: number
  readonly polygons: Polygons
}

type Named = { readonly nis: number }
type Areas = { areas: GeometryCollection<Named> }

/** Positions nearer to each other than some four metres are one: neighbours are not always written with the same digits. */
const GRID = 100_000
/** Decimals of a degree, ten metres. */
const DECIMALS = 4
/** Detached parts and holes below this are not seen on any map; square degrees, about a twelfth of a square kilometre. */
const AREA_MIN = 1e-5

/**
 * The outlines with about so many points in all, once for each number. Points are taken away from borders and not from outlines
 * (Visvalingam), so that neighbours still touch.
 */
export function simplifiedBoundaries(parts: readonly Part[], pointsMax: readonly number[]): readonly (readonly Boundary[])[] {
  const weighed = presimplify(joined(parts))
  const weights = weighed.arcs.flatMap((arc) => arc.map((point) => point[2] ?? 0)).toSorted((one, other) => other - one)
  return pointsMax.map((most) => {
    const kept = simplify(weighed, weights[most] ?? 0)
    const { features }: FeatureCollection<Polygon | MultiPolygon, Named> = areasOf(kept)
    return features.map(boundaryOf)
  })
}

/** All parts with the borders between them, those of one municipality as one. */
function joined(parts: readonly Part[]): Topology<Areas> {
  const features = parts.map(({ nis, polygons }): Feature<MultiPolygon, Named> => {
    const coordinates = polygons.map((rings) => rings.map((ring) => ring.map(([x, y]) => [x, y])))
    return { type: 'Feature', properties: { nis }, geometry: { type: 'MultiPolygon', coordinates } }
  })
  const areas: FeatureCollection<MultiPolygon, Named> = { type: 'FeatureCollection', features }
  // `as` holds: of a feature collection it makes a collection of geometries.
  const all = topology({ areas }, GRID) as Topology<Areas>
  // The geometries stand in the order of the features.
  const numbered = all.objects.areas.geometries.map((geometry, index) => ({ nis: parts[index]?.nis ?? 0, geometry }))
  const together = [...Map.groupBy(numbered, ({ nis }) => nis)]
  const geometries = together.map(([nis, of]) => {
    const polygons = of
      .map(({ geometry }) => geometry)
      .filter((geometry) => geometry.type === 'Polygon' || geometry.type === 'MultiPolygon')
    return { ...mergeArcs(all, polygons), properties: { nis } }
  })
  return { ...all, objects: { areas: { type: 'GeometryCollection', geometries } } }
}

function areasOf(kept: Topology<Areas>): FeatureCollection<Polygon | MultiPolygon, Named> {
  // `as` holds: every geometry was merged to a MultiPolygon.
  return feature(kept, kept.objects.areas) as FeatureCollection<Polygon | MultiPolygon, Named>
}

function boundaryOf({ properties: { nis }, geometry }: Feature<Polygon | MultiPolygon, Named>): Boundary {
  const all = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const polygons = all.map((rings) => rings.map(rounded)).filter(([outer]) => outer !== undefined)
  const largest = Math.max(...polygons.map(sizeOf))
  const seen = polygons.filter((polygon) => sizeOf(polygon) >= Math.min(AREA_MIN, largest))
  return {
    nis,
    polygons: seen.map(([outer = [], ...holes]) => [
      turned(outer, true),
      ...holes.filter((hole) => Math.abs(areaOf(hole)) >= AREA_MIN).map((hole) => turned(hole, false)),
    ]),
  }
}

function rounded(ring: readonly (readonly number[])[]): Ring {
  const place = 10 ** DECIMALS
  return ring.map(([x = 0, y = 0]) => [Math.round(x * place) / place, Math.round(y * place) / place])
}

function sizeOf([outer = []]: readonly Ring[]): number {
  return Math.abs(areaOf(outer))
}

function turned(ring: Ring, isClockwise: boolean): Ring {
  return areaOf(ring) < 0 === isClockwise ? ring : ring.toReversed()
}

/** Square degrees; below 0 for a ring that runs clockwise. */
function areaOf(ring: Ring): number {
  const twice = ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY]: Position = ring[(index + 1) % ring.length] ?? [x, y]
    return sum + x * nextY - nextX * y
  }, 0)
  return twice / 2
}
