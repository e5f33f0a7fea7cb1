/** Longitude and latitude, degrees. */
export type Position = readonly [number, number]
export type Ring = readonly Position[]
/** An outer ring and its holes, as often as there are detached parts. */
export type Polygons = readonly (readonly Ring[])[]

/** An outline as a file has it. */
export interface FileBoundary {
  /** The NIS code that stands there: of today, or of before a merger. */
  readonly code: number
  readonly polygons: Polygons
}

/** A file of boundaries that cannot be used; the message says why and what to do. */
export class BoundaryFileError extends Error {
  override readonly name = 'BoundaryFileError'
}

/** The municipalities of Flanders to the metre are some 60 MB, and reading takes about ten times that in memory. */
export const BOUNDARY_FILE_BYTES_MAX = 100_000_000
/** Belgium has 565 municipalities; statistical sectors are twenty thousand. */
const FEATURES_MAX = 2_000
/** Names of the property with the NIS code, in files of Statbel, Digitaal Vlaanderen, the NGI and OpenStreetMap. */
const CODE_PROPERTIES = ['niscode', 'nis', 'nis5', 'nis_code', 'cd_munty_refnis', 'cd_refnis', 'refnis', 'ref:ins', 'ins']
const CODE = /^[1-9]\d{4}$/
const RING_POSITIONS_MIN = 4
/** Properties that a message names at most. */
const NAMED_MAX = 12

/** Belgium with a margin, degrees. */
const BELGIUM = { longitude: [2.3, 6.6], latitude: [49.3, 51.7] } as const
/** The two projections of Belgian maps, metres. */
const LAMBERT_72 = { x: [15_000, 300_000], y: [15_000, 250_000] } as const
const LAMBERT_2008 = { x: [515_000, 800_000], y: [515_000, 750_000] } as const
const LAMBERT_NAME = /31370|3812|lambert/i
const PROJECT_IT =
  'give the file in degrees (WGS84), as GeoJSON asks: ogr2ogr -f GeoJSON -t_srs EPSG:4326 degrees.geojson yours.geojson'

/**
 * The outlines of a GeoJSON FeatureCollection.
 * @param codeProperty the property with the NIS code; without it one of the usual names
 * @throws {BoundaryFileError}
 */
export function readBoundaryFile(text: string, codeProperty?: string): readonly FileBoundary[] {
  const document = parsed(text)
  if (document.type === 'Topology') throw new BoundaryFileError('The file is TopoJSON: write it as GeoJSON first')
  if (document.type !== 'FeatureCollection' || !Array.isArray(document.features))
    throw new BoundaryFileError(
      `The file is no GeoJSON FeatureCollection: its type is ${quoted(document.type)}. Each municipality has to be a Feature of it`,
    )
  requireDegrees(document.crs)
  const features: readonly unknown[] = document.features
  if (features.length === 0) throw new BoundaryFileError('The file has no features: there is no municipality in it')
  if (features.length > FEATURES_MAX)
    throw new BoundaryFileError(
      `The file has ${features.length} features, and at most ${FEATURES_MAX} are read: give municipalities, not parts of them`,
    )
  return features.map((feature, index) => boundaryOf(feature, `Feature ${index + 1}`, codeProperty))
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const document: unknown = JSON.parse(text)
    return isRecord(document) ? document : {}
  } catch (error) {
    // The engine's own words quote what stands there; where is enough.
    const [at = ''] = /at position \d+|end of JSON/.exec(error instanceof Error ? error.message : '') ?? []
    throw new BoundaryFileError(`The file is not JSON${at && ` (${at})`}: give a GeoJSON file`)
  }
}

function boundaryOf(feature: unknown, name: string, codeProperty: string | undefined): FileBoundary {
  if (!isRecord(feature) || !isRecord(feature.geometry))
    throw new BoundaryFileError(`${name} has no geometry: each Feature has to be the outline of a municipality`)
  const code = codeOf(isRecord(feature.properties) ? feature.properties : {}, name, codeProperty)
  const { type, coordinates } = feature.geometry
  const named = `${name} (${code})`
  if (type === 'Polygon') return { code, polygons: [polygonOf(coordinates, named)] }
  if (type === 'MultiPolygon' && Array.isArray(coordinates) && coordinates.length > 0)
    return { code, polygons: coordinates.map((polygon: unknown) => polygonOf(polygon, named)) }
  throw new BoundaryFileError(`${named} is a ${quoted(type)}: an outline is a Polygon or a MultiPolygon`)
}

function codeOf(properties: Readonly<Record<string, unknown>>, name: string, wanted: string | undefined): number {
  const names = Object.keys(properties)
  const searched = wanted === undefined ? CODE_PROPERTIES : [wanted.toLowerCase()]
  const property = searched.map((one) => names.find((known) => known.toLowerCase() === one)).find((one) => one !== undefined)
  if (property === undefined) {
    const looked = wanted === undefined ? 'a NIS code that can be found by its name' : `a property ${quoted(wanted)}`
    const known = names.length === 0 ? 'it has no properties' : `it has ${names.slice(0, NAMED_MAX).join(', ')}`
    throw new BoundaryFileError(`${name} has not ${looked}: ${known}. Name the right one with --code <property>`)
  }
  const text = String(properties[property]).trim()
  if (CODE.test(text)) return Number(text)
  throw new BoundaryFileError(
    `${name} has ${quoted(text)} as ${property}, and the NIS code of a municipality is five digits, e.g. 44021`,
  )
}

function polygonOf(polygon: unknown, name: string): readonly Ring[] {
  if (!Array.isArray(polygon) || polygon.length === 0) throw new BoundaryFileError(`${name} has a polygon without a ring`)
  return polygon.map((ring: unknown) => ringOf(ring, name))
}

function ringOf(ring: unknown, name: string): Ring {
  if (!Array.isArray(ring) || ring.length < RING_POSITIONS_MIN)
    throw new BoundaryFileError(`${name} has a ring of fewer than ${RING_POSITIONS_MIN} positions`)
  const positions = ring.map((position: unknown) => positionOf(position, name))
  const [first, last] = [positions[0], positions.at(-1)]
  if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1])
    throw new BoundaryFileError(`${name} has an open ring: its last position has to be its first, which is ${first?.join(', ')}`)
  return positions
}

function positionOf(position: unknown, name: string): Position {
  const [x, y]: readonly unknown[] = Array.isArray(position) ? position : []
  if (typeof x !== 'number' || typeof y !== 'number')
    throw new BoundaryFileError(`${name} has a position that is not two numbers`)
  if (isWithin(x, BELGIUM.longitude) && isWithin(y, BELGIUM.latitude)) return [x, y]
  throw new BoundaryFileError(`${name} has a position at ${x}, ${y}: ${whyNot(x, y)}`)
}

/** What somebody did who has such a position. */
function whyNot(x: number, y: number): string {
  if (isWithin(x, LAMBERT_72.x) && isWithin(y, LAMBERT_72.y)) return `that is Lambert 72, in metres; ${PROJECT_IT}`
  if (isWithin(x, LAMBERT_2008.x) && isWithin(y, LAMBERT_2008.y)) return `that is Lambert 2008, in metres; ${PROJECT_IT}`
  if (isWithin(y, BELGIUM.longitude) && isWithin(x, BELGIUM.latitude))
    return 'longitude and latitude are the wrong way round; in GeoJSON the longitude stands first'
  if (Math.abs(x) > 180 || Math.abs(y) > 90) return `those are no degrees; ${PROJECT_IT}`
  return 'that is not in Belgium'
}

/** GeoJSON has no other coordinates any more, but older programs still write which they are in. */
function requireDegrees(crs: unknown): void {
  const properties = isRecord(crs) && isRecord(crs.properties) ? crs.properties : {}
  const name = String(properties.name ?? '')
  if (LAMBERT_NAME.test(name)) throw new BoundaryFileError(`The file says that it is in ${quoted(name)}; ${PROJECT_IT}`)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isWithin(value: number, [least, most]: readonly [number, number]): boolean {
  return value >= least && value <= most
}

/** A value of the file, short enough for a line. */
function quoted(value: unknown): string {
  return JSON.stringify(String(value).slice(0, 60))
}
