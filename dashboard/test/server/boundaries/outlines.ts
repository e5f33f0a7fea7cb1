/** A closed square in the east of Flanders, against the clock as GeoJSON has it. */
export const SQUARE: readonly (readonly [number, number])[] = squareAt(3.6, 51)

export function squareAt(x: number, y: number, side = 0.1): readonly (readonly [number, number])[] {
  return [
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
    [x, y],
  ]
}

export function feature(properties: object, geometry: object = { type: 'Polygon', coordinates: [SQUARE] }): object {
  return { type: 'Feature', properties, geometry }
}

/** The text of a file. @param projection as older programs name it */
export function collection(features: readonly object[], projection?: string): string {
  const crs = projection === undefined ? {} : { crs: { type: 'name', properties: { name: projection } } }
  return JSON.stringify({ type: 'FeatureCollection', ...crs, features })
}
